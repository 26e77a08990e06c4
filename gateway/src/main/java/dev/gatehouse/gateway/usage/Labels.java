package dev.gatehouse.gateway.usage;

import dev.gatehouse.findings.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says that a call is for. It may say whatever it likes, and no call is refused for
 * it: each text is made one printable line here, and cut.
 *
 * @param endUser whom it serves; null: the client did not say
 * @param tags without any twice; those after the tenth are left out
 */
public record Labels(@Nullable String endUser, List<String> tags) {
  /** As long as Anthropic lets {@code metadata.user_id} be. */
  public static final int LONGEST_END_USER = 256;

  /** Of a client that says nothing. */
  public static final Labels NONE = new Labels(null, List.of());

  private static final int LONGEST_TAG = 100;
  private static final int MOST_TAGS = 10;

  public Labels {
    endUser =
        endUser == null || endUser.isBlank()
            ? null
            : Printable.of(endUser.strip(), LONGEST_END_USER);
    tags =
        tags.stream()
            .filter(tag -> !tag.isBlank())
            .map(tag -> Printable.of(tag.strip(), LONGEST_TAG))
            .distinct()
            .limit(MOST_TAGS)
            .toList();
  }
}
