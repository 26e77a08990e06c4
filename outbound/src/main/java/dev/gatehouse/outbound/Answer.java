package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** An answer whose body is read while it comes. */
final class Answer implements OutboundResponse {
  /** A refusal's text, such as that of a 404, is read to its end to keep the connection. */
  private static final int WORTH_READING_BYTES = 16 * 1024;

  /** What a new connection costs, about. */
  private static final Duration WORTH_WAITING = Duration.ofMillis(500);

  private final Exchange exchange;
  private final int status;
  private final HttpFields headers;
  private final URI uri;
  private final PacedStream raw;
  private final InputStream body;
  private final boolean coded;
  private final boolean bodyless;

  private Answer(
      Exchange exchange, Response response, OutboundRequest request, URI uri, LongSupplier nanoTime)
      throws OutboundException {
    this.exchange = exchange;
    this.status = response.getStatus();
    this.headers = response.getHeaders();
    this.uri = uri;
    this.raw = new PacedStream(exchange.incoming().body(), request.limits().paced(), nanoTime);
    this.coded = isCoded(headers, request);
    this.bodyless = request.method().equals("HEAD") || status == 204 || status == 304;
    this.body =
        new BoundedStream(
            coded ? new DecodedStream(this.raw) : this.raw,
            request.limits().mostBytes(),
            bodyless ? -1 : length().orElse(-1));
  }

  static Answer of(
      Exchange exchange, Response response, OutboundRequest request, URI uri, LongSupplier nanoTime)
      throws OutboundException {
    try {
      return new Answer(exchange, response, request, uri, nanoTime);
    } catch (OutboundException e) {
      exchange.abort(e);
      throw e;
    }
  }

  private static boolean isCoded(HttpFields headers, OutboundRequest request)
      throws OutboundException {
    if (!headers.contains(HttpHeader.CONTENT_ENCODING)) {
      return false;
    }
    List<String> codings =
        headers.getCSV(HttpHeader.CONTENT_ENCODING, false).stream()
            .filter(coding -> !coding.equalsIgnoreCase("identity"))
            .toList();
    boolean gzip = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("gzip");
    if (!codings.isEmpty() && !(request.isCompressed() && gzip)) {
      throw new OutboundException(
          Code.MALFORMED, "it was sent with a coding that was not asked for");
    }
    return gzip;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public OptionalLong length() {
    long length = headers.getLongField(HttpHeader.CONTENT_LENGTH);
    return coded || length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public boolean isOver() {
    return exchange.incoming().isOver();
  }

  /** Aborting closes the connection, so what is as good as over is brought to its end instead. */
  @Override
  public void close() {
    try (body) {
      if (isAsGoodAsOver()) {
        exchange.abortAfter(WORTH_WAITING, () -> raw.readNBytes(WORTH_READING_BYTES + 1));
      }
    } catch (IOException e) {
      // Nobody wants the rest, whatever happened to it.
    }
    if (!raw.isEnded()) {
      exchange.abort();
    }
  }

  private boolean isAsGoodAsOver() {
    long length = bodyless ? 0 : headers.getLongField(HttpHeader.CONTENT_LENGTH);
    return !raw.isEnded() && length >= 0 && length <= WORTH_READING_BYTES;
  }
}
