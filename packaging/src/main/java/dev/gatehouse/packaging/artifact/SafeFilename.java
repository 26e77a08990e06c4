package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;

/** The characters and the length that any artifact's file name keeps to. */
final class SafeFilename {
  /** What common file systems hold. */
  private static final int LONGEST = 255;

  private SafeFilename() {}

  static void require(String filename) {
    if (filename.length() > LONGEST || !filename.chars().allMatch(SafeFilename::isSafe)) {
      throw new MalformedException(
          "an artifact's file name is at most %d ASCII letters, digits and .-_+!, not %s"
              .formatted(LONGEST, quoted(filename)));
    }
  }

  static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isSafe(int c) {
    return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '!';
  }
}
