package dev.gatehouse.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param words the command line
 * @param rounds how often each side is measured, in turn
 * @param load how long each load lasts
 * @param warmUp how long a server is loaded before it is measured
 * @param coldWarmUp how many large pages a server reads before those that are measured
 * @param coldPages how many large pages are measured
 * @param coldWheels how many wheels a server takes before pip is measured
 * @param verdicts how many a full store has; it has a hundred downloads for each
 * @param parts what is measured
 * @param wheels a folder of real wheels, of which pip downloads twenty; null: they hold noise
 * @param output where the report is written as well; null: nowhere
 */
record Options(
    List<String> words,
    int rounds,
    Duration load,
    Duration warmUp,
    int coldWarmUp,
    int coldPages,
    int coldWheels,
    int verdicts,
    Set<Part> parts,
    @Nullable Path wheels,
    @Nullable Path output) {
  static final String USAGE =
      "Usage: benchmarks/run [--quick] [--only PART[,PART...]] [--wheels FOLDER] [--output FILE]; the parts are "
          + Arrays.stream(Part.values()).map(Part::word).collect(Collectors.joining(", "));

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Options parse(String... arguments) {
    List<String> words = List.of(arguments);
    boolean quick = false;
    Set<Part> parts = EnumSet.allOf(Part.class);
    Path wheels = null;
    Path output = null;
    List<String> left = new ArrayList<>(words);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      switch (word) {
        case "--quick" -> quick = true;
        case "--only" -> parts = parts(value(word, left));
        case "--wheels" -> wheels = Path.of(value(word, left));
        case "--output" -> output = Path.of(value(word, left));
        default -> throw new IllegalArgumentException("no such option: " + word);
      }
    }
    return quick
        ? new Options(words, 3, seconds(2), seconds(4), 20, 15, 150, 10_000, parts, wheels, output)
        : new Options(
            words, 7, seconds(5), seconds(10), 40, 25, 400, 100_000, parts, wheels, output);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static String value(String option, List<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " takes a value");
    }
    return left.removeFirst();
  }

  private static Set<Part> parts(String text) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String word : text.split(",", -1)) {
      parts.add(
          Arrays.stream(Part.values())
              .filter(part -> part.word().equals(word.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no such part: " + word)));
    }
    return parts;
  }
}
