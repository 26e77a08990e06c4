package dev.gatehouse.comparison.page;

import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes elements of HTML. What is not a name of an element or a class goes through one escape, and
 * nothing is ever written as it came: names of files, lines of code and messages are a stranger's.
 */
final class Html {
  private static final int MOST_TEXT = 2_000;

  private final Writer out;

  Html(Writer out) {
    this.out = out;
  }

  /** Markup of our own. */
  Html raw(String markup) throws IOException {
    out.write(markup);
    return this;
  }

  Html open(String element) throws IOException {
    return raw("<").raw(element).raw(">");
  }

  /**
   * @param type the classes of CSS, which are ours
   */
  Html open(String element, String type) throws IOException {
    return raw("<").raw(element).raw(" class=\"").raw(type).raw("\">");
  }

  Html close(String element) throws IOException {
    return raw("</").raw(element).raw(">");
  }

  /** A text of anybody's. */
  Html text(String text) throws IOException {
    String printable = Printable.of(text.replace("\t", "    "), MOST_TEXT);
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(c);
      }
    }
    return this;
  }

  /** An element with nothing but a text in it. */
  Html element(String element, String type, String text) throws IOException {
    return open(element, type).text(text).close(element);
  }
}
