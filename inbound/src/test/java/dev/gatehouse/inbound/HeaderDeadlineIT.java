package dev.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderDeadlineIT {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Server server = new Server();
  private HeaderDeadline deadline;

  /** Answers "ab": the first byte at once, and the second on /slow only when the test lets it. */
  private final Handler slowly =
      new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback)
            throws Exception {
          response.getHeaders().put("Content-Length", 2);
          Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {'a'}));
          if (request.getHttpURI().getPath().equals("/slow")) {
            mayEnd.await();
          }
          response.write(true, ByteBuffer.wrap(new byte[] {'b'}), callback);
          return true;
        }
      };

  @BeforeEach
  void prepare() {
    deadline = new HeaderDeadline(Duration.ofSeconds(20), now::get, slowly);
    server.setHandler(deadline);
  }

  @AfterEach
  void stop() throws Exception {
    mayEnd.countDown();
    server.stop();
  }

  private ServerConnector serve(ServerConnector connector) throws Exception {
    connector.setHost("127.0.0.1");
    connector.addBean(deadline);
    server.addConnector(connector);
    server.start();
    return connector;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /** The head of an answer and the first byte of its body. */
  private static String beginning(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) socket.getInputStream().read());
    }
    return text.append((char) socket.getInputStream().read()).toString();
  }

  private static void assertAnswered(Socket socket) throws IOException {
    assertThat(beginning(socket)).startsWith("HTTP/1.1 200 ").endsWith("a");
    assertThat(socket.getInputStream().read()).isEqualTo('b');
  }

  /** A connection with bytes unread is ended by a reset, else by an end of stream. */
  private static void assertCut(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(-1);
    } catch (SocketException reset) {
      assertThat(reset).isNotInstanceOf(java.net.ConnectException.class);
    }
  }

  private void later(Duration by) {
    now.addAndGet(by.toNanos());
    deadline.sweep();
  }

  @Nested
  class OverPlainHttp {
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
      connector = serve(new ServerConnector(server, 1, 1));
    }

    private Socket connect() throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      socket.setSoTimeout(10_000);
      return socket;
    }

    /**
     * What was sent before has surely been read: the one selector answered another connection
     * since.
     */
    private void settle() throws IOException {
      try (Socket other = connect()) {
        send(other, REQUEST);
        assertAnswered(other);
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

        assertCut(slow);
      }
    }

    @Test
    void cutsAConnectionThatNeverSaysAnything() throws IOException {
      try (Socket silent = connect()) {
        settle();
        later(Duration.ofSeconds(21));

        assertCut(silent);
      }
    }

    @Test
    void cutsASecondHeaderThatNeverEnds() throws IOException {
      try (Socket kept = connect()) {
        send(kept, REQUEST);
        assertAnswered(kept);
        later(Duration.ofSeconds(60));
        send(kept, "GET / HTTP/1.1\r\n");
        settle();
        later(Duration.ofSeconds(3));
        send(kept, "Host: x\r\n");
        settle();
        later(Duration.ofSeconds(21));

        assertCut(kept);
      }
    }

    @Test
    void leavesAConnectionAloneThatWaitsForItsNextRequest() throws IOException {
      try (Socket kept = connect()) {
        send(kept, REQUEST);
        assertAnswered(kept);
        later(Duration.ofSeconds(60));
        later(Duration.ofSeconds(60));

        send(kept, REQUEST);
        assertAnswered(kept);
      }
    }

    @Test
    void leavesALongAnswerAlone() throws IOException {
      try (Socket reading = connect()) {
        send(reading, REQUEST.replace("/ ", "/slow "));
        assertThat(beginning(reading)).endsWith("a");
        later(Duration.ofSeconds(60));
        later(Duration.ofSeconds(60));
        mayEnd.countDown();

        assertThat(reading.getInputStream().read()).isEqualTo('b');
      }
    }

    @Test
    void leavesALongAnswerAloneThoughTheNextRequestCameMeanwhile() throws IOException {
      try (Socket reading = connect()) {
        send(reading, REQUEST + REQUEST.replace("/ ", "/slow "));
        assertAnswered(reading);
        assertThat(beginning(reading)).endsWith("a");
        later(Duration.ofSeconds(60));
        later(Duration.ofSeconds(60));
        mayEnd.countDown();

        assertThat(reading.getInputStream().read()).isEqualTo('b');
      }
    }

    @Test
    void forgetsConnectionsThatEnded() throws Exception {
      settle();
      server.stop();

      assertThat(deadline.connections()).isZero();
    }
  }

  @Nested
  class OverTls {
    @TempDir static Path temporary;
    private static ServerKeys keys;
    private ServerConnector connector;

    @BeforeAll
    static void makeKeys() throws Exception {
      keys = ServerKeys.make(temporary, "server");
    }

    @BeforeEach
    void start() throws Exception {
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          serve(
              new ServerConnector(
                  server,
                  1,
                  1,
                  new SslConnectionFactory(Tls.contextFactory(keys.files()), "http/1.1"),
                  new HttpConnectionFactory(configuration)));
    }

    private Socket connect() throws Exception {
      Socket socket =
          keys.trusting()
              .getSocketFactory()
              .createSocket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      socket.setSoTimeout(10_000);
      return socket;
    }

    private void settle() throws Exception {
      try (Socket other = connect()) {
        send(other, REQUEST);
        assertAnswered(other);
      }
    }

    @Test
    void leavesALongAnswerAlone() throws Exception {
      try (Socket reading = connect()) {
        send(reading, REQUEST.replace("/ ", "/slow "));
        assertThat(beginning(reading)).endsWith("a");
        later(Duration.ofSeconds(60));
        later(Duration.ofSeconds(60));
        mayEnd.countDown();

        assertThat(reading.getInputStream().read()).isEqualTo('b');
      }
    }

    @Test
    void leavesAConnectionAloneThatWaitsForItsNextRequest() throws Exception {
      try (Socket kept = connect()) {
        send(kept, REQUEST);
        assertAnswered(kept);
        later(Duration.ofSeconds(60));

        send(kept, REQUEST);
        assertAnswered(kept);
      }
    }

    @Test
    void cutsAHeaderThatNeverEnds() throws Exception {
      try (Socket slow = connect()) {
        send(slow, "GET / HTTP/1.1\r\nHost: x\r\n");
        settle();
        later(Duration.ofSeconds(21));

        assertCut(slow);
      }
    }

    @Test
    void cutsAHandshakeThatNeverBegins() throws Exception {
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
        silent.setSoTimeout(10_000);
        settle();
        later(Duration.ofSeconds(21));

        assertCut(silent);
      }
    }
  }
}
