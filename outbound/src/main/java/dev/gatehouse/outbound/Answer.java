package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** An answer whose body is read while it comes. */
final class Answer implements OutboundResponse {
  private final Request exchange;
  private final Response response;
  private final URI uri;
  private final InputStream body;
  private final boolean coded;

  private Answer(Request exchange, Response response, URI uri, InputStream body, boolean coded) {
    this.exchange = exchange;
    this.response = response;
    this.uri = uri;
    this.body = body;
    this.coded = coded;
  }

  static Answer of(
      Request exchange,
      Response response,
      InputStreamResponseListener listener,
      OutboundRequest request,
      URI uri,
      LongSupplier nanoTime)
      throws OutboundException {
    String coding = response.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    boolean coded = coding != null && !coding.equalsIgnoreCase("identity");
    if (coded && !(request.isCompressed() && coding.equalsIgnoreCase("gzip"))) {
      OutboundException failure =
          new OutboundException(Code.MALFORMED, "it was sent with a coding that was not asked for");
      var _ = exchange.abort(failure);
      throw failure;
    }
    InputStream raw = new PacedStream(listener.getInputStream(), new Pace(nanoTime));
    InputStream decoded = coded ? new DecodedStream(raw) : raw;
    InputStream body = new BoundedStream(decoded, request.limits().mostBytes());
    return new Answer(exchange, response, uri, body, coded);
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.getHeaders().get(name));
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public OptionalLong length() {
    long length = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    return coded || length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    // Does nothing to an exchange that is over.
    var _ = exchange.abort(new CancellationException("the answer is not wanted any more"));
  }

  /**
   * gzip (RFC 1952), opened with its first byte: an answer without a body has no header of gzip
   * either.
   */
  private static final class DecodedStream extends InputStream {
    private final InputStream coded;
    private @Nullable InputStream decoded;

    DecodedStream(InputStream coded) {
      this.coded = coded;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        InputStream in = decoded;
        if (in == null) {
          in = new GZIPInputStream(coded, 8192);
          decoded = in;
        }
        return in.read(target, offset, length);
      } catch (OutboundException e) {
        throw e;
      } catch (IOException e) {
        throw new OutboundException(Code.MALFORMED, "its gzip coding is broken", e);
      }
    }
  }
}
