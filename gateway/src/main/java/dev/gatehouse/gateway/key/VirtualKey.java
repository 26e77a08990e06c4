package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that an application has instead of a provider's.
 *
 * @param id never changes and is never used again
 * @param revocation null: it was not revoked
 */
public record VirtualKey(
    UUID id, KeyTerms terms, Instant created, @Nullable Revocation revocation) {
  /** When it was revoked, by whom, and why. */
  public record Revocation(Instant at, String by, String reason) {}

  public String name() {
    return terms.name();
  }

  /** Whether calls can be made by it, as a decoy never lets anybody do. */
  boolean works(Instant now) {
    return revocation == null && !terms.decoy() && !terms.scope().isOver(now);
  }

  /** Whose limits a call by it has to keep. */
  public List<AccountId> accounts() {
    List<AccountId> accounts = new ArrayList<>(3);
    accounts.add(new AccountId(Kind.KEY, id));
    if (terms.user() != null) {
      accounts.add(new AccountId(Kind.USER, terms.user()));
    }
    if (terms.team() != null) {
      accounts.add(new AccountId(Kind.TEAM, terms.team()));
    }
    return accounts;
  }
}
