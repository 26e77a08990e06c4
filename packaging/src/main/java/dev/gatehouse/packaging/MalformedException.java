package dev.gatehouse.packaging;

/**
 * Says that a text is not what it was read as. The message is one line that can be logged and shown
 * as it is: control and formatting characters are escaped, however hostile the input was.
 */
public final class MalformedException extends IllegalArgumentException {
  private static final int LONGEST_MESSAGE = 500;
  private static final int LONGEST_QUOTATION = 100;

  /**
   * Says {@code message}, which names what was expected and quotes the input with {@link #quoted}.
   */
  public MalformedException(String message) {
    super(printable(message, LONGEST_MESSAGE));
  }

  /** Says {@code message}; {@code cause} is what found it out. */
  public MalformedException(String message, Throwable cause) {
    super(printable(message, LONGEST_MESSAGE), cause);
  }

  /**
   * The input in quotation marks on one line, cut to 100 characters, with what cannot be seen
   * escaped.
   */
  public static String quoted(String input) {
    return '"' + printable(input, LONGEST_QUOTATION) + '"';
  }

  /** A message of others on one line, cut to 500 characters, with what cannot be seen escaped. */
  public static String printable(String message) {
    return printable(message, LONGEST_MESSAGE);
  }

  private static String printable(String text, int longest) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), longest) + 16);
    for (int i = 0; i < text.length() && i < longest; ) {
      int point = text.codePointAt(i);
      if (isVisible(point)) {
        line.appendCodePoint(point);
      } else {
        line.append("\\u{").append(Integer.toHexString(point)).append('}');
      }
      i += Character.charCount(point);
    }
    return text.length() > longest ? line.append('…').toString() : line.toString();
  }

  /**
   * Formatting characters count as invisible: a right-to-left override turns a message round
   * (CVE-2021-42574).
   */
  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
