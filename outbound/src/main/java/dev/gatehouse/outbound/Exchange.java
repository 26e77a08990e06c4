package dev.gatehouse.outbound;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** A request on its way, which can be broken off; one that is over is not touched by that. */
record Exchange(Request request, IncomingAnswer incoming, Scheduler scheduler) {
  /** Lets something be waited for that can be broken off. */
  interface Wait<E extends Exception> {
    void await() throws E;
  }

  void abort(Throwable why) {
    // Told first: the client's own word comes on the thread that reads, as soon as that has time.
    incoming.breakOff(why);
    var _ = request.abort(why);
  }

  void abort() {
    abort(new CancellationException("the answer is not wanted any more"));
  }

  /** Waits for no longer than that, then breaks off. */
  <E extends Exception> void abortAfter(Duration patience, Wait<E> wait) throws E {
    Runnable end = this::abort;
    Scheduler.Task task = scheduler.schedule(end, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      wait.await();
    } finally {
      task.cancel();
    }
  }
}
