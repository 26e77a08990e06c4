package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.stream.Stream;

/** The second family of transformations, written without a look at what is detected. */
public final class BlindTransformations {
  private static final List<Transformation> ALL =
      Stream.of(
              Strings.all(),
              Layers.all(),
              Carriers.all(),
              Names.all(),
              Access.all(),
              Runs.all(),
              Processes.all(),
              Fetches.all(),
              Places.all(),
              Moves.all(),
              Noise.all(),
              Formats.all())
          .flatMap(List::stream)
          .toList();

  private BlindTransformations() {}

  /** In a steady order. */
  public static List<Transformation> all() {
    return ALL;
  }
}
