package dev.gatehouse.packaging.requirement;

import dev.gatehouse.packaging.MalformedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says where a requirement counts: {@code python_version < "3.11" and sys_platform == "win32"}. Two
 * are equal where they are written alike, but for white space, quotes and spare parentheses.
 */
public sealed interface Marker permits Marker.All, Marker.Any, Comparison {
  /** The longest of the wheels of our corpus has 142 characters. */
  int LONGEST = 16_384;

  /**
   * Reads a marker.
   *
   * @throws MalformedException where it is none, is longer than 16,384 characters, or nests more
   *     than 64 deep
   */
  static Marker parse(String text) {
    MarkerParser parser = new MarkerParser(new Scanner(text, LONGEST));
    return parser.whole();
  }

  /**
   * Whether it holds in an environment, as pip's {@code packaging} has it.
   *
   * @throws MalformedException where it compares what cannot be compared: two values, or texts by
   *     an operator for versions
   */
  boolean evaluate(MarkerEnvironment environment);

  /** All are judged, so that one that cannot be is told wherever it stands. */
  private static List<Boolean> judged(List<Marker> parts, MarkerEnvironment environment) {
    return parts.stream().map(part -> part.evaluate(environment)).toList();
  }

  /** All of them must hold. */
  record All(List<Marker> parts) implements Marker {
    /** Takes a copy of at least two. */
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean evaluate(MarkerEnvironment environment) {
      return !judged(parts, environment).contains(false);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Comparison ? part.toString() : "(" + part + ")")
          .collect(Collectors.joining(" and "));
    }
  }

  /** One of them must hold. */
  record Any(List<Marker> parts) implements Marker {
    /** Takes a copy of at least two. */
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean evaluate(MarkerEnvironment environment) {
      return judged(parts, environment).contains(true);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Any ? "(" + part + ")" : part.toString())
          .collect(Collectors.joining(" or "));
    }
  }
}
