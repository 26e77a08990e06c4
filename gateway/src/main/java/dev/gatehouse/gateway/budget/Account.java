package dev.gatehouse.gateway.budget;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One key's, user's or team's state. The ledger's lock guards it. */
final class Account {
  private final AccountId id;
  private final Spending spending = new Spending();
  private Limits limits = Limits.NONE;
  private @Nullable Bucket requests;
  private @Nullable Bucket tokens;
  private long reserved;
  private long running;

  /** Who waits for a budget's remainder, in the order of their coming. */
  private final Queue<Waiter> waiting = new ArrayDeque<>();

  Account(AccountId id) {
    this.id = id;
  }

  AccountId id() {
    return id;
  }

  Spending spending() {
    return spending;
  }

  Queue<Waiter> waiting() {
    return waiting;
  }

  /** Lets the first that waits look again. */
  void wakeFirst() {
    Waiter first = waiting.peek();
    if (first != null) {
      first.wake();
    }
  }

  /** Buckets of unchanged rates keep what is in them. */
  void limit(Limits next, long nanoTime) {
    requests = bucket(requests, next.requestsPerMinute(), nanoTime);
    tokens = bucket(tokens, next.tokensPerMinute(), nanoTime);
    limits = next;
    wakeFirst();
  }

  private static @Nullable Bucket bucket(@Nullable Bucket old, @Nullable Long rate, long nanoTime) {
    if (rate == null) {
      return null;
    }
    return old != null && old.perMinute() == rate ? old : new Bucket(rate, nanoTime);
  }

  /** Why a call cannot go, however long it waits for other calls; empty: nothing keeps it. */
  Optional<Grant.Refused> refusal(Claim claim, LocalDate today, long nanoTime) {
    spending.goOnTo(today);
    Budget budget = limits.budget();
    if (budget != null && spent(budget) >= budget.nanoUsd()) {
      return Optional.of(
          new Grant.Spent(id, budget, spent(budget), budget.period().end(spending.day())));
    }
    Long concurrent = limits.concurrent();
    if (concurrent != null && running >= concurrent) {
      return Optional.of(new Grant.TooManyAtOnce(id, concurrent));
    }
    if (requests != null && requests.nanosUntil(1, nanoTime) > 0) {
      return Optional.of(
          new Grant.TooFast(
              id,
              Grant.Rate.REQUESTS,
              requests.perMinute(),
              Duration.ofNanos(requests.nanosUntil(1, nanoTime))));
    }
    if (tokens != null && tokens.nanosUntil(claim.tokens(), nanoTime) > 0) {
      return Optional.of(
          new Grant.TooFast(
              id,
              Grant.Rate.TOKENS,
              tokens.perMinute(),
              Duration.ofNanos(tokens.nanosUntil(claim.tokens(), nanoTime))));
    }
    return Optional.empty();
  }

  /**
   * How much of the budget a call can have now: all that it asks, or, where nothing else is
   * reserved, whatever remains; empty: it has to wait, for the others or for who came before it.
   */
  OptionalLong available(long asked, Waiter waiter) {
    Budget budget = limits.budget();
    if (budget == null) {
      return OptionalLong.of(asked);
    }
    if (!waiting.isEmpty() && !waiter.equals(waiting.peek())) {
      return OptionalLong.empty();
    }
    long remaining = budget.nanoUsd() - spent(budget);
    if (asked <= remaining - reserved) {
      return OptionalLong.of(asked);
    }
    return reserved == 0 ? OptionalLong.of(remaining) : OptionalLong.empty();
  }

  private long spent(Budget budget) {
    return spending.in(budget.period());
  }

  void begin(long nanoUsd, long tokenCount, long nanoTime) {
    reserved = Math.addExact(reserved, nanoUsd);
    running++;
    if (requests != null) {
      requests.take(1, nanoTime);
    }
    if (tokens != null) {
      tokens.take(tokenCount, nanoTime);
    }
  }

  /** Gives a reservation back. */
  void end(long nanoUsd) {
    reserved = Math.subtractExact(reserved, nanoUsd);
    running--;
    wakeFirst();
  }

  /** Corrects the guess of a call's tokens. */
  void correctTokens(long more, long nanoTime) {
    if (tokens != null) {
      tokens.take(more, nanoTime);
    }
  }

  Standing standing(LocalDate today, long nanoTime) {
    spending.goOnTo(today);
    Budget budget = limits.budget();
    return new Standing(
        limits,
        budget == null ? spending.in(Period.NONE) : spent(budget),
        spending.in(Period.NONE),
        reserved,
        running,
        budget == null ? Optional.empty() : budget.period().end(spending.day()),
        requests == null ? null : requests.left(nanoTime),
        tokens == null ? null : tokens.left(nanoTime));
  }
}
