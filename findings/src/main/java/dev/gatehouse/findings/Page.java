package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;

/** Lines of text that fit a width, coloured where that is wanted. */
final class Page {
  /** How text is set off, as SGR parameters (ECMA-48). */
  enum Ink {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    ALARM("1;97;41"),
    RED("1;31"),
    YELLOW("33"),
    CYAN("36"),
    GREEN("32");

    private final String parameters;

    Ink(String parameters) {
      this.parameters = parameters;
    }
  }

  private final Writer out;
  private final int columns;
  private final boolean colour;

  Page(Writer out, int columns, boolean colour) {
    this.out = out;
    this.columns = columns;
    this.colour = colour;
  }

  /** Text set off, where colours are wanted. */
  String ink(Ink ink, String text) {
    return colour && ink != Ink.PLAIN ? "\u001b[" + ink.parameters + "m" + text + "\u001b[m" : text;
  }

  void blank() throws IOException {
    out.write('\n');
  }

  /** A paragraph: words wrapped, further lines as far in as {@code indent} says. */
  void paragraph(int indent, Ink ink, String text) throws IOException {
    paragraph(" ".repeat(indent), indent, ink, text);
  }

  /** A paragraph whose first line begins with something else than blanks. */
  void paragraph(String first, int indent, Ink ink, String text) throws IOException {
    labelled("", Ink.PLAIN, first, indent, ink, text);
  }

  /**
   * A paragraph that begins with a label in its own ink.
   *
   * @param first stands before the label
   */
  void labelled(String label, Ink labelInk, String first, int indent, Ink ink, String text)
      throws IOException {
    String gap = label.isEmpty() ? "" : " ";
    String start = first + ink(labelInk, label) + gap;
    int used = first.length() + label.length() + gap.length();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String rest = word;
      while (true) {
        int room = Math.max(20, columns - used) - line.length() - (line.isEmpty() ? 0 : 1);
        if (rest.length() <= room) {
          line.append(line.isEmpty() ? "" : " ").append(rest);
          break;
        }
        if (line.isEmpty()) {
          // Longer than a line: cut where the line ends, never within a character of two units.
          int cut = Character.isHighSurrogate(rest.charAt(room - 1)) ? room - 1 : room;
          line.append(rest, 0, cut);
          rest = rest.substring(cut);
        }
        out.write(start + ink(ink, line.toString()) + "\n");
        line.setLength(0);
        start = " ".repeat(indent);
        used = indent;
      }
    }
    out.write((start + ink(ink, line.toString())).stripTrailing() + "\n");
  }

  /** A row of a table: as it is, however wide, so that its columns stay below each other. */
  void row(int indent, Ink ink, String text) throws IOException {
    out.write(" ".repeat(indent) + ink(ink, text.stripTrailing()) + "\n");
  }

  /** Code of a stranger: as it is, cut at the width, so that it stands out and stays one line. */
  void code(int indent, String code) throws IOException {
    int room = Math.max(20, columns - indent - 2);
    int lines = 0;
    String rest = code;
    while (!rest.isEmpty() && lines < 3) {
      int cut = Math.min(room, rest.length());
      if (cut < rest.length() && Character.isHighSurrogate(rest.charAt(cut - 1))) {
        cut--;
      }
      out.write(" ".repeat(indent) + ink(Ink.FAINT, "| ") + rest.substring(0, cut) + "\n");
      rest = rest.substring(cut);
      lines++;
    }
  }

  void flush() throws IOException {
    out.flush();
  }
}
