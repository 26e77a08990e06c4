package dev.gatehouse.cli.terminal;

import java.io.Console;
import java.util.Locale;

/** Asks a person before something is done that is not easily undone. */
@FunctionalInterface
public interface Confirmation {
  /** What the person says. */
  enum Answer {
    YES,
    NO,
    /** There is no person to ask. */
    NOBODY
  }

  /**
   * Asks.
   *
   * @param question without the answers that it can have: {@code Approve 3 files?}
   */
  Answer ask(String question);

  /** Asks on the terminal; anything but a yes is a no. */
  @SuppressWarnings(
      "SystemConsoleNull") // it is null with -Djdk.console=java.base, which loads less
  static Confirmation atTerminal() {
    return question -> {
      Console console = System.console();
      if (console == null || !console.isTerminal()) {
        return Answer.NOBODY;
      }
      String answer = console.readLine("%s [y/N] ", question);
      String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
      return word.equals("y") || word.equals("yes") ? Answer.YES : Answer.NO;
    };
  }
}
