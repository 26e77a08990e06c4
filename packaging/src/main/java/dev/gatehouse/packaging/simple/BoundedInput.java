package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses a page that goes on for longer than any page does; closing it leaves the caller's stream
 * open.
 */
final class BoundedInput extends FilterInputStream {
  /** Nearly twice what {@link PageDraft#MOST_FILES} files take in JSON at 700 bytes each. */
  private static final long LONGEST = 256L * 1024 * 1024;

  private long left = LONGEST;

  BoundedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  @Override
  public void close() {
    // The caller opened the stream and closes it.
  }

  private void count(int read) {
    left -= read;
    if (left < 0) {
      throw new MalformedException("a page has at most %d bytes".formatted(LONGEST));
    }
  }
}
