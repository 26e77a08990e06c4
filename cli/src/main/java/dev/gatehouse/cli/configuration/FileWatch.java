package dev.gatehouse.cli.configuration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the configuration file while a server runs: a broken or missing file changes nothing.
 * Used by one thread.
 *
 * <p>A change counts once two looks in a row saw the same text. An editor may write a file in
 * pieces, and what the first piece leaves out could be the very rules that keep something away.
 */
public final class FileWatch {
  private final ConfigurationFile file;
  private final Taking taking;
  private final Logger log;
  private Seen settled;
  private @Nullable Seen candidate;

  /** Puts a text in force. */
  @FunctionalInterface
  public interface Taking {
    /** Takes what can take effect now, and says what needs a restart. */
    void take(String text) throws ConfigurationException;
  }

  /** What a look saw: a text, no file, or a file that cannot be read. */
  private sealed interface Seen {}

  private record Text(String text) implements Seen {}

  private record NoFile() implements Seen {}

  private record Unreadable(List<Problem> problems) implements Seen {}

  /**
   * @param text what is in force; empty: there was no file
   * @param log where it is said what became of a change
   */
  public FileWatch(ConfigurationFile file, Optional<String> text, Taking taking, Logger log) {
    this.log = log;
    this.file = file;
    this.taking = taking;
    this.settled = text.<Seen>map(Text::new).orElseGet(NoFile::new);
  }

  /** Looks at the file once. Never throws: a look that failed must not be the last one. */
  public void look() {
    try {
      Seen seen = seen();
      if (seen.equals(settled)) {
        candidate = null;
      } else if (!seen.equals(candidate)) {
        candidate = seen;
      } else {
        candidate = null;
        settled = seen;
        settle(seen);
      }
    } catch (RuntimeException e) {
      log.log(
          Level.ERROR,
          "Could not put the changed " + file.path() + " in force; the last good one still is",
          e);
    }
  }

  private Seen seen() {
    try {
      return file.text().<Seen>map(Text::new).orElseGet(NoFile::new);
    } catch (ConfigurationException e) {
      return new Unreadable(e.problems());
    }
  }

  private void settle(Seen seen) {
    switch (seen) {
      case NoFile _ ->
          log.log(
              Level.WARNING,
              "{0} is gone; what it said last stays in force until the next start",
              file.path());
      case Unreadable(List<Problem> problems) -> refuse(problems);
      case Text(String text) -> {
        try {
          taking.take(text);
        } catch (ConfigurationException e) {
          refuse(e.problems());
        }
      }
    }
  }

  private void refuse(List<Problem> problems) {
    problems.forEach(problem -> log.log(Level.ERROR, "{0}", problem));
    log.log(Level.ERROR, "{0} is wrong; the last good configuration stays in force", file.path());
  }
}
