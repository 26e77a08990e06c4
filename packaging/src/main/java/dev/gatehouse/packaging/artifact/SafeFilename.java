package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;

/** The characters and the length that any artifact's file name keeps to. */
final class SafeFilename {
  /** What common file systems hold. */
  private static final int LONGEST = 255;

  private SafeFilename() {}

  static void require(String filename) {
    if (filename.length() > LONGEST || !Ascii.all(filename, SafeFilename::isSafe)) {
      throw new MalformedException(
          "an artifact's file name is at most %d ASCII letters, digits and .-_+!, not %s"
              .formatted(LONGEST, quoted(filename)));
    }
  }

  private static boolean isSafe(int c) {
    return Ascii.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '!';
  }
}
