package dev.gatehouse.gateway.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A provider's answer without the secrets that it was asked with, wherever they stand: some
 * providers, and more proxies in front of them, repeat the headers that they got in their errors.
 * JSON may escape what stands in a secret, the slashes and signs of BASE64 above all; it is found
 * all the same. Each of its bytes becomes an asterisk, so that lengths and JSON stay what they are.
 */
final class ErasingStream extends FilterInputStream {
  private static final int LEAST_BUFFER_BYTES = 512;
  private static final int BUFFER_BYTES = 8 << 10;

  /** As in <code>\\u002f</code>. */
  private static final int LONGEST_ESCAPE = 6;

  private static final int NOT_HERE = -1;

  /** All that there is fits, and there is not enough of it. */
  private static final int BEGUN = -2;

  private final List<byte[]> secrets;
  private final byte[] buffer;

  /** What may be given is from here, */
  private int from;

  /** to here; what follows may be the beginning of a secret. */
  private int safe;

  private int end;
  private boolean ended;

  /**
   * @param length how long it says that it is; -1: it does not say
   * @param secrets none of them empty, none longer than a header may be
   */
  ErasingStream(InputStream in, long length, List<byte[]> secrets) {
    super(in);
    this.secrets = secrets;
    int longest = 0;
    for (byte[] secret : secrets) {
      longest = Math.max(longest, secret.length);
    }
    // One more, in which the end is noticed.
    int wanted =
        length < 0 ? BUFFER_BYTES : Math.clamp(length + 1, LEAST_BUFFER_BYTES, BUFFER_BYTES);
    this.buffer = new byte[wanted + LONGEST_ESCAPE * longest];
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
    safe = end;
    for (byte[] secret : secrets) {
      int begun = erase(secret);
      safe = ended ? end : Math.min(safe, begun);
    }
  }

  /** Says from where on its beginning may stand at the end. */
  private int erase(byte[] secret) {
    for (int i = 0; i < end; i++) {
      int last = lastOf(i, secret);
      if (last == BEGUN) {
        return i;
      }
      if (last != NOT_HERE) {
        Arrays.fill(buffer, i, last, (byte) '*');
      }
    }
    return end;
  }

  /** Where a secret that begins here ends. */
  private int lastOf(int at, byte[] secret) {
    int i = at;
    for (byte wanted : secret) {
      if (i == end) {
        return BEGUN;
      }
      if (buffer[i] == wanted) {
        i++;
      } else if (buffer[i] == '\\') {
        i = lastOfEscaped(i + 1, wanted);
      } else {
        return NOT_HERE;
      }
      if (i < 0) {
        return i;
      }
    }
    return i;
  }

  /** Where a byte that stands behind a backslash ends. */
  private int lastOfEscaped(int at, byte wanted) {
    if (at == end) {
      return BEGUN;
    }
    if (buffer[at] != 'u') {
      return buffer[at] == wanted ? at + 1 : NOT_HERE;
    }
    for (int digit = 1; digit <= 4; digit++) {
      if (at + digit == end) {
        return BEGUN;
      }
      int value = wanted >> (4 * (4 - digit)) & 0xf;
      if (Character.digit(buffer[at + digit], 16) != value) {
        return NOT_HERE;
      }
    }
    return at + 5;
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
