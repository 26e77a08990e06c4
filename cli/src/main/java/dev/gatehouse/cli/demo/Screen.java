package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.findings.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a demo prints: plain ASCII in at most 100 columns, with colours on a terminal alone. It
 * counts what did not come out as told.
 */
final class Screen {
  private static final int MOST_COLUMNS = 100;
  private static final int MOST_CHARACTERS = 4000;
  private static final String INDENT = "   ";

  /** The colours that are used: SGR parameters of ECMA-48. */
  private enum Colour {
    BOLD("1"),
    RED("1;31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String parameters;

    Colour(String parameters) {
      this.parameters = parameters;
    }
  }

  private final PrintWriter out;
  private final boolean coloured;
  private final int columns;
  private int steps;
  private int checks;
  private int failures;

  Screen(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.coloured = terminal.out() && terminal.colour();
    this.columns = Math.min(terminal.columns(), MOST_COLUMNS);
  }

  /** What it is about. */
  void title(String text) {
    line(in(Colour.BOLD, text));
  }

  /** Begins the next step. */
  void step(String heading) {
    line("");
    line(in(Colour.BOLD, ++steps + ". " + heading));
  }

  /** A paragraph. */
  void text(String paragraph) {
    wrapped(INDENT, INDENT, paragraph, null);
  }

  /** A command, as a person would type it. */
  void command(String line) {
    wrapped(INDENT + "$ ", INDENT + "    ", line, Colour.CYAN);
  }

  /** What a program said. */
  void said(String line) {
    wrapped(INDENT + "| ", INDENT + "|   ", line, null);
  }

  /** A verdict with its weightiest reason. */
  void verdict(String word, String reason) {
    Colour colour =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "admit" -> Colour.GREEN;
          case "refuse" -> Colour.RED;
          default -> Colour.YELLOW;
        };
    String head = "%-7s ".formatted(word);
    List<String> lines = wrap(reason, columns - INDENT.length() - 2 - head.length());
    for (int i = 0; i < lines.size(); i++) {
      String shown = i == 0 ? in(colour, head) : " ".repeat(head.length());
      line(INDENT + "| " + shown + lines.get(i));
    }
  }

  /**
   * Whether something came out as it is told.
   *
   * @param evidence all that a program said, shown where it did not
   */
  void check(boolean asTold, String told, String evidence) {
    checks++;
    if (asTold) {
      wrapped(INDENT + "=> ", INDENT + "   ", told, Colour.GREEN);
      return;
    }
    failures++;
    wrapped(INDENT + "=> NOT AS TOLD: ", INDENT + "   ", told, Colour.RED);
    evidence.lines().forEach(this::said);
  }

  /**
   * The last lines.
   *
   * @param withPip whether there was a pip to tell of
   * @return whether everything came out as told
   */
  boolean end(boolean withPip, long nanoseconds) {
    line("");
    if (failures > 0) {
      line(in(Colour.RED, "%d of %d did not come out as told.".formatted(failures, checks)));
    } else if (!withPip) {
      line(
          in(Colour.YELLOW, "Incomplete: there was no pip. What could be shown came out as told."));
    } else {
      line(
          in(Colour.GREEN, "Everything came out as told, in %.1f s.".formatted(nanoseconds / 1e9)));
    }
    return failures == 0 && withPip;
  }

  private void wrapped(String first, String next, String text, @Nullable Colour colour) {
    List<String> lines = wrap(text, columns - Math.max(first.length(), next.length()));
    for (int i = 0; i < lines.size(); i++) {
      String whole = (i == 0 ? first : next) + lines.get(i);
      line(colour == null ? whole : in(colour, whole));
    }
  }

  /** Breaks at blanks, and within a word that is wider than a line. */
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : plain(text).split(" ", -1)) {
      String rest = word;
      if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (rest.length() > width) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String plain(String text) {
    return Printable.of(text, MOST_CHARACTERS).replace("…", "...").replaceAll("[^ -~]", "?");
  }

  private String in(Colour colour, String text) {
    return coloured ? "\u001b[" + colour.parameters + "m" + text + "\u001b[0m" : text;
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
