package dev.gatehouse.inbound;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Cuts connections whose request header does not end. Jetty's idle time-out begins anew with every
 * byte, so that one byte every few seconds would hold a connection for ever (the attack known as
 * Slowloris); this counts from the header's first byte, or from the connection's beginning, to its
 * last.
 */
final class HeaderDeadline extends Handler.Wrapper implements Connection.Listener {
  private final long limitNanos;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<Connection, State> connections = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /** What a connection is at. */
  private sealed interface State {
    /** A request is being answered. */
    record Answering() implements State {}

    /**
     * A request is over and no other has begun.
     *
     * @param bytesIn how many bytes had come when the last one was over
     */
    record Idle(long bytesIn) implements State {}

    /**
     * A request has begun, or the connection is new.
     *
     * @param since when that was noticed
     */
    record Begun(long since) implements State {}
  }

  /**
   * @param limit how long a header may take
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  HeaderDeadline(Duration limit, LongSupplier nanoTime, Handler handler) {
    super(handler);
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public void onOpened(Connection connection) {
    // TLS has a connection of its own below the one that reads requests. No request ever ends on
    // it, so that it would be cut in the middle of an answer; it goes with the upper one.
    if (!(connection instanceof SslConnection)) {
      connections.put(connection, new State.Begun(nanoTime.getAsLong()));
      closeWhenStopping(connection);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.computeIfPresent(connection, (_, _) -> new State.Answering());
    Request.addCompletionListener(request, _ -> becomeIdle(connection));
    return super.handle(request, response, callback);
  }

  private void becomeIdle(Connection connection) {
    connections.computeIfPresent(connection, (_, _) -> new State.Idle(connection.getBytesIn()));
    closeWhenStopping(connection);
  }

  private void closeWhenStopping(Connection connection) {
    if (stopping) {
      connection.getEndPoint().close();
    }
  }

  /**
   * Closes the connections on which nothing is being answered, and from now on each of the others
   * as soon as its answer is over: what a stop has to wait for are answers, not silence.
   */
  void closeUnused() {
    stopping = true;
    connections.forEach(
        (connection, state) -> {
          if (!(state instanceof State.Answering)) {
            connection.getEndPoint().close();
          }
        });
  }

  /** How many connections are watched. */
  int connections() {
    return connections.size();
  }

  /** Cuts the connections whose time is over. To be called every few seconds. */
  void sweep() {
    long now = nanoTime.getAsLong();
    connections.forEach((connection, state) -> sweep(connection, state, now));
  }

  private void sweep(Connection connection, State state, long now) {
    switch (state) {
      case State.Answering _ -> {}
      case State.Idle idle -> {
        if (connection.getBytesIn() > idle.bytesIn()) {
          connections.replace(connection, idle, new State.Begun(now));
        }
      }
      case State.Begun begun -> {
        if (now - begun.since() > limitNanos) {
          connection.getEndPoint().close();
        }
      }
    }
  }
}
