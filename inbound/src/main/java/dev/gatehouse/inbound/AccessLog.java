package dev.gatehouse.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * A line for each answered request, in the combined log format that every log reader knows, with
 * the client's name as its user and the milliseconds that the answer took at the end; and the
 * request metrics, counted in the same place.
 */
final class AccessLog implements RequestLog {
  /** Tokens of ours: some client takes one for a name, and has it in a path. */
  private static final Pattern TOKEN = Pattern.compile("gatehouse[-_][A-Za-z0-9_-]{43}");

  private record Series(String surface, int status) {}

  private final List<String> surfaces;
  private final boolean queries;
  private final RequestLog.Writer writer;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  AccessLog(
      List<String> surfaces,
      boolean queries,
      RequestLog.Writer writer,
      InstantSource clock,
      MeterRegistry registry) {
    this.surfaces = List.copyOf(surfaces);
    this.queries = queries;
    this.writer = writer;
    this.clock = clock;
    this.registry = registry;
  }

  @Override
  public void log(Request request, Response response) {
    Duration took = Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime());
    timer(request, response.getStatus()).record(took);
    try {
      writer.write(TOKEN.matcher(line(request, response, took)).replaceAll("(token)"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Timer timer(Request request, int status) {
    return timers.computeIfAbsent(
        new Series(surface(request), status),
        series ->
            Timer.builder("gatehouse.requests")
                .description("Requests answered, by surface and status")
                .tag("surface", series.surface())
                .tag("status", String.valueOf(series.status()))
                .register(registry));
  }

  /**
   * The first part of the path where it is one of ours; else anybody could make as many series as
   * there are paths.
   */
  private String surface(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    if (path == null) {
      return "other";
    }
    for (String surface : surfaces) {
      if (path.startsWith("/" + surface + "/") || path.equals("/" + surface)) {
        return surface;
      }
    }
    return "other";
  }

  private String line(Request request, Response response, Duration took) {
    Optional<LoggedCaller> caller = LoggedCaller.find(request);
    String address =
        caller
            .map(c -> c.address().getHostAddress())
            .orElseGet(() -> Request.getRemoteAddr(request));
    String user = caller.map(LoggedCaller::name).orElse("-");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return address
        + " - "
        + user
        + " ["
        + now
        + "] \""
        + request.getMethod()
        + ' '
        + escaped(
            queries ? request.getHttpURI().getPathQuery() : request.getHttpURI().getCanonicalPath())
        + ' '
        + request.getConnectionMetaData().getHttpVersion().asString()
        + "\" "
        + response.getStatus()
        + ' '
        + Response.getContentBytesWritten(response)
        + " \"-\" \""
        + escaped(request.getHeaders().get(HttpHeader.USER_AGENT))
        + "\" "
        + took.toMillis();
  }

  /** A client's text cannot end the line, the quotes, or speak to a terminal. */
  private static String escaped(@Nullable String text) {
    if (text == null) {
      return "-";
    }
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < Math.min(text.length(), 1000); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        escaped.append("\\x%02x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
