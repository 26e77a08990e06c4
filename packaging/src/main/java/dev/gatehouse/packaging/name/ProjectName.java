package dev.gatehouse.packaging.name;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import java.util.Optional;

/**
 * A project's name in its normalised form (PEP 503): lower-case ASCII letters and digits in runs
 * that single dashes join. Two names that differ only in case, or in {@code -}, {@code _}, {@code
 * .} and runs of them, are one project.
 */
public record ProjectName(String normalized) implements Comparable<ProjectName> {
  /** Leaves room for version and tags in a file name of 255. The longest of our corpus has 40. */
  static final int LONGEST = 200;

  /** Takes a name that is normalised already; {@link #parse} takes any spelling. */
  public ProjectName {
    if (!isNormalized(normalized)) {
      throw new MalformedException(
          "a normalised project name is lower-case letters and digits joined by single dashes, not "
              + quoted(normalized));
    }
  }

  /**
   * Reads any spelling of a name.
   *
   * @throws MalformedException when it is none: empty, too long, or with a character or an end that
   *     PEP 508 does not allow
   */
  public static ProjectName parse(String text) {
    if (!isName(text)) {
      throw new MalformedException(
          "a project name is 1 to %d ASCII letters, digits, '-', '_' and '.', with a letter or digit at both ends, not %s"
              .formatted(LONGEST, quoted(text)));
    }
    return new ProjectName(normalize(text));
  }

  /** Reads any spelling of a name; empty when it is none. */
  public static Optional<ProjectName> parseIfValid(String text) {
    return isName(text) ? Optional.of(new ProjectName(normalize(text))) : Optional.empty();
  }

  @Override
  public int compareTo(ProjectName other) {
    return normalized.compareTo(other.normalized);
  }

  /** The normalised name. */
  @Override
  public String toString() {
    return normalized;
  }

  private static boolean isName(String text) {
    int length = text.length();
    if (length == 0
        || length > LONGEST
        || !Ascii.isLetterOrDigit(text.charAt(0))
        || !Ascii.isLetterOrDigit(text.charAt(length - 1))) {
      return false;
    }
    return Ascii.all(text, c -> Ascii.isLetterOrDigit(c) || isSeparator(c));
  }

  private static boolean isNormalized(String text) {
    return isName(text) && normalize(text).equals(text);
  }

  /** The normal form of a part of a name: lower case, each run of separators one dash. */
  static String normalize(String text) {
    StringBuilder normal = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isSeparator(c)) {
        normal.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      } else if (i == 0 || !isSeparator(text.charAt(i - 1))) {
        normal.append('-');
      }
    }
    return normal.toString();
  }

  private static boolean isSeparator(int c) {
    return c == '-' || c == '_' || c == '.';
  }
}
