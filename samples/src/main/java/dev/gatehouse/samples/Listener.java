package dev.gatehouse.samples;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A port of 127.0.0.1 with a virtual thread for each connection; closing it cuts them all. */
final class Listener implements AutoCloseable {
  /** As many as a test may open at once. */
  private static final int BACKLOG = 2_048;

  private final ServerSocket server;
  private final Handler handler;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Queue<RuntimeException> bugs = new ConcurrentLinkedQueue<>();

  private Listener(ServerSocket server, Handler handler) {
    this.server = server;
    this.handler = handler;
  }

  interface Handler {
    /**
     * Answers one request.
     *
     * @return whether the connection stays open for another
     */
    boolean answer(FakeRequest request, OutputStream out) throws IOException;
  }

  /** Listens at the port, or for 0 at a free one. */
  static Listener open(int port, Handler handler) throws IOException {
    Listener listener = new Listener(new ServerSocket(port, BACKLOG, loopback()), handler);
    listener.threads.execute(listener::acceptAll);
    return listener;
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        accepted(server.accept());
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        bugs.add(new UncheckedIOException(e));
      }
    }
  }

  private void accepted(Socket connection) throws IOException {
    connections.add(connection);
    try {
      threads.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      connection.close(); // it came while this was being closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 64 * 1024);
      boolean open = true;
      while (open) {
        FakeRequest request = FakeRequest.read(in);
        open = request != null && handler.answer(request, out);
      }
    } catch (IOException e) {
      // The client went, the script ended the connection, or the test is over.
    } catch (RuntimeException e) {
      bugs.add(e);
    } finally {
      connections.remove(connection);
    }
  }

  /** Cuts all connections, also those that stand at a gate; returns when all threads have ended. */
  @Override
  public void close() {
    try {
      server.close();
      threads.shutdownNow();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not close", e);
    }
    threads.close();
    RuntimeException bug = bugs.poll();
    if (bug != null) {
      throw new IllegalStateException("the fake index has a bug, or got nonsense", bug);
    }
  }
}
