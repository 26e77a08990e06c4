package dev.gatehouse.gateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Reserves before a call and settles after it. One lock guards all accounts, for as long as some
 * additions take; it is never held while anybody waits for a provider, a disk or another call.
 *
 * <p>What is spent and what is reserved of a budget are together never more than it, as long as no
 * call costs more than was reserved for it. A call for which less than it might cost is left gets
 * all that is left, once no other runs on that budget: else a small budget could not be spent at
 * all by a call whose longest answer costs more. So a budget can be passed by the last call alone,
 * by what that call costs; the next is refused.
 */
public final class Ledger {
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final NavigableSet<Reservation> open =
      new TreeSet<>(
          Comparator.comparing(Reservation::leaseEnd).thenComparingLong(Reservation::number));
  private long numbers;

  /**
   * Makes an empty one.
   *
   * @param clock for days and leases
   * @param nanoTime for rates, as {@link System#nanoTime}
   */
  public Ledger(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Counts what was spent before the start. */
  public void spentBefore(AccountId id, LocalDate day, long nanoUsd) {
    locked(() -> account(id).spending().add(day, nanoUsd));
  }

  /**
   * Sets the limits of all accounts of a kind; those that are not named have none from now on. What
   * was spent and what is reserved stays.
   */
  public void limit(AccountId.Kind kind, Map<UUID, Limits> limits) {
    locked(
        () -> {
          limits.keySet().forEach(id -> account(new AccountId(kind, id)));
          for (Account account : accounts.values()) {
            if (account.id().kind() == kind) {
              account.limit(
                  limits.getOrDefault(account.id().id(), Limits.NONE), nanoTime.getAsLong());
            }
          }
        });
  }

  /**
   * Reserves in all accounts, or in none. Waits, for as long as the claim says, only where other
   * calls hold what is left of a budget; whoever came first is asked first.
   */
  public Grant reserve(Claim claim) {
    Waiter waiter =
        new Waiter(lock.newCondition(), nanoTime.getAsLong() + claim.patience().toNanos());
    lock.lock();
    try {
      Optional<Grant> grant = attempt(claim, waiter);
      while (grant.isEmpty() && waiter.await(nanoTime.getAsLong())) {
        grant = attempt(claim, waiter);
      }
      return grant.orElseGet(waiter::busy);
    } finally {
      waiter.leave();
      lock.unlock();
    }
  }

  /** Grants or refuses; empty: the waiter stands in the queue of the account that it waits for. */
  private Optional<Grant> attempt(Claim claim, Waiter waiter) {
    giveBackLapsed();
    LocalDate today = today();
    List<Account> all = claim.accounts().stream().map(this::account).toList();
    for (Account account : all) {
      Optional<Grant.Refused> refusal = account.refusal(claim, today, nanoTime.getAsLong());
      if (refusal.isPresent()) {
        return Optional.of(refusal.get());
      }
    }
    List<Reservation.Share> shares = new ArrayList<>(all.size());
    for (Account account : all) {
      OptionalLong share = account.available(claim.nanoUsd(), waiter);
      if (share.isEmpty()) {
        waiter.queueAt(account);
        return Optional.empty();
      }
      shares.add(new Reservation.Share(account, share.getAsLong()));
    }
    return Optional.of(new Grant.Granted(begin(claim, shares)));
  }

  private Reservation begin(Claim claim, List<Reservation.Share> shares) {
    for (Reservation.Share share : shares) {
      share.account().begin(share.nanoUsd(), claim.tokens(), nanoTime.getAsLong());
    }
    Reservation reservation =
        new Reservation(++numbers, shares, claim.tokens(), clock.instant().plus(claim.lease()));
    open.add(reservation);
    return reservation;
  }

  /**
   * Settles: what the call really cost counts from now on, also where it is more than was reserved,
   * and where the lease has ended meanwhile.
   *
   * @param at the moment whose day it counts for
   * @param tokens how many it took
   * @return whether it counted; not where the reservation was settled or released before
   */
  public boolean settle(Reservation reservation, Instant at, long nanoUsd, long tokens) {
    if (nanoUsd < 0) {
      throw new IllegalArgumentException("a call costs nothing or something");
    }
    return close(reservation, at, nanoUsd, tokens);
  }

  /**
   * Releases: the call was not made, or cost nothing.
   *
   * @return whether it was still open
   */
  public boolean release(Reservation reservation) {
    return close(reservation, clock.instant(), 0, 0);
  }

  private boolean close(Reservation reservation, Instant at, long nanoUsd, long tokens) {
    lock.lock();
    try {
      Reservation.State was = reservation.state();
      if (was == Reservation.State.CLOSED) {
        return false;
      }
      open.remove(reservation);
      reservation.become(Reservation.State.CLOSED);
      LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
      for (Reservation.Share share : reservation.shares()) {
        Account account = share.account();
        account.spending().add(day, nanoUsd);
        account.correctTokens(tokens - reservation.tokens(), nanoTime.getAsLong());
        if (was == Reservation.State.OPEN) {
          account.end(share.nanoUsd());
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Prolongs the lease of a call that still runs, from now on. */
  public void renew(Reservation reservation, Duration lease) {
    locked(
        () -> {
          if (open.remove(reservation)) {
            reservation.lease(clock.instant().plus(lease));
            open.add(reservation);
          }
        });
  }

  /** Gives back what is reserved for calls of which nothing was heard until their lease's end. */
  public void sweep() {
    locked(this::giveBackLapsed);
  }

  private void giveBackLapsed() {
    Instant now = clock.instant();
    while (!open.isEmpty() && !open.first().leaseEnd().isAfter(now)) {
      Reservation lapsed = open.removeFirst();
      lapsed.become(Reservation.State.LAPSED);
      lapsed.shares().forEach(share -> share.account().end(share.nanoUsd()));
    }
  }

  /** How an account stands. */
  public Standing standing(AccountId id) {
    lock.lock();
    try {
      giveBackLapsed();
      Account account = accounts.get(id);
      return (account == null ? new Account(id) : account).standing(today(), nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  private Account account(AccountId id) {
    return accounts.computeIfAbsent(id, Account::new);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
