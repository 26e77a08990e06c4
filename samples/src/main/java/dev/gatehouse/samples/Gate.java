package dev.gatehouse.samples;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A place in an answer where the fake index stops until the test lets it go on. What was sent
 * before it has left; what comes after it has not.
 */
public final class Gate {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  Gate() {}

  /**
   * Waits until a request stands here.
   *
   * @throws IllegalStateException when none comes within half a minute
   */
  public void awaitReached() throws InterruptedException {
    if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no request came so far");
    }
  }

  /** Lets all go on that stand here, and all that come later pass. */
  public void release() {
    released.countDown();
  }

  void pass() throws IOException {
    reached.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the fake index was closed");
    }
  }
}
