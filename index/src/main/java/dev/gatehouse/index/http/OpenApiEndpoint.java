package dev.gatehouse.index.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code /api/openapi.json}: the administration's description (OpenAPI 3.1), which stands beside
 * this class.
 */
final class OpenApiEndpoint implements Endpoint {
  private final byte[] description = read();

  private static byte[] read() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json is in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void answer(Exchange exchange) {
    exchange
        .set(HttpHeader.CONTENT_TYPE, "application/json")
        .set(HttpHeader.CACHE_CONTROL, "no-store")
        .send(ByteBuffer.wrap(description));
  }
}
