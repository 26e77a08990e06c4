package dev.gatehouse.outbound;

import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Breaks off requests whose answer's head does not come in time. One timer serves them all: a timed
 * wait of each would cost more than all the rest of the waiting, and hardly any ever ends in time.
 */
final class HeadDeadlines extends CyclicTimeouts<HeadDeadlines.Waiting> {
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  HeadDeadlines(Scheduler scheduler) {
    super(scheduler);
  }

  /** What is waited for, until it is closed. */
  final class Waiting implements Expirable, AutoCloseable {
    private final Exchange exchange;
    private final long expiry;

    private Waiting(Exchange exchange, Duration patience) {
      this.exchange = exchange;
      this.expiry = NanoTime.now() + patience.toNanos();
    }

    @Override
    public long getExpireNanoTime() {
      return expiry;
    }

    @Override
    public void close() {
      waiting.remove(this);
    }
  }

  /** Breaks that off unless it is closed within the time. */
  Waiting start(Exchange exchange, Duration patience) {
    Waiting one = new Waiting(exchange, patience);
    waiting.add(one);
    schedule(one);
    return one;
  }

  @Override
  protected Iterator<Waiting> iterator() {
    return waiting.iterator();
  }

  @Override
  protected boolean onExpired(Waiting one) {
    one.exchange.abort(new TimeoutException());
    return true;
  }
}
