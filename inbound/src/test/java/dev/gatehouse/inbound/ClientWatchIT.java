package dev.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientWatchIT {
  private static final String WAITING =
      "POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
  private static final String PROMPT = WAITING.replace("/wait", "/now");

  @TempDir private static Path folder;
  private static ServerKeys keys;

  private final Semaphore waiting = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final CountDownLatch left = new CountDownLatch(1);
  private final Server server = new Server();

  /** Answers with the path's length and its body; to /wait only when the test lets it. */
  private final Handler echo =
      new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback)
            throws Exception {
          byte[] body;
          try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readAllBytes();
          }
          boolean waits = request.getHttpURI().getPath().equals("/wait");
          try (ClientWatch _ = ClientWatch.open(request, Duration.ZERO, left::countDown)) {
            if (waits) {
              waiting.release();
              mayEnd.acquire();
            }
            response.getHeaders().put("Content-Length", body.length);
            Content.Sink.write(response, true, ByteBuffer.wrap(body));
          }
          callback.succeeded();
          return true;
        }
      };

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = ServerKeys.make(folder, "server");
  }

  @BeforeEach
  void start() throws Exception {
    server.setHandler(echo);
    HttpConfiguration secure = new HttpConfiguration();
    secure.addCustomizer(new SecureRequestCustomizer(false));
    listen(new ServerConnector(server, 1, 1));
    listen(
        new ServerConnector(
            server,
            1,
            1,
            new SslConnectionFactory(Tls.contextFactory(keys.files()), "http/1.1"),
            new HttpConnectionFactory(secure)));
    server.start();
  }

  private void listen(ServerConnector connector) {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
  }

  @AfterEach
  void stop() throws Exception {
    mayEnd.release(10);
    server.stop();
  }

  private Socket connect(boolean tls) throws Exception {
    SocketFactory sockets = tls ? keys.trusting().getSocketFactory() : SocketFactory.getDefault();
    int port = ((ServerConnector) server.getConnectors()[tls ? 1 : 0]).getLocalPort();
    Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static void assertAnswered(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\nabc") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the end after " + text).isNotNegative();
      text.append((char) next);
    }
    assertThat(text).startsWith("HTTP/1.1 200 ");
  }

  private void await(Semaphore what) throws InterruptedException {
    assertThat(what.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noticesAClientThatCloses(boolean tls) throws Exception {
    try (Socket client = connect(tls)) {
      send(client, WAITING);
      await(waiting);
      assertThat(left.getCount()).isOne();
    }
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesAConnectionThatIsKeptAsItWas(boolean tls) throws Exception {
    try (Socket client = connect(tls)) {
      for (int i = 0; i < 50; i++) {
        send(client, PROMPT);
        assertAnswered(client);
      }
      send(client, WAITING);
      await(waiting);
      mayEnd.release();
      assertAnswered(client);
      send(client, PROMPT);
      assertAnswered(client);
    }
    assertThat(left.getCount()).isOne();
  }

  /** HTTP/1.1 lets a client send its next request before it has the answer to the first. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesNothingOfTheNextRequestWhichCameBeforeTheAnswer(boolean tls) throws Exception {
    try (Socket client = connect(tls)) {
      send(client, WAITING);
      await(waiting);
      send(client, WAITING + PROMPT);
      mayEnd.release();
      assertAnswered(client);
      await(waiting);
      mayEnd.release();
      assertAnswered(client);
      assertAnswered(client);
    }
    assertThat(left.getCount()).isOne();
  }

  /** The bytes that were sent with the first request are read with it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesNothingOfRequestsThatCameTogether(boolean tls) throws Exception {
    try (Socket client = connect(tls)) {
      send(client, WAITING + PROMPT + PROMPT);
      await(waiting);
      mayEnd.release();
      assertAnswered(client);
      assertAnswered(client);
      assertAnswered(client);
    }
    assertThat(left.getCount()).isOne();
  }
}
