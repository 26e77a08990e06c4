package dev.gatehouse.findings;

/**
 * Text of strangers, made fit for a terminal and a log: one line, bounded, nothing that moves the
 * cursor, colours, or turns the direction of writing (CVE-2021-42574).
 */
public final class Printable {
  private Printable() {}

  /**
   * Escapes what is not printable as {@code \}{@code uXXXX}, and cuts.
   *
   * @param most how many characters may remain, at least 1; an ellipsis stands for the rest
   */
  public static String of(String text, int most) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), most) + 1);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      String shown = isPrintable(point) ? Character.toString(point) : escape(point);
      if (printable.length() + shown.length() > most) {
        return printable.append('…').toString();
      }
      printable.append(shown);
    }
    return printable.toString();
  }

  private static boolean isPrintable(int point) {
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

  private static String escape(int point) {
    return switch (point) {
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> "\\u%04x".formatted(point);
    };
  }
}
