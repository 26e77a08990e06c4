package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.Limits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a key is made with.
 *
 * @param name unique, for ever
 * @param client the index's client that has it; null: none
 * @param user the id of its {@link Owner}; null: none
 * @param team the id of its {@link Owner}; null: none
 * @param decoy whether nobody uses it: it is left where thieves look
 */
public record KeyTerms(
    String name,
    @Nullable IndexClient client,
    @Nullable UUID user,
    @Nullable UUID team,
    Scope scope,
    Limits limits,
    boolean decoy) {
  public KeyTerms {
    Names.check(name);
  }
}
