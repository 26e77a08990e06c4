package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body whose coding is gzip (RFC 1952). It is opened with its first byte: an answer without a
 * body has no header of gzip either.
 */
final class DecodedStream extends BlockStream {
  /**
   * A page of 2,000 files becomes 5 times larger as JSON, 28 times as HTML without hashes; deflate
   * can reach 1,032, which only zeros and bombs do.
   */
  private static final long MOST_GROWTH = 200;

  /** What is smaller than this does no harm however it is coded. */
  private static final long HARMLESS_BYTES = 1 << 20;

  private static final int BUFFER_BYTES = 8192;

  private final Coded coded;
  private @Nullable InputStream gzip;
  private long decoded;

  DecodedStream(InputStream coded) {
    this(new Coded(coded));
  }

  private DecodedStream(Coded coded) {
    super(coded);
    this.coded = coded;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = decode(target, offset, length);
    if (count < 0) {
      finish();
      return count;
    }
    decoded += count;
    if (decoded > HARMLESS_BYTES && decoded > MOST_GROWTH * coded.bytes) {
      throw new OutboundException(
          Code.TOO_LARGE, "it unpacks to more than " + MOST_GROWTH + " times its size");
    }
    return count;
  }

  private int decode(byte[] target, int offset, int length) throws OutboundException {
    try {
      InputStream in = gzip;
      if (in == null) {
        in = new GZIPInputStream(coded, BUFFER_BYTES);
        gzip = in;
      }
      return in.read(target, offset, length);
    } catch (OutboundException e) {
      throw e;
    } catch (IOException e) {
      throw new OutboundException(Code.MALFORMED, "its gzip coding is broken", e);
    }
  }

  /** gzip knows its own end; the answer's is behind it, and only there the connection is free. */
  private void finish() throws IOException {
    if (coded.read(new byte[BUFFER_BYTES], 0, BUFFER_BYTES) >= 0) {
      throw new OutboundException(Code.MALFORMED, "its gzip coding ends before it does");
    }
  }

  @Override
  public void close() throws IOException {
    if (gzip != null) {
      gzip.close();
    }
    coded.close();
  }

  /** Counts the coded bytes. */
  private static final class Coded extends BlockStream {
    private long bytes;

    Coded(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }
}
