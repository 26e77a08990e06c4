package dev.gatehouse.inbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Notices that a client leaves while it waits for the beginning of its answer. Jetty does not read
 * between a request's end and its answer's, so that a client that gave up would be noticed only
 * when something is written to it: too late for what is being made for it alone.
 *
 * <p>A client that closes only its own half of the connection is taken for one that left, as nginx
 * does. To be opened when the request's body was read to its end, and closed before its answer
 * ends.
 */
public final class ClientWatch implements AutoCloseable {
  /** Answers that begin sooner are worth no look, each of which costs a system call or two. */
  private static final Duration DELAY = Duration.ofMillis(200);

  /** One byte is enough to tell silence, the end and a further request apart. */
  private final ByteBuffer seen = BufferUtil.allocate(1);

  private final Connection connection;
  private final EndPoint endPoint;
  private final Runnable left;
  private final Scheduler.Task begin;
  private boolean awaiting;
  private boolean closed;

  private ClientWatch(Request request, Duration delay, Runnable left) {
    this.connection = request.getConnectionMetaData().getConnection();
    this.endPoint = connection.getEndPoint();
    this.left = left;
    this.begin =
        request
            .getComponents()
            .getScheduler()
            .schedule(this::await, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to watch, in a moment.
   *
   * @param left what is done once, on a thread of the server, when the client is gone; must not
   *     block
   */
  public static ClientWatch open(Request request, Runnable left) {
    return open(request, DELAY, left);
  }

  static ClientWatch open(Request request, Duration delay, Runnable left) {
    return new ClientWatch(request, delay, left);
  }

  private synchronized void await() {
    if (closed) {
      return;
    }
    awaiting =
        endPoint.tryFillInterested(
            new Callback() {
              @Override
              public void succeeded() {
                look();
              }

              @Override
              public void failed(Throwable why) {
                leave();
              }

              @Override
              public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
              }
            });
  }

  /** There is something to read, or nothing any more. */
  private synchronized void look() {
    if (closed) {
      return;
    }
    int count;
    try {
      count = endPoint.fill(seen);
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0) {
      leave();
    } else if (count == 0) {
      await();
    } else if (connection instanceof Connection.UpgradeTo reader) {
      // The beginning of its next request: whoever sends one is there.
      reader.onUpgradeTo(seen);
    }
  }

  private synchronized void leave() {
    if (!closed) {
      closed = true;
      left.run();
    }
  }

  /** Leaves reading to Jetty again, which minds anybody who still waits for it. */
  @Override
  public void close() {
    begin.cancel();
    boolean waits;
    synchronized (this) {
      closed = true;
      waits = awaiting;
    }
    if (waits && endPoint instanceof AbstractEndPoint jettys) {
      jettys.getFillInterest().onFail(new IOException("the answer is there"));
    }
  }
}
