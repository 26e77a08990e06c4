package dev.gatehouse.samples.incident;

import java.util.List;

/** All the re-enacted incidents. */
public final class Reenactments {
  private Reenactments() {}

  /** In the order of time; each call makes them anew. */
  public static List<Reenactment> all() {
    return List.of(
        Ultralytics.miner(),
        Litellm.proxy(),
        Litellm.startup(),
        Telnyx.sound(),
        Xinference.init(),
        ElementaryData.startup(),
        Lightning.runtime(),
        FetchAndRun.mistralai(),
        FetchAndRun.guardrails(),
        FetchAndRun.durabletask(),
        Hades.setup());
  }
}
