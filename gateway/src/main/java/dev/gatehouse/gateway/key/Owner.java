package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.Limits;
import java.time.Instant;

/**
 * A user or a team that keys belong to.
 *
 * @param id never changes and is never used again
 * @param name unique among its kind
 * @param limits for all its keys together
 */
public record Owner(AccountId id, String name, Limits limits, Instant created) {
  public Owner {
    Names.check(name);
  }
}
