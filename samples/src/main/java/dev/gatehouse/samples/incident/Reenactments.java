package dev.gatehouse.samples.incident;

import java.util.List;

/** All the re-enacted incidents. */
public final class Reenactments {
  private Reenactments() {}

  /** In the order of time; each call makes them anew. */
  public static List<Reenactment> all() {
    return List.of(Litellm.proxy(), Litellm.startup());
  }
}
