package dev.gatehouse.provenance.refresh;

import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A refresh that did not come to a good end.
 *
 * @param why a clause
 */
record LastTry(Instant at, String why) {
  private static final int LONGEST = 400;

  /** Reads what a run before this one left. */
  static Optional<LastTry> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > 8 * LONGEST) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2
          ? Optional.of(
              new LastTry(Instant.parse(lines.get(0)), Printable.of(lines.get(1), LONGEST)))
          : Optional.empty();
    } catch (IOException | DateTimeException _) {
      // As good as none: it is tried again.
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    OwnFiles.write(file, at + "\n" + Printable.of(why, LONGEST) + "\n");
  }
}
