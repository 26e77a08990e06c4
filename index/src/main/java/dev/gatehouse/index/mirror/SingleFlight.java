package dev.gatehouse.index.mirror;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Many ask, one works, all get the answer. The work always reports, also when it fails: every
 * future completes, and a key is free again as soon as its work is over, before its waiters wake.
 */
final class SingleFlight<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Executor executor;

  SingleFlight(Executor executor) {
    this.executor = executor;
  }

  /** The answer that is on its way for the key, started now if none is. */
  CompletableFuture<V> join(K key, Supplier<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> running = flights.putIfAbsent(key, mine);
    if (running != null) {
      return running;
    }
    try {
      executor.execute(() -> run(key, mine, work));
    } catch (RuntimeException refused) {
      flights.remove(key, mine);
      mine.completeExceptionally(refused);
    }
    return mine;
  }

  private void run(K key, CompletableFuture<V> flight, Supplier<V> work) {
    try {
      V answer = work.get();
      flights.remove(key, flight);
      flight.complete(answer);
    } catch (Throwable failure) {
      // Errors too: whoever waits must not hang because the work died.
      flights.remove(key, flight);
      flight.completeExceptionally(failure);
    }
  }
}
