package dev.gatehouse.cli.audit;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that were read of one target. For one reader and any number of watchers. */
final class Meter {
  private final AtomicLong bytes = new AtomicLong();

  /** Counts more of them. */
  void add(long read) {
    bytes.addAndGet(read);
  }

  long bytes() {
    return bytes.get();
  }
}
