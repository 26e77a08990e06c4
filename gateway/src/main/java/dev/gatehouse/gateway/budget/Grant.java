package dev.gatehouse.gateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The answer to a {@link Claim}. */
public sealed interface Grant {
  /** The call may be made; then the reservation is settled or released. */
  record Granted(Reservation reservation) implements Grant {}

  /** The call may not be made. */
  sealed interface Refused extends Grant {
    /** Whose limit it is. */
    AccountId account();
  }

  /**
   * The budget is spent. Another try cannot help, and the answer must not look as if it could.
   *
   * @param spent nano-USD
   * @param resets when it begins anew; empty: never
   */
  record Spent(AccountId account, Budget budget, long spent, Optional<Instant> resets)
      implements Refused {}

  /**
   * Other calls hold what is left of the budget, and held it to the end of the caller's patience.
   * What they leave of it can be known soon.
   */
  record Busy(AccountId account) implements Refused {}

  /**
   * Too many in the last minute.
   *
   * @param perMinute the limit
   * @param after when another try can succeed, at the earliest
   */
  record TooFast(AccountId account, Rate rate, long perMinute, Duration after) implements Refused {}

  /**
   * Too many calls run.
   *
   * @param most the limit
   */
  record TooManyAtOnce(AccountId account, long most) implements Refused {}

  /** What is used cannot be written down at the moment, as on a full disk: nothing may be used. */
  record Unrecordable() implements Grant {}

  /** What there can be too many of in a minute. */
  enum Rate {
    REQUESTS,
    TOKENS
  }
}
