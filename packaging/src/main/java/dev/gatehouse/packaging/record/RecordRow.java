package dev.gatehouse.packaging.record;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of a RECORD, its cells as they were written: one malformed hash must not hide the rest of
 * the record.
 *
 * @param line where the row begins, from 1
 * @param path as it was written
 * @param hash {@code sha256=…}; empty where there is none
 * @param size in bytes; empty where there is none
 */
public record RecordRow(int line, String path, String hash, String size) {
  /**
   * The path with slashes: Windows tools wrote backslashes. Relative to the folder that holds the
   * {@code .dist-info}, or absolute; in an installed one it may climb out with {@code ..}
   * ("Recording installed projects").
   */
  public String slashedPath() {
    return path.replace('\\', '/');
  }

  /** Whether it names a file outside the folder that holds the {@code .dist-info}. */
  public boolean isOutside() {
    String slashed = slashedPath();
    return slashed.startsWith("/")
        || (slashed.length() > 1 && slashed.charAt(1) == ':')
        || ("/" + slashed + "/").contains("/../");
  }

  /**
   * The hash; empty where the row has none.
   *
   * @throws MalformedException when it is none
   */
  public Optional<RecordedHash> recordedHash() {
    return hash.isEmpty() ? Optional.empty() : Optional.of(RecordedHash.parse(hash));
  }

  /**
   * The size in bytes; empty where the row has none.
   *
   * @throws MalformedException when it is none
   */
  public OptionalLong recordedSize() {
    if (size.isEmpty()) {
      return OptionalLong.empty();
    }
    if (size.length() > 18 || !size.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedException("a size is a number of bytes, not " + quoted(size));
    }
    return OptionalLong.of(Long.parseLong(size));
  }
}
