package dev.gatehouse.gateway.inference;

import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.io.InputStream;

/** Reads answers that are not streamed. */
final class WholeBody {
  private WholeBody() {}

  /**
   * Reads an answer to its end. For one that says how long it is no more is set aside than that,
   * since most are far smaller than the blocks in which streams are otherwise read.
   *
   * @throws IOException where it breaks off, is too large or too slow
   */
  static byte[] read(OutboundResponse response) throws IOException {
    InputStream in = response.body();
    long declared = response.length().orElse(-1);
    return declared < 0 || declared >= Integer.MAX_VALUE
        ? in.readAllBytes()
        // One more, in which the end is noticed.
        : in.readNBytes((int) declared + 1);
  }
}
