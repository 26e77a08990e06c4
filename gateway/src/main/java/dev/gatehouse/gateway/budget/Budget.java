package dev.gatehouse.gateway.budget;

import dev.gatehouse.gateway.price.NanoUsd;

/**
 * What may be spent in a period.
 *
 * @param nanoUsd from nothing to {@link NanoUsd#MOST}
 */
public record Budget(long nanoUsd, Period period) {
  public Budget {
    if (nanoUsd < 0 || nanoUsd > NanoUsd.MOST) {
      throw new IllegalArgumentException("a budget from 0 to a billion US dollars");
    }
  }
}
