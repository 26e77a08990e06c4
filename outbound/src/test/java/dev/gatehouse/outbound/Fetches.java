package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;

/** Whole exchanges, for tests. */
final class Fetches {
  private Fetches() {}

  /** The status and the body. */
  static String text(Outbound outbound, OutboundRequest.Builder request) throws IOException {
    try (OutboundResponse response = outbound.send(request.build())) {
      return response.status() + " " + new String(response.body().readAllBytes(), ISO_8859_1);
    }
  }

  /** How the exchange failed, be it before its answer or while that was read. */
  static OutboundException failure(Outbound outbound, OutboundRequest.Builder request) {
    return catchThrowableOfType(OutboundException.class, () -> text(outbound, request));
  }

  static Code code(Outbound outbound, OutboundRequest.Builder request) {
    return failure(outbound, request).code();
  }
}
