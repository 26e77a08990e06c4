package dev.gatehouse.outbound;

import org.jspecify.annotations.Nullable;

/**
 * Breaks off, from another thread, what is being asked or read: what waits for it fails then. One
 * serves all the requests that are made, one after the other, for the same end.
 */
public final class Cancellation {
  private @Nullable Exchange running;
  private boolean cancelled;

  /** Breaks off what runs, and from now on whatever is begun. */
  public synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      running.abort();
    }
  }

  /** Whether it was broken off. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Notes what runs now. To be called when it has been sent: there is nothing to abort before. */
  synchronized void running(Exchange exchange) {
    running = exchange;
    if (cancelled) {
      exchange.abort();
    }
  }
}
