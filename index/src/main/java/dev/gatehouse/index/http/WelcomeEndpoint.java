package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/** {@code /}: for a person who put the address into a browser; and all that is nowhere else. */
final class WelcomeEndpoint implements Endpoint {
  @Override
  public void answer(Exchange exchange) {
    if (!exchange.path().equals("/") || !exchange.segments().equals(List.of())) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    exchange
        .revalidated()
        .set(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8")
        .send(ByteBuffer.wrap(text(exchange.root()).getBytes(UTF_8)));
  }

  private static String text(URI root) {
    return """
        This is a Gatehouse: a private Python index that serves only what it may.

          pip install --index-url %1$ssimple/ PROJECT
          uv pip install --default-index %1$ssimple/ PROJECT

        Projects known here: %1$ssimple/
        """
        .formatted(root);
  }
}
