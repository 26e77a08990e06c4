package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeaderDeadlineIT {
  private final AtomicLong now = new AtomicLong();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private HeaderDeadline deadline;

  @BeforeEach
  void start() throws Exception {
    Handler ok =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("Content-Length", 0);
            response.write(true, null, callback);
            return true;
          }
        };
    deadline = new HeaderDeadline(Duration.ofSeconds(20), now::get, ok);
    connector.setHost("127.0.0.1");
    connector.addBean(deadline);
    server.addConnector(connector);
    server.setHandler(deadline);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String answerLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.substring(0, head.indexOf("\r\n"));
  }

  private void later(Duration by) {
    now.addAndGet(by.toNanos());
    deadline.sweep();
  }

  /**
   * A byte that the connection has surely read: the answer to a request came back on another one
   * since.
   */
  private void settle() throws IOException {
    try (Socket other = connect()) {
      send(other, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      answerLine(other);
    }
  }

  @Test
  void cutsAHeaderThatNeverEndsHoweverOftenAByteComes() throws IOException {
    try (Socket slow = connect()) {
      send(slow, "GET / HTTP/1.1\r\nHost: x\r\n");
      settle();
      later(Duration.ofSeconds(15));
      send(slow, "X: y\r\n");
      settle();
      later(Duration.ofSeconds(6));

      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void leavesAConnectionAloneThatWaitsForItsNextRequest() throws IOException {
    try (Socket kept = connect()) {
      send(kept, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answerLine(kept)).contains("200");
      later(Duration.ofSeconds(60));
      later(Duration.ofSeconds(60));

      send(kept, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answerLine(kept)).contains("200");
    }
  }
}
