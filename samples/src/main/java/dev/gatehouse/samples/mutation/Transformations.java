package dev.gatehouse.samples.mutation;

import java.util.ArrayList;
import java.util.List;

/** All transformations. */
public final class Transformations {
  private static final List<Transformation> ALL = make();

  private Transformations() {}

  /** In a steady order. */
  public static List<Transformation> all() {
    return ALL;
  }

  private static List<Transformation> make() {
    List<Transformation> all = new ArrayList<>();
    all.addAll(Layers.all());
    all.addAll(Strings.all());
    all.addAll(Names.all());
    all.addAll(OtherCalls.all());
    all.addAll(Places.all());
    all.addAll(Forms.all());
    return List.copyOf(all);
  }
}
