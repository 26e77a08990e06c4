package dev.gatehouse.gateway.routing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * How the deployments do: each failure is remembered for a minute, one with too many of them is
 * left alone until its cool-down is over, and each has a limit of calls and tokens. Of those that
 * may be asked, one is drawn by weight.
 *
 * <p>Safe for many threads; the lock is held for look-ups in memory alone.
 */
public final class Health {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Map<String, State> states = new HashMap<>();

  /** What is known of one deployment. */
  private static final class State {
    private final Deque<Long> failures = new ArrayDeque<>();
    private boolean cooling;
    private long coolUntil;
    private long minute;
    private int calls;
    private long tokens;

    private State(long now) {
      minute = now;
    }

    private boolean isCooling(long now) {
      if (cooling && now - coolUntil >= 0) {
        cooling = false;
      }
      return cooling;
    }

    private void turn(long now) {
      if (now - minute >= MINUTE) {
        minute = now;
        calls = 0;
        tokens = 0;
      }
    }
  }

  public Health(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /**
   * Draws the next deployment to be asked and counts the call. Where all that are left are cooling
   * down, the group is as good as down.
   *
   * @param tried what this call asked already; asked again only where there is no other
   * @return empty: none may be asked now
   */
  public synchronized Optional<Deployment> next(ModelGroup group, List<Deployment> tried) {
    long now = nanoTime.getAsLong();
    List<Deployment> able =
        group.deployments().stream().filter(deployment -> isAble(deployment, now)).toList();
    List<Deployment> fresh =
        able.stream().filter(deployment -> !tried.contains(deployment)).toList();
    Optional<Deployment> drawn = draw(fresh.isEmpty() ? able : fresh);
    drawn.ifPresent(deployment -> state(deployment).calls++);
    return drawn;
  }

  private boolean isAble(Deployment deployment, long now) {
    State state = state(deployment);
    state.turn(now);
    Integer mostCalls = deployment.settings().requestsPerMinute();
    Integer mostTokens = deployment.settings().tokensPerMinute();
    return !state.isCooling(now)
        && (mostCalls == null || state.calls < mostCalls)
        && (mostTokens == null || state.tokens < mostTokens);
  }

  private Optional<Deployment> draw(List<Deployment> able) {
    if (able.size() < 2) {
      return able.stream().findFirst();
    }
    int point = random.nextInt(able.stream().mapToInt(d -> d.settings().weight()).sum());
    for (Deployment deployment : able) {
      point -= deployment.settings().weight();
      if (point < 0) {
        return Optional.of(deployment);
      }
    }
    throw new IllegalStateException("the point lies below the sum of the weights");
  }

  private State state(Deployment deployment) {
    return states.computeIfAbsent(deployment.id(), _ -> new State(nanoTime.getAsLong()));
  }

  /** Counts what a call took. */
  public synchronized void used(Deployment deployment, long tokens) {
    state(deployment).tokens += tokens;
  }

  /** Remembers that it answered. */
  public synchronized void succeeded(Deployment deployment) {
    state(deployment).failures.clear();
  }

  /**
   * Remembers that it failed, for a reason of its own.
   *
   * @param allowed how many failures within a minute are let pass
   * @param cooldown for how long it is then left alone
   */
  public synchronized void failed(Deployment deployment, int allowed, Duration cooldown) {
    long now = nanoTime.getAsLong();
    State state = state(deployment);
    state.failures.addLast(now);
    while (now - state.failures.getFirst() > MINUTE) {
      state.failures.removeFirst();
    }
    if (state.failures.size() > allowed && cooldown.isPositive()) {
      state.cooling = true;
      state.coolUntil = now + cooldown.toNanos();
      state.failures.clear();
    }
  }

  /** How long until one of a group that is cooling down may be asked again; nothing: at once. */
  public synchronized Duration untilNext(ModelGroup group) {
    long now = nanoTime.getAsLong();
    return group.deployments().stream()
        .map(this::state)
        .map(state -> state.isCooling(now) ? state.coolUntil - now : minuteLeft(state, now))
        .min(Long::compare)
        .map(Duration::ofNanos)
        .orElse(Duration.ZERO);
  }

  private static long minuteLeft(State state, long now) {
    return Math.max(0, state.minute + MINUTE - now);
  }

  /** Which deployments are left alone now, by their ids. */
  public synchronized List<String> cooling() {
    long now = nanoTime.getAsLong();
    return states.entrySet().stream()
        .filter(entry -> entry.getValue().isCooling(now))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.toUnmodifiableList());
  }
}
