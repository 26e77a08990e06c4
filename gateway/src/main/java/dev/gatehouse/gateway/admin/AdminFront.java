package dev.gatehouse.gateway.admin;

import dev.gatehouse.inbound.LoggedCaller;
import dev.gatehouse.inbound.PacedBody;
import dev.gatehouse.inbound.Peers;
import dev.gatehouse.outbound.Secret;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * The administration listener: finds out who asks, by which name of this server, and lets {@link
 * AdminApi} answer. Deny by default: without a token there is the health, and nothing else.
 */
public final class AdminFront extends Handler.Abstract {
  /** The first parts of the paths that the metrics tell apart. */
  public static final List<String> SURFACES = List.of("api", "key", "health", "metrics");

  private static final Logger LOG = System.getLogger(AdminFront.class.getName());
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final AdminApi api;
  private final AdminTokens tokens;
  private final InetSocketAddress listen;
  private final PrometheusMeterRegistry metrics;
  private final BooleanSupplier ready;

  /**
   * @param listen where it listens: its host is a name by which it may be asked
   * @param ready whether calls can be answered
   */
  public AdminFront(
      AdminApi api,
      AdminTokens tokens,
      InetSocketAddress listen,
      PrometheusMeterRegistry metrics,
      BooleanSupplier ready) {
    this.api = api;
    this.tokens = tokens;
    this.listen = listen;
    this.metrics = metrics;
    this.ready = ready;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Content-Security-Policy", "default-src 'none'; sandbox");
    try {
      send(answer(request), request, response, callback);
    } catch (PacedBody.TooSlowException e) {
      send(
          new AdminProblem(
                  400,
                  "request-too-slow",
                  "The body comes too slowly",
                  "It cannot be read to its end.",
                  "Try again over a better connection.")
              .answer(),
          request,
          response,
          callback);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The client of {0} left: {1}", request.getHttpURI().getPath(), e);
      callback.failed(e);
    }
    return true;
  }

  private AdminAnswer answer(Request request) throws IOException {
    if (!isAskedByOwnName(request)) {
      return new AdminProblem(
              421,
              "misdirected",
              "This server does not go by that name",
              "Administration is asked by the address that it listens on, so that no web page can lead its own name here.",
              "Use the address in admin-listen.")
          .answer();
    }
    Actor actor = actor(request);
    String name = actor == null ? "-" : actor.name();
    new LoggedCaller(Peers.peer(request), name).note(request);
    String path = String.valueOf(URIUtil.decodePath(request.getHttpURI().getCanonicalPath()));
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    Optional<AdminAnswer> surface = surface(method, path, actor);
    return surface.isPresent()
        ? surface.get()
        : api.answer(new AdminRequest(method, path, query(request), body(request, actor), actor));
  }

  /** So that no web page can rebind its own name to it. */
  private boolean isAskedByOwnName(Request request) {
    String host = Request.getServerName(request);
    return Peers.isLoopbackName(host)
        || host.equalsIgnoreCase(Request.getLocalAddr(request))
        || host.equalsIgnoreCase(listen.getHostString());
  }

  private @Nullable Actor actor(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? tokens.authenticate(Secret.of(header.substring(7).strip())).orElse(null)
        : null;
  }

  /** What every server has. The metrics tell of usage, and are for administrators. */
  private Optional<AdminAnswer> surface(String method, String path, @Nullable Actor actor) {
    if (!method.equals("GET")) {
      return Optional.empty();
    }
    return switch (path) {
      case "/health/live" -> Optional.of(AdminAnswer.text(200, "text/plain", "live\n"));
      case "/health/ready" ->
          Optional.of(
              ready.getAsBoolean()
                  ? AdminAnswer.text(200, "text/plain", "ready\n")
                  : AdminAnswer.text(503, "text/plain", "not ready: the store cannot be read\n"));
      case "/metrics" ->
          actor != null && actor.role() == Role.ADMIN
              ? Optional.of(AdminAnswer.text(200, METRICS_TYPE, metrics.scrape(METRICS_TYPE)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    if (request.getHttpURI().getQuery() != null) {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        query.putIfAbsent(field.getName(), String.valueOf(field.getValue()));
      }
    }
    return query;
  }

  /** Of who has no token nothing is read: a stranger costs no memory. */
  private static byte[] body(Request request, @Nullable Actor actor) throws IOException {
    if (actor == null) {
      return new byte[0];
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      return PacedBody.read(in, request.getLength(), AdminApi.MOST_BODY + 1, System::nanoTime);
    }
  }

  private static void send(
      AdminAnswer answer, Request request, Response response, Callback callback) {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (answer.status() == 401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"Gatehouse gateway\"");
    }
    if (!answer.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    }
    ByteBuffer body = ByteBuffer.wrap(answer.body());
    if (answer.status() != 204) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    }
    response.write(true, request.getMethod().equals("HEAD") ? null : body, callback);
  }

  /** Says what Jetty refuses before any path is looked at. */
  public static Request.Handler errors() {
    return (request, response, callback) -> {
      byte[] body =
          new AdminProblem(
                  response.getStatus(),
                  "http-" + response.getStatus(),
                  "The request was not taken",
                  "It is malformed.",
                  "Correct the request.")
              .answer()
              .body();
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    };
  }
}
