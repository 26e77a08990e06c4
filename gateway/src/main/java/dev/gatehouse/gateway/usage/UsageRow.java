package dev.gatehouse.gateway.usage;

import dev.gatehouse.gateway.conversation.Usage;
import java.util.Map;

/**
 * Usage, summed up.
 *
 * @param of the value of each dimension that was asked for; a user or team that there was not is
 *     empty
 * @param calls how many
 * @param nanoUsd what they cost
 */
public record UsageRow(Map<Dimension, String> of, long calls, Usage usage, long nanoUsd) {
  public UsageRow {
    of = Map.copyOf(of);
  }
}
