package dev.gatehouse.upstream;

import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body that is exactly as long as was declared, and says in our words why it breaks off. */
final class DeliveredStream extends InputStream {
  private static final String REMEDY =
      "Try again; if it stays so, compare the file with the upstream's own.";

  private final InputStream in;
  private final @Nullable Long length;
  private final Attempt attempt;
  private final Closeable source;
  private long delivered;

  /**
   * Delivers what the stream holds.
   *
   * @param length as declared; null: it was not
   * @param source what is closed when this is
   */
  DeliveredStream(InputStream in, @Nullable Long length, Attempt attempt, Closeable source) {
    this.in = in;
    this.length = length;
    this.attempt = attempt;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = receive(target, offset, count);
    delivered += Math.max(read, 0);
    if (length != null && delivered > length) {
      throw broken(Code.TOO_LARGE, "it goes on after the %d bytes it declared".formatted(length));
    }
    if (length != null && read < 0 && delivered < length) {
      throw broken(
          Code.TRUNCATED,
          "it ended after %d of the %d bytes it declared".formatted(delivered, length));
    }
    return read;
  }

  private int receive(byte[] target, int offset, int count) throws UpstreamReadException {
    try {
      return in.read(target, offset, count);
    } catch (OutboundException e) {
      throw new UpstreamReadException(attempt.failed(e), e);
    } catch (IOException e) {
      throw new UpstreamReadException(
          attempt.failed(Code.TRUNCATED, "it could not be read to its end", REMEDY), e);
    }
  }

  private UpstreamReadException broken(Code code, String problem) {
    return new UpstreamReadException(attempt.failed(code, problem, REMEDY), null);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
