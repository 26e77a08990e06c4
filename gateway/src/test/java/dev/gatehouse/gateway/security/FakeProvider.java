package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A provider on loopback that writes down all that it gets, and answers what a test says. */
final class FakeProvider implements AutoCloseable {
  static final String CHAT =
      """
      {"id":"1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""";

  static {
    // Else each answer waits for the other end to acknowledge its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile Answering answering =
      (exchange, got) -> send(exchange, 200, "application/json", CHAT.formatted("yes"));

  /** What came. */
  record Seen(String target, Map<String, String> headers, String body) {
    Seen {
      headers = Map.copyOf(headers);
    }
  }

  /** How it answers. */
  @FunctionalInterface
  interface Answering {
    void answer(HttpExchange exchange, Seen got) throws IOException;
  }

  FakeProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  Seen last() {
    return seen.getLast();
  }

  void forget() {
    seen.clear();
  }

  void answers(Answering other) {
    answering = other;
  }

  /** Calls that wait for their answers. */
  static final class Held {
    private final CountDownLatch asked;
    private final CountDownLatch answer = new CountDownLatch(1);

    private Held(int calls) {
      asked = new CountDownLatch(calls);
    }

    /** Waits until it was asked for all of them. */
    void awaitAsked() throws InterruptedException {
      assertThat(asked.await(30, TimeUnit.SECONDS)).as("all calls came").isTrue();
    }

    void release() {
      answer.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      send(exchange, 200, "application/json", CHAT.formatted("so"));
    }
  }

  /**
   * Holds its answers back from now on.
   *
   * @param calls how many are to come
   */
  Held hold(int calls) {
    Held held = new Held(calls);
    answers((exchange, _) -> held.answer(exchange));
    return held;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.toString()));
      Seen got =
          new Seen(
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      seen.add(got);
      answering.answer(exchange, got);
    }
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
