package dev.gatehouse.gateway.budget;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that looks after the accounting while the gateway runs. What fails is logged and
 * tried again: the journal keeps what the database does not take.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final long SYNC_MILLIS = 200;
  private static final long TRANSFER_MILLIS = 2_000;

  private final ScheduledExecutorService thread;

  private Upkeep(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /** Starts it. It is closed before the accounting. */
  public static Upkeep start(Accounting accounting) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("gatehouse-accounting").daemon().unstarted(work));
    repeat(thread, SYNC_MILLIS, "make usage safe", accounting::upkeep);
    repeat(thread, TRANSFER_MILLIS, "take usage over into the tables", accounting::transfer);
    return new Upkeep(thread);
  }

  private interface Work {
    void run() throws IOException;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it never ends, and throws nothing
  private static void repeat(ScheduledExecutorService thread, long millis, String what, Work work) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "Could not " + what + "; trying again", e);
          }
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.close();
  }
}
