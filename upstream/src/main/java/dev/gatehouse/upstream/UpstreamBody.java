package dev.gatehouse.upstream;

import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.FilterInputStream;
import java.io.IOException;

/** A file's bytes as they come; what goes wrong is told in the words of this module. */
final class UpstreamBody extends FilterInputStream {
  private final OutboundResponse response;
  private final UpstreamFailures failures;

  UpstreamBody(OutboundResponse response, UpstreamFailures failures) {
    super(response.body());
    this.response = response;
    this.failures = failures;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (OutboundException e) {
      throw new UpstreamReadException(failures.of(e), e);
    }
  }

  @Override
  public void close() {
    response.close();
  }
}
