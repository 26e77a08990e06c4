package dev.gatehouse.gateway.budget;

import java.time.Duration;
import java.util.List;

/**
 * What a call asks for before it is made.
 *
 * @param accounts the key, and its user and team where it has them; all of them grant it or none
 * @param nanoUsd the most that it can cost
 * @param tokens how many it will take, as far as can be guessed
 * @param lease for how long it is reserved, unless renewed: what was neither settled nor released
 *     by then, because whatever should have done it is gone, is given back
 * @param patience how long to wait for calls that run, where they hold what is left of a budget
 */
public record Claim(
    List<AccountId> accounts, long nanoUsd, long tokens, Duration lease, Duration patience) {
  public Claim {
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty() || accounts.stream().distinct().count() != accounts.size()) {
      throw new IllegalArgumentException("a call counts for one or several different accounts");
    }
    if (nanoUsd < 0 || tokens < 0 || !lease.isPositive() || patience.isNegative()) {
      throw new IllegalArgumentException("amounts and times are not negative");
    }
  }
}
