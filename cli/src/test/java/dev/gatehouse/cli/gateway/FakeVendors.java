package dev.gatehouse.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All vendors at once: a proxy on loopback that leads every host to itself, so that a configuration
 * is served with the addresses that stand in it. Each answer says at which address it was given.
 */
final class FakeVendors implements AutoCloseable {
  private static final String PASSWORD = "changeit";
  private static final JsonMapper JSON = new JsonMapper();

  /** Longer than a client in a test waits; shorter than any provider's time-out. */
  private static final int SLOW_SECONDS = 5;

  private final Server server = new Server(new VirtualThreadPool());
  private final ServerConnector plain = new ServerConnector(server, 1, 1);
  private final ServerConnector secure;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Asked> requests = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /** How a deployment fails. */
  enum Failure {
    DOWN(503, "service_unavailable", "down for a while"),
    FORBIDDEN(401, "invalid_api_key", "wrong key"),
    TOO_LONG(400, "invalid_request_error", "prompt is too long: 300000 tokens > 200000 maximum"),
    POLICY(400, "invalid_request_error", "Output blocked by content filtering policy"),
    SLOW(200, "", "");

    private final int status;
    private final String code;
    private final String message;

    Failure(int status, String code, String message) {
      this.status = status;
      this.code = code;
      this.message = message;
    }
  }

  /**
   * What was asked.
   *
   * @param url the whole of it
   * @param model that the body names; {@code -}: none
   * @param headers by their names in lower case
   */
  record Asked(String url, String model, Map<String, String> headers, String body) {
    /** Where, and for which model: a deployment. */
    String deployment() {
      return url + " " + model;
    }
  }

  private FakeVendors(Path keys) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys.toString());
    tls.setKeyStorePassword(PASSWORD);
    secure = new ServerConnector(server, tls, new HttpConnectionFactory());
    plain.setHost("127.0.0.1");
    secure.setHost("127.0.0.1");
    server.addConnector(plain);
    server.addConnector(secure);
    server.setHandler(new Tunnel(new Answering()));
  }

  /**
   * Starts them.
   *
   * @param keys made by {@link #makeKeys}
   */
  static FakeVendors start(Path keys) throws Exception {
    FakeVendors vendors = new FakeVendors(keys);
    vendors.server.start();
    return vendors;
  }

  /**
   * Makes a key for these hosts, and its certificate.
   *
   * @param keys where the key is to lie
   * @param certificate where the certificate is to lie, in PEM
   */
  static void makeKeys(Path keys, Path certificate, Collection<String> hosts) throws Exception {
    String names = hosts.stream().map(host -> "dns:" + host).collect(Collectors.joining(","));
    keytool(keys, "-genkeypair -keyalg EC -dname CN=test -storetype PKCS12 -ext san=" + names);
    keytool(keys, "-exportcert -rfc -file " + certificate);
  }

  private static void keytool(Path keys, String command) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String all = command + " -alias vendors -storepass " + PASSWORD + " -keystore " + keys;
    Process process =
        new ProcessBuilder((tool + " " + all).split(" ", -1)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  /** The proxy's port, which also is that of every server on this machine. */
  int port() {
    return plain.getLocalPort();
  }

  /** All that they were asked since the last time, in that order. */
  List<Asked> takeRequests() {
    synchronized (requests) {
      List<Asked> taken = List.copyOf(requests);
      requests.clear();
      return taken;
    }
  }

  /** From now on these deployments fail, and no others. */
  void fail(Map<String, Failure> deployments) {
    failures.clear();
    failures.putAll(deployments);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the fake vendors do not stop", e);
    }
  }

  /** Whatever host a tunnel is asked for: it ends here. */
  private final class Tunnel extends ConnectHandler {
    Tunnel(Handler inner) {
      super(inner);
    }

    @Override
    protected InetSocketAddress newConnectAddress(String host, int port) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), secure.getLocalPort());
    }
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException, InterruptedException {
      Asked asked = asked(request);
      requests.add(asked);
      Failure failure = failures.get(asked.deployment());
      if (failure == Failure.SLOW) {
        closed.await(SLOW_SECONDS, TimeUnit.SECONDS);
      }
      response.getHeaders().put("Content-Type", "application/json");
      if (failure == Failure.DOWN) {
        response.getHeaders().put("Retry-After", "0");
      }
      response.setStatus(failure == null ? 200 : failure.status);
      String body = failure == null || failure == Failure.SLOW ? answer(asked) : error(failure);
      Content.Sink.write(response, true, ByteBuffer.wrap(body.getBytes(UTF_8)));
      callback.succeeded();
      return true;
    }
  }

  private static Asked asked(Request request) throws IOException {
    Map<String, String> headers = new ConcurrentHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getLowerCaseName(), field.getValue());
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      String body = new String(in.readAllBytes(), UTF_8);
      String url = url(request.getHttpURI());
      JsonNode model = JSON.readTree(body).path("model");
      // An address that names the model makes the body's name not matter.
      boolean inAddress = url.contains("/deployments/");
      return new Asked(url, inAddress ? "-" : model.asString("-"), headers, body);
    }
  }

  private static String url(HttpURI uri) {
    boolean usual = uri.getPort() < 0 || uri.getPort() == (isSecure(uri) ? 443 : 80);
    String authority = usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    return URI.create(uri.getScheme() + "://" + authority + uri.getPathQuery()).toString();
  }

  private static boolean isSecure(HttpURI uri) {
    return "https".equals(uri.getScheme());
  }

  /** In a shape that all vendors' readers understand. */
  private static String error(Failure failure) {
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "error",
            "error",
            Map.of("type", failure.code, "code", failure.code, "message", failure.message)));
  }

  private static String answer(Asked asked) {
    String url = asked.url();
    String path = URI.create(url).getPath();
    Map<String, Object> answer;
    if (path.endsWith("/chat/completions")) {
      answer =
          Map.of(
              "id",
              "chatcmpl-1",
              "object",
              "chat.completion",
              "created",
              1,
              "model",
              asked.model(),
              "choices",
              List.of(
                  Map.of(
                      "index",
                      0,
                      "finish_reason",
                      "stop",
                      "message",
                      Map.of("role", "assistant", "content", url))),
              "usage",
              Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2));
    } else if (path.endsWith("/v1/messages")) {
      answer =
          Map.of(
              "id",
              "msg_1",
              "type",
              "message",
              "role",
              "assistant",
              "model",
              asked.model(),
              "content",
              List.of(Map.of("type", "text", "text", url)),
              "stop_reason",
              "end_turn",
              "usage",
              Map.of("input_tokens", 1, "output_tokens", 1));
    } else if (path.endsWith(":generateContent")) {
      answer =
          Map.of(
              "candidates",
              List.of(
                  Map.of(
                      "content",
                      Map.of("role", "model", "parts", List.of(Map.of("text", url))),
                      "finishReason",
                      "STOP")),
              "usageMetadata",
              Map.of("promptTokenCount", 1, "candidatesTokenCount", 1, "totalTokenCount", 2));
    } else if (path.endsWith("/converse")) {
      answer =
          Map.of(
              "output",
              Map.of(
                  "message", Map.of("role", "assistant", "content", List.of(Map.of("text", url)))),
              "stopReason",
              "end_turn",
              "usage",
              Map.of("inputTokens", 1, "outputTokens", 1, "totalTokens", 2));
    } else if (path.endsWith("/v2/chat")) {
      answer =
          Map.of(
              "id",
              "1",
              "finish_reason",
              "COMPLETE",
              "message",
              Map.of("role", "assistant", "content", List.of(Map.of("type", "text", "text", url))),
              "usage",
              Map.of("tokens", Map.of("input_tokens", 1, "output_tokens", 1)));
    } else if (path.endsWith("/v2/embed")) {
      answer =
          Map.of(
              "id",
              "1",
              "texts",
              List.of("Hello."),
              "embeddings",
              Map.of("float", List.of(List.of(0.5, 0.25))),
              "meta",
              Map.of("billed_units", Map.of("input_tokens", 1)));
    } else if (path.endsWith("/v2/rerank")) {
      answer =
          Map.of(
              "id",
              "1",
              "results",
              List.of(Map.of("index", 0, "relevance_score", 0.5)),
              "meta",
              Map.of("billed_units", Map.of("search_units", 1)));
    } else if (path.endsWith("/embeddings")) {
      answer =
          Map.of(
              "object",
              "list",
              "model",
              asked.model(),
              "data",
              List.of(Map.of("object", "embedding", "index", 0, "embedding", List.of(0.5, 0.25))),
              "usage",
              Map.of("prompt_tokens", 1, "total_tokens", 1));
    } else {
      throw new IllegalArgumentException("no vendor has " + url);
    }
    return JSON.writeValueAsString(answer);
  }
}
