package dev.gatehouse.index.mirror;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Many ask, one works, all get the answer. The work always reports, also when it fails: every
 * future completes. Work may go on after its answer; who asks then has the next work for the key
 * begin when all of this one is over, so that no two ever run at once.
 */
final class SingleFlight<K, V> {
  /**
   * What work comes to.
   *
   * @param answer for all who wait
   * @param afterwards what remains to be done and nobody waits for; deals with its own failures
   */
  record Landed<V>(V answer, Runnable afterwards) {}

  /** Work on its way: its answer, and the end of all of it. */
  private record Flight<V>(CompletableFuture<V> answer, CompletableFuture<Void> over) {
    Flight() {
      this(new CompletableFuture<>(), new CompletableFuture<>());
    }
  }

  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
  private final Executor executor;

  SingleFlight(Executor executor) {
    this.executor = executor;
  }

  /** The answer that is on its way for the key, started now if none is. */
  CompletableFuture<V> join(K key, Supplier<Landed<V>> work) {
    while (true) {
      Flight<V> running = flights.get(key);
      if (running != null && !running.answer().isDone()) {
        return running.answer();
      }
      Flight<V> mine = new Flight<>();
      if (running == null
          ? flights.putIfAbsent(key, mine) == null
          : flights.replace(key, running, mine)) {
        start(
            key,
            mine,
            running == null ? CompletableFuture.completedFuture(null) : running.over(),
            work);
        return mine.answer();
      }
    }
  }

  private void start(
      K key, Flight<V> flight, CompletableFuture<Void> before, Supplier<Landed<V>> work) {
    // It has no failure of its own: nobody needs to look at it.
    CompletableFuture<Void> _ =
        before.thenRun(
            () -> {
              try {
                executor.execute(() -> run(key, flight, work));
              } catch (RuntimeException refused) {
                flight.answer().completeExceptionally(refused);
                end(key, flight);
              }
            });
  }

  private void run(K key, Flight<V> flight, Supplier<Landed<V>> work) {
    try {
      Landed<V> landed = work.get();
      flight.answer().complete(landed.answer());
      landed.afterwards().run();
    } catch (Throwable failure) {
      // Errors too: whoever waits must not hang because the work died.
      flight.answer().completeExceptionally(failure);
    } finally {
      end(key, flight);
    }
  }

  private void end(K key, Flight<V> flight) {
    flights.remove(key, flight);
    flight.over().complete(null);
  }
}
