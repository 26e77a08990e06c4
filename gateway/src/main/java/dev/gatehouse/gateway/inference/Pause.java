package dev.gatehouse.gateway.inference;

import java.time.Duration;

/** Waiting between two tries. */
@FunctionalInterface
public interface Pause {
  /** Waits. */
  void until(Duration time) throws InterruptedException;
}
