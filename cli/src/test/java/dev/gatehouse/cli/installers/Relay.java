package dev.gatehouse.cli.installers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server, and knows how much of its answers the client was given. */
final class Relay implements AutoCloseable {
  private final URI server;
  private final long beginning;
  private final Runnable begun;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong longest = new AtomicLong();

  /**
   * @param beginning after so many bytes over one connection a client is told of
   * @param begun told each time
   */
  Relay(URI server, long beginning, Runnable begun) throws IOException {
    this.server = server;
    this.beginning = beginning;
    this.begun = begun;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** The server's address by way of this. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + server.getPath());
  }

  /** The most bytes that a client was given over one connection. */
  long longest() {
    return longest.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket behind = new Socket(server.getHost(), server.getPort());
        threads.execute(() -> copy(client, behind, _ -> {}));
        threads.execute(() -> copy(behind, client, this::given));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void given(long bytes) {
    longest.accumulateAndGet(bytes, Math::max);
    if (bytes >= beginning) {
      begun.run();
    }
  }

  private interface Count {
    void now(long bytes);
  }

  /** Passes on what comes until either side ends, and then ends both. */
  private static void copy(Socket from, Socket to, Count count) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      long all = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        all += read;
        count.now(all);
      }
    } catch (IOException ended) {
      // By the other direction, or by the test.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
