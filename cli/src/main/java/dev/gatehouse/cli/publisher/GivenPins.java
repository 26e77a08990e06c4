package dev.gatehouse.cli.publisher;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Digests that the user gave: {@code OWNER/ACTION@REF=COMMIT}, {@code IMAGE=sha256:…}. */
final class GivenPins {
  private static final Pattern ACTION =
      Pattern.compile("([A-Za-z0-9-]+/[A-Za-z0-9._-]+@[^\\s=]+)=([0-9a-f]{40}|[0-9a-f]{64})");
  private static final Pattern IMAGE = Pattern.compile("([^\\s=@]+)=(sha256:[0-9a-f]{64})");
  private static final long MOST_BYTES = 1 << 20;

  private GivenPins() {}

  /**
   * Reads them.
   *
   * @param file with one a line, and comments behind {@code #}
   */
  static Map<String, String> read(List<String> words, @Nullable Path file) {
    List<String> all = new ArrayList<>();
    if (file != null) {
      lines(file).stream()
          .map(line -> line.replaceFirst("(^|\\s)#.*$", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(all::add);
    }
    all.addAll(words);
    Map<String, String> pins = new LinkedHashMap<>();
    for (String word : all) {
      Matcher action = ACTION.matcher(word);
      Matcher image = IMAGE.matcher(word);
      if (action.matches()) {
        pins.put(action.group(1), action.group(2));
      } else if (image.matches()) {
        pins.put(image.group(1), image.group(2));
      } else {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not use the pin %s: it names no digest.".formatted(Printable.of(word, 200)),
            "Write OWNER/ACTION@REF= and 40 hex digits of a commit, or IMAGE=sha256: and 64.");
      }
    }
    return pins;
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it has more than %d bytes".formatted(MOST_BYTES));
      }
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read the pins of %s: %s."
              .formatted(Printable.of(file.toString(), 300), Reasons.of(e)),
          "Name a text file with one pin a line.");
    }
  }
}
