package dev.gatehouse.packaging.metadata;

import java.util.stream.Collectors;

/** The description in a header, where it stood before metadata 2.1 gave it the body. */
final class Description {
  /** How its lines were made continuations: eight spaces, or seven and a bar ("Description"). */
  private static final String SPACES = " ".repeat(8);

  private static final String BAR = " ".repeat(7) + "|";

  private Description() {}

  static String unindented(String folded) {
    return folded.lines().map(Description::unindentedLine).collect(Collectors.joining("\n"));
  }

  private static String unindentedLine(String line) {
    return line.startsWith(SPACES) || line.startsWith(BAR) ? line.substring(SPACES.length()) : line;
  }
}
