package dev.gatehouse.packaging.record;

import dev.gatehouse.packaging.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What WHEEL says of how a wheel is to be installed.
 *
 * @param version of the format; empty where it is not stated
 * @param rootIsPurelib whether the root of the archive goes to {@code purelib} rather than {@code
 *     platlib}
 * @param tags as they were written, expanded: {@code py3-none-any}
 */
public record WheelFile(String version, boolean rootIsPurelib, Set<String> tags) {
  private static final int LONGEST_BYTES = 10 * 1024 * 1024;
  private static final int MOST_TAGS = 20_000;

  /** Takes a copy. */
  public WheelFile {
    tags = Set.copyOf(tags);
  }

  /**
   * Reads WHEEL; unknown headers are passed over.
   *
   * @throws MalformedException when it has more than 10 MiB or 20,000 tags
   */
  public static WheelFile parse(byte[] utf8) {
    if (utf8.length > LONGEST_BYTES) {
      throw new MalformedException("WHEEL has at most %d bytes".formatted(LONGEST_BYTES));
    }
    String version = "";
    boolean pure = false;
    Set<String> tags = new LinkedHashSet<>();
    for (String line : new String(utf8, StandardCharsets.UTF_8).split("\\R", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      switch (name) {
        case "wheel-version" -> version = value;
        case "root-is-purelib" -> pure = value.equalsIgnoreCase("true");
        case "tag" -> tags.addAll(TagSet.expand(value));
        default -> {}
      }
      if (tags.size() > MOST_TAGS) {
        throw new MalformedException("WHEEL has at most %d tags".formatted(MOST_TAGS));
      }
    }
    return new WheelFile(version, pure, tags);
  }
}
