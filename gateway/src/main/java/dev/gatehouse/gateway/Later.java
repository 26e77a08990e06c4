package dev.gatehouse.gateway;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is to be done later, one after the other. */
interface Later {
  /**
   * Runs it after a pause.
   *
   * @throws RejectedExecutionException once this has ended
   */
  void in(Duration pause, Runnable work);

  /** Runs what still waits, at once and for a short while; what is not done then never is. */
  void end() throws InterruptedException;

  /** With a thread, and the time of this machine. */
  static Later onThread(String name, Duration atTheEnd) {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    return new Later() {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // who hands work in looks after its end
      public void in(Duration pause, Runnable work) {
        thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
      }

      @Override
      public void end() throws InterruptedException {
        for (Runnable waiting : thread.getQueue().toArray(Runnable[]::new)) {
          if (((Delayed) waiting).getDelay(TimeUnit.MILLISECONDS) > 0 && thread.remove(waiting)) {
            thread.execute(waiting);
          }
        }
        thread.shutdown();
        if (!thread.awaitTermination(atTheEnd.toMillis(), TimeUnit.MILLISECONDS)) {
          thread.shutdownNow();
        }
      }
    };
  }
}
