package dev.gatehouse.vetting.exposure;

import java.time.Instant;
import java.util.List;

/**
 * What an audit found installed on one machine.
 *
 * @param client who tells
 * @param host the machine's name, as it calls itself
 * @param at when the audit looked
 * @param complete whether these are all the environments of the machine: others that were told of
 *     before are gone
 */
public record Inventory(
    String client, String host, Instant at, boolean complete, List<Environment> environments) {
  public Inventory {
    environments = List.copyOf(environments);
  }

  /**
   * One environment.
   *
   * @param path where it lies on the machine; of an image, the archive's path, a colon and the path
   *     in it
   * @param complete whether all of it was read: what was told before and is not among these is gone
   */
  public record Environment(String path, boolean complete, List<Distribution> distributions) {
    public Environment {
      distributions = List.copyOf(distributions);
    }
  }
}
