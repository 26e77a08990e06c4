package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;

/** {@code /metrics}, as Prometheus reads them. */
final class MetricsEndpoint implements Endpoint {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsEndpoint(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answer(Exchange exchange) {
    exchange
        .set(HttpHeader.CONTENT_TYPE, CONTENT_TYPE)
        .set(HttpHeader.CACHE_CONTROL, "no-store")
        .send(ByteBuffer.wrap(registry.scrape(CONTENT_TYPE).getBytes(UTF_8)));
  }
}
