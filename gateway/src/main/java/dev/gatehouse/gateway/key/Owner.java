package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user or a team that keys belong to.
 *
 * @param id never changes and is never used again
 * @param name unique among its kind
 * @param limits for all its keys together
 * @param removed null: it is there. One that was is remembered, for what its keys used
 */
public record Owner(
    AccountId id, String name, Limits limits, Instant created, @Nullable Instant removed) {
  public Owner {
    Names.check(name);
  }
}
