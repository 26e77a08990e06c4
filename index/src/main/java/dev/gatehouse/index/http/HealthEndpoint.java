package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code /health/live}: the process answers. {@code /health/ready}: it can serve, which needs its
 * store and not its upstreams: what is kept is served without them.
 */
final class HealthEndpoint implements Endpoint {
  private final BooleanSupplier ready;

  HealthEndpoint(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public void answer(Exchange exchange) {
    if (exchange.segments().equals(List.of("live"))) {
      say(exchange, 200, "live");
    } else if (exchange.segments().equals(List.of("ready"))) {
      boolean able = ready.getAsBoolean();
      say(exchange, able ? 200 : 503, able ? "ready" : "not ready: the store cannot be read");
    } else {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private static void say(Exchange exchange, int status, String text) {
    exchange
        .status(status)
        .set(HttpHeader.CONTENT_TYPE, "text/plain; charset=us-ascii")
        .set(HttpHeader.CACHE_CONTROL, "no-store")
        .send(ByteBuffer.wrap((text + "\n").getBytes(US_ASCII)));
  }
}
