package dev.gatehouse.vetting.policy;

import java.util.List;

/**
 * What a comparison of an artifact with the source that it claims came to, as far as a verdict
 * needs it.
 *
 * @param refusing findings that refuse it, a clause each
 * @param holding findings that a person should look at before it is served
 * @param uncompared what was not compared
 * @param provedPercent how many of a hundred files, but for metadata and machine code, are shown to
 *     be the source's; rounded down
 */
public record Compared(
    List<String> refusing, List<String> holding, List<String> uncompared, int provedPercent) {
  /** Takes copies. */
  public Compared {
    refusing = List.copyOf(refusing);
    holding = List.copyOf(holding);
    uncompared = List.copyOf(uncompared);
    if (provedPercent < 0 || provedPercent > 100) {
      throw new IllegalArgumentException("of a hundred there are not " + provedPercent);
    }
  }
}
