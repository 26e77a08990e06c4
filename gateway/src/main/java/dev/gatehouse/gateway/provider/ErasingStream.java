package dev.gatehouse.gateway.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A provider's answer without the secrets that it was asked with, wherever they stand: some
 * providers, and more proxies in front of them, repeat the headers that they got in their errors.
 * Each of their bytes becomes an asterisk, so that lengths and JSON stay what they are.
 */
final class ErasingStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 16 << 10;

  private final List<byte[]> secrets;
  private final byte[] buffer;

  /** What may be given is from here, */
  private int from;

  /** to here; what follows may be the beginning of a secret. */
  private int safe;

  private int end;
  private boolean ended;

  /**
   * @param secrets none of them empty, none longer than a header may be
   */
  ErasingStream(InputStream in, List<byte[]> secrets) {
    super(in);
    this.secrets = List.copyOf(secrets);
    int longest = secrets.stream().mapToInt(secret -> secret.length).max().orElse(0);
    this.buffer = new byte[BUFFER_BYTES + longest];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (from == safe && !ended) {
      fill();
    }
    int count = Math.min(length, safe - from);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count == 0 ? -1 : count;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, end - from);
    end -= from;
    from = 0;
    int count = in.read(buffer, end, buffer.length - end);
    ended = count < 0;
    end += Math.max(count, 0);
    int held = 0;
    for (byte[] secret : secrets) {
      erase(secret);
      held = Math.max(held, begun(secret));
    }
    safe = ended ? end : end - held;
  }

  private void erase(byte[] secret) {
    for (int i = 0; i <= end - secret.length; i++) {
      if (buffer[i] == secret[0] && isAt(i, secret, secret.length)) {
        Arrays.fill(buffer, i, i + secret.length, (byte) '*');
      }
    }
  }

  /** How many bytes at the end may be the beginning of a secret. */
  private int begun(byte[] secret) {
    for (int length = Math.min(secret.length - 1, end); length > 0; length--) {
      if (isAt(end - length, secret, length)) {
        return length;
      }
    }
    return 0;
  }

  private boolean isAt(int at, byte[] secret, int length) {
    return Arrays.equals(buffer, at, at + length, secret, 0, length);
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, BUFFER_BYTES)]));
  }

  @Override
  public int available() {
    return safe - from;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
