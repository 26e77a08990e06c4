package dev.gatehouse.cli.report;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that were read of one target. For one reader and any number of watchers. */
public final class Meter {
  private final AtomicLong bytes = new AtomicLong();

  /** Counts more of them. */
  public void add(long read) {
    bytes.addAndGet(read);
  }

  long bytes() {
    return bytes.get();
  }
}
