package dev.gatehouse.cli.terminal;

import java.io.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the process writes to. The launcher says it in {@code GATEHOUSE_TERMINAL} ({@code out},
 * {@code err} and the columns, each where it is so), since Java can only tell of all streams
 * together.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is
 * @param colour whether colours are welcome on it (no-color.org)
 * @param columns that a line of a report should have, 80 to 120
 */
public record Terminal(boolean out, boolean err, boolean colour, int columns) {
  private static final int NARROWEST = 80;
  private static final int WIDEST = 120;
  private static final int NO_TERMINAL = 100;

  /** As the launcher told, or as far as Java knows. */
  public static Terminal of(Map<String, String> environment) {
    String told = environment.get("GATEHOUSE_TERMINAL");
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    if (told == null) {
      boolean all = isInteractive();
      return new Terminal(all, all, colour, all ? NARROWEST : NO_TERMINAL);
    }
    List<String> words = Arrays.asList(told.split(" "));
    boolean out = words.contains("out");
    return new Terminal(out, words.contains("err"), colour, out ? columns(words) : NO_TERMINAL);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it is null with -Djdk.console=java.base, which loads less
  private static boolean isInteractive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static int columns(List<String> words) {
    return words.stream()
        .filter(word -> word.matches("[0-9]{1,5}"))
        .map(Integer::valueOf)
        .findFirst()
        .filter(columns -> columns > 0)
        .map(columns -> Math.clamp(columns, NARROWEST, WIDEST))
        .orElse(NARROWEST);
  }
}
