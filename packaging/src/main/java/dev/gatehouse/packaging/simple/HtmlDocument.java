package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/** Reads HTML documents element by element, and escapes what is written into one. */
final class HtmlDocument {
  /**
   * Counted as the parser makes them, which may be more than were written: each {@code <p>} opens
   * the formatting elements anew that were left open, up to twelve of them.
   */
  private static final int MOST_ELEMENTS = 2_000_000;

  /** Anchors lie three deep. */
  private static final int DEEPEST = 64;

  private HtmlDocument() {}

  /**
   * Shows each element to the visitor as soon as it is complete, its text included, and then
   * forgets it. The document is taken for UTF-8.
   *
   * @throws MalformedException when there is more of it than any page has
   * @throws IOException when the stream breaks; it is the stream's own
   */
  static void read(InputStream in, Consumer<Element> visitor) throws IOException {
    Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
    Reader reader = new InputStreamReader(new BoundedInput(in), StandardCharsets.UTF_8);
    try (StreamParser document = new StreamParser(parser).parse(reader, "")) {
      int count = 0;
      for (Iterator<Element> elements = document.iterator(); elements.hasNext(); ) {
        if (++count > MOST_ELEMENTS) {
          throw new MalformedException("a page has at most %d elements".formatted(MOST_ELEMENTS));
        }
        visit(elements.next(), visitor);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void visit(Element element, Consumer<Element> visitor) {
    visitor.accept(element);
    Element parent = element.parent();
    // What stands in an anchor is its text, which is asked for when the anchor is complete.
    if (parent != null && !parent.nameIs("a")) {
      forget(element);
    }
  }

  /**
   * Takes out the text before it, too: the more children there are, the longer each removal takes.
   */
  private static void forget(Element element) {
    for (Node before = element.previousSibling();
        before != null;
        before = element.previousSibling()) {
      before.remove();
    }
    element.remove();
  }

  /** Appends text such that it stays text, within an attribute's quotes and outside of them. */
  static void escape(String text, StringBuilder html) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        // A parser would make a line feed of it.
        case '\r' -> html.append("&#13;");
        case '\n' -> html.append("&#10;");
        default -> html.append(c);
      }
    }
  }
}
