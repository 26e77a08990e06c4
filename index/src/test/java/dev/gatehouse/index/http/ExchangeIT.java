package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExchangeIT {
  @TempDir Path data;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  /** What an endpoint does with its exchange. */
  private interface Act {
    void with(Exchange exchange) throws Exception;
  }

  private void serve(Act act) throws Exception {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    IndexSettings settings =
        new IndexSettings(loopback, null, null, List.of(), data, AnonymousReading.LOOPBACK);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Caller caller = new Caller(null, loopback.getAddress(), true);
            try {
              act.with(new Exchange(request, response, callback, caller, settings, false));
              failure.completeExceptionally(new AssertionError("nothing failed"));
              callback.succeeded();
            } catch (Exception e) {
              failure.complete(e);
              callback.failed(e);
            }
            return true;
          }
        });
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(500);
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /**
   * Sends this and then nothing, and reads nothing, and gives what the endpoint met. On a busy
   * machine the silence may end a connection before its request was seen; then it is asked again.
   */
  private Throwable failureOf(String request) throws Exception {
    while (true) {
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
        silent.getOutputStream().write(request.getBytes(US_ASCII));
        return failure.get(5, TimeUnit.SECONDS);
      } catch (TimeoutException asksAgain) {
        assertThat(failure).isNotDone();
      }
    }
  }

  @Test
  @Timeout(60)
  void tellsOfAClientThatTakesNoMore() throws Exception {
    serve(
        exchange -> {
          while (true) {
            exchange.write(ByteBuffer.allocate(1_000_000));
          }
        });

    assertThat(failureOf("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isInstanceOf(ClientGoneException.class);
  }

  @Test
  @Timeout(60)
  void tellsOfAClientThatSendsNoMore() throws Exception {
    serve(exchange -> exchange.body(64 * 1024));

    assertThat(failureOf("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{"))
        .isInstanceOf(ClientGoneException.class);
  }
}
