package dev.gatehouse.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final AccountId KEY = new AccountId(Kind.KEY, new UUID(1, 1));
  private static final AccountId USER = new AccountId(Kind.USER, new UUID(1, 2));
  private static final AccountId TEAM = new AccountId(Kind.TEAM, new UUID(1, 3));
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Instant now = Instant.parse("2026-03-24T12:00:00Z");
  private long nanos;
  private final Ledger ledger = new Ledger(() -> now, () -> nanos);

  private static Limits budget(long nanoUsd, Period period) {
    return new Limits(new Budget(nanoUsd, period), null, null, null);
  }

  private void limit(AccountId id, Limits limits) {
    ledger.limit(id.kind(), Map.of(id.id(), limits));
  }

  private static Claim claim(long nanoUsd, AccountId... accounts) {
    return new Claim(List.of(accounts), nanoUsd, 0, LEASE, Duration.ZERO);
  }

  private Grant reserve(long nanoUsd, AccountId... accounts) {
    return ledger.reserve(claim(nanoUsd, accounts));
  }

  private static Reservation granted(Grant grant) {
    assertThat(grant).isInstanceOf(Grant.Granted.class);
    return ((Grant.Granted) grant).reservation();
  }

  @Test
  void countsForKeyUserAndTeamAtOnceOrForNone() {
    limit(KEY, budget(100, Period.NONE));
    limit(USER, budget(50, Period.NONE));
    limit(TEAM, budget(30, Period.NONE));
    Reservation first = granted(reserve(30, KEY, USER, TEAM));

    assertThat(reserve(10, KEY, USER, TEAM)).isEqualTo(new Grant.Busy(TEAM));
    assertThat(ledger.standing(KEY).reserved()).isEqualTo(30);
    ledger.settle(first, now, 30, 0);
    assertThat(reserve(10, KEY, USER, TEAM))
        .isEqualTo(new Grant.Spent(TEAM, new Budget(30, Period.NONE), 30, Optional.empty()));
    assertThat(List.of(KEY, USER, TEAM))
        .allSatisfy(
            id -> {
              assertThat(ledger.standing(id).spent()).isEqualTo(30);
              assertThat(ledger.standing(id).reserved()).isZero();
            });
    granted(reserve(20, KEY, USER));
  }

  @Test
  void givesBackWhatIsReleasedOrCostLess() {
    limit(KEY, budget(100, Period.NONE));
    Reservation dear = granted(reserve(90, KEY));
    assertThat(reserve(20, KEY)).isEqualTo(new Grant.Busy(KEY));
    assertThat(ledger.settle(dear, now, 5, 0)).isTrue();
    Reservation next = granted(reserve(95, KEY));
    assertThat(ledger.release(next)).isTrue();

    assertThat(ledger.standing(KEY).spent()).isEqualTo(5);
    assertThat(ledger.standing(KEY).reserved()).isZero();
  }

  @Test
  void countsASettlementOnce() {
    Reservation reservation = granted(reserve(10, KEY));

    assertThat(ledger.settle(reservation, now, 10, 0)).isTrue();
    assertThat(ledger.settle(reservation, now, 10, 0)).isFalse();
    assertThat(ledger.release(reservation)).isFalse();
    assertThat(ledger.standing(KEY).spent()).isEqualTo(10);
  }

  @Test
  void letsTheLastCallHaveAllThatIsLeftOnceNoOtherRuns() {
    limit(KEY, budget(10, Period.NONE));
    Reservation alone = granted(reserve(1_000_000, KEY));

    assertThat(ledger.standing(KEY).reserved()).isEqualTo(10);
    ledger.settle(alone, now, 13, 0);
    assertThat(ledger.standing(KEY).spent()).isEqualTo(13);
    assertThat(reserve(1, KEY)).isInstanceOf(Grant.Spent.class);
  }

  @Test
  void givesBackWhatNobodyCameBackFor() {
    limit(KEY, new Limits(new Budget(10, Period.NONE), null, null, 1L));
    Reservation lost = granted(reserve(10, KEY));
    now = now.plus(LEASE).minusMillis(1);
    assertThat(reserve(10, KEY)).isEqualTo(new Grant.TooManyAtOnce(KEY, 1));
    now = now.plusMillis(1);
    Reservation next = granted(reserve(10, KEY));

    // It comes back after all: it cost what it cost, and frees nothing twice.
    assertThat(ledger.settle(lost, now, 4, 0)).isTrue();
    assertThat(ledger.standing(KEY).spent()).isEqualTo(4);
    assertThat(ledger.standing(KEY).reserved()).isEqualTo(10);
    assertThat(ledger.standing(KEY).running()).isEqualTo(1);
    ledger.release(next);
  }

  @Test
  void keepsARenewedLease() {
    limit(KEY, budget(10, Period.NONE));
    Reservation streaming = granted(reserve(10, KEY));
    now = now.plus(LEASE).minusSeconds(1);
    ledger.renew(streaming, LEASE);
    now = now.plusSeconds(2);

    assertThat(reserve(1, KEY)).isEqualTo(new Grant.Busy(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DAILY", "WEEKLY", "MONTHLY"})
  void beginsABudgetAnewAtMidnightUtc(Period period) {
    now = Instant.parse("2026-03-31T23:59:59.999Z"); // a Tuesday
    limit(KEY, budget(10, period));
    ledger.settle(granted(reserve(10, KEY)), now, 10, 0);
    Instant resets =
        switch (period) {
          case NONE -> throw new AssertionError();
          case DAILY, MONTHLY -> Instant.parse("2026-04-01T00:00:00Z");
          case WEEKLY -> Instant.parse("2026-04-06T00:00:00Z");
        };

    assertThat(reserve(1, KEY))
        .isInstanceOfSatisfying(
            Grant.Spent.class, spent -> assertThat(spent.resets()).hasValue(resets));
    now = resets.minusMillis(1);
    assertThat(reserve(1, KEY)).isInstanceOf(Grant.Spent.class);
    now = resets;
    granted(reserve(10, KEY));
    assertThat(ledger.standing(KEY).spent()).isZero();
    assertThat(ledger.standing(KEY).spentEver()).isEqualTo(10);
  }

  @Test
  void givesNoBudgetAnewWhenTheClockIsSetBack() {
    limit(KEY, budget(10, Period.DAILY));
    ledger.settle(granted(reserve(10, KEY)), now, 10, 0);
    now = now.minus(Duration.ofDays(1));

    assertThat(reserve(1, KEY)).isInstanceOf(Grant.Spent.class);
  }

  @Test
  void remembersWhatWasSpentBeforeTheStart() {
    ledger.spentBefore(KEY, LocalDate.parse("2026-03-24"), 3);
    ledger.spentBefore(KEY, LocalDate.parse("2026-03-01"), 4);
    ledger.spentBefore(KEY, LocalDate.parse("2026-02-28"), 5);

    limit(KEY, budget(100, Period.DAILY));
    assertThat(ledger.standing(KEY).spent()).isEqualTo(3);
    limit(KEY, budget(100, Period.MONTHLY));
    assertThat(ledger.standing(KEY).spent()).isEqualTo(7);
    limit(KEY, budget(100, Period.NONE));
    assertThat(ledger.standing(KEY).spent()).isEqualTo(12);
  }

  @Test
  void limitsRequestsAMinuteAndSaysWhenToTryAgain() {
    limit(KEY, new Limits(null, 3L, null, null));
    for (int i = 0; i < 3; i++) {
      ledger.release(granted(reserve(0, KEY)));
    }

    assertThat(reserve(0, KEY))
        .isEqualTo(new Grant.TooFast(KEY, Grant.Rate.REQUESTS, 3, Duration.ofSeconds(20)));
    nanos += Duration.ofSeconds(20).toNanos() - 1;
    assertThat(reserve(0, KEY)).isInstanceOf(Grant.TooFast.class);
    nanos += 1;
    ledger.release(granted(reserve(0, KEY)));
    assertThat(reserve(0, KEY)).isInstanceOf(Grant.TooFast.class);
  }

  @Test
  void limitsTokensAMinuteByWhatCallsReallyTook() {
    limit(KEY, new Limits(null, null, 1000L, null));
    Claim guess = new Claim(List.of(KEY), 0, 600, LEASE, Duration.ZERO);
    Reservation first = granted(ledger.reserve(guess));
    assertThat(ledger.reserve(guess)).isInstanceOf(Grant.TooFast.class);
    ledger.settle(first, now, 0, 100);
    Reservation second = granted(ledger.reserve(guess));
    ledger.settle(second, now, 0, 1900);

    assertThat(ledger.standing(KEY).tokensLeft()).isZero();
    assertThat(ledger.reserve(new Claim(List.of(KEY), 0, 1, LEASE, Duration.ZERO)))
        .isEqualTo(new Grant.TooFast(KEY, Grant.Rate.TOKENS, 1000, Duration.ofMillis(60_060)));
  }

  @Test
  void limitsCallsAtOnce() {
    limit(KEY, new Limits(null, null, null, 2L));
    Reservation first = granted(reserve(0, KEY));
    granted(reserve(0, KEY));

    assertThat(reserve(0, KEY)).isEqualTo(new Grant.TooManyAtOnce(KEY, 2));
    ledger.release(first);
    granted(reserve(0, KEY));
  }

  /** Whatever a call may cost at most: as it costs, twice that, or far more than the budget. */
  @ParameterizedTest
  @ValueSource(longs = {1000, 2000, 1_000_000})
  void sixtyFourParallelCallsOnABudgetWorthTenSpendExactlyTen(long most) throws Exception {
    Ledger real = new Ledger(() -> now, System::nanoTime);
    real.limit(Kind.KEY, Map.of(KEY.id(), budget(10_000, Period.NONE)));
    real.limit(Kind.TEAM, Map.of(TEAM.id(), budget(1_000_000, Period.NONE)));
    AtomicInteger made = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(64);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(
            threads.submit(
                () -> {
                  asked.countDown();
                  Grant grant =
                      real.reserve(new Claim(List.of(KEY, TEAM), most, 0, LEASE, PATIENCE));
                  if (grant instanceof Grant.Granted granted) {
                    made.incrementAndGet();
                    asked.await(); // nobody settles before all have asked
                    real.settle(granted.reservation(), now, 1000, 0);
                  } else if (grant instanceof Grant.Spent) {
                    refused.incrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }

    assertThat(made).hasValue(10);
    assertThat(refused).hasValue(54);
    assertThat(real.standing(KEY).spent()).isEqualTo(10_000);
    assertThat(real.standing(TEAM).spent()).isEqualTo(10_000);
    assertThat(real.standing(KEY).reserved()).isZero();
  }

  @Test
  void saysBusyAndNotSpentWherePatienceEnds() {
    Ledger real = new Ledger(() -> now, System::nanoTime);
    real.limit(Kind.KEY, Map.of(KEY.id(), budget(10, Period.NONE)));
    granted(real.reserve(claim(10, KEY)));

    assertThat(real.reserve(new Claim(List.of(KEY), 1, 0, LEASE, Duration.ofMillis(20))))
        .isEqualTo(new Grant.Busy(KEY));
  }

  /** Random reservations, settlements, releases, lapses and renewals, held against plain sums. */
  @Test
  void neverHasMoreSpentAndReservedThanTheBudgetAndLosesNothing() {
    for (int seed = 0; seed < 200; seed++) {
      playAtRandom(new Random(seed), seed);
    }
  }

  private void playAtRandom(Random random, int seed) {
    Ledger played = new Ledger(() -> now, () -> nanos);
    Map<AccountId, Long> budgets =
        Map.of(KEY, 1L + random.nextInt(500), USER, 1L + random.nextInt(500), TEAM, 400L);
    budgets.forEach(
        (id, most) -> played.limit(id.kind(), Map.of(id.id(), budget(most, Period.NONE))));
    List<AccountId> all = List.of(KEY, USER, TEAM);
    record Open(Reservation reservation, long least) {}
    List<Open> open = new ArrayList<>();
    long settled = 0;
    for (int step = 0; step < 300; step++) {
      @Nullable Open one = open.isEmpty() ? null : open.remove(random.nextInt(open.size()));
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          if (one != null) {
            open.add(one);
          }
          long most = random.nextLong(60);
          Grant grant = played.reserve(new Claim(all, most, 0, LEASE, Duration.ZERO));
          if (grant instanceof Grant.Granted granted) {
            long least =
                granted.reservation().shares().stream()
                    .mapToLong(Reservation.Share::nanoUsd)
                    .min()
                    .orElseThrow();
            open.add(new Open(granted.reservation(), least));
          }
        }
        case 3 -> {
          if (one != null) {
            boolean lapsed = one.reservation().state() == Reservation.State.LAPSED;
            long cost = lapsed ? 0 : random.nextLong(one.least() + 1);
            assertThat(played.settle(one.reservation(), now, cost, 0)).isTrue();
            settled += cost;
          }
        }
        case 4 -> {
          if (one != null) {
            played.release(one.reservation());
          }
        }
        default -> {
          if (one != null) {
            open.add(one);
            played.renew(one.reservation(), LEASE);
          }
          now = now.plusSeconds(random.nextInt(120));
        }
      }
      long spent = settled;
      assertThat(all)
          .as("seed %d, step %d", seed, step)
          .allSatisfy(
              id -> {
                Standing standing = played.standing(id);
                assertThat(standing.spent()).isEqualTo(spent);
                assertThat(standing.reserved()).isNotNegative();
                assertThat(standing.spent() + standing.reserved())
                    .isLessThanOrEqualTo(budgets.get(id));
              });
    }
    open.forEach(one -> played.release(one.reservation()));
    assertThat(all).allSatisfy(id -> assertThat(played.standing(id).reserved()).isZero());
    assertThat(all).allSatisfy(id -> assertThat(played.standing(id).running()).isZero());
  }
}
