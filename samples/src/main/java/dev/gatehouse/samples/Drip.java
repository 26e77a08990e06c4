package dev.gatehouse.samples;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** A tap on the body of an answer: only as many bytes leave as the test gives. */
public final class Drip {
  private static final int PLENTY = Integer.MAX_VALUE / 2;

  private final Semaphore given = new Semaphore(0);

  Drip() {}

  /** Lets that many more bytes leave. */
  public void give(int bytes) {
    given.release(bytes);
  }

  /** Lets all the rest leave. */
  public void giveAll() {
    given.release(PLENTY - given.drainPermits());
  }

  /** Waits until at least one byte may leave, and takes no more than that many. */
  int take(int wanted) throws IOException {
    try {
      given.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the fake index was closed");
    }
    int all = 1 + given.drainPermits();
    int taken = Math.min(all, wanted);
    given.release(all - taken);
    return taken;
  }
}
