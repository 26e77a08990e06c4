package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked bytes of an entry, given to a stranger: it counts what it gives, remembers why it
 * failed even where the stranger does not care, and is over when it is finished.
 */
abstract class EntryContent extends InputStream {
  private static final int LEAST = 8 * 1024;

  private final Observations seen;
  private final byte[] scratch;
  private int scratchNext;
  private int scratchLimit;
  private @Nullable IOException failure;
  private boolean ended;
  private boolean closed;

  /**
   * Makes the content of one entry.
   *
   * @param scratch for small reads and for what nobody reads; may be shared by entries that are
   *     read after one another
   */
  EntryContent(Observations seen, byte[] scratch) {
    this.seen = seen;
    this.scratch = scratch;
  }

  /**
   * Unpacks some bytes.
   *
   * @return at least 1, or -1 where the content has ended and was found to be whole
   */
  abstract int unpack(byte[] target, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    return scratchNext < scratchLimit || refill() ? Byte.toUnsignedInt(scratch[scratchNext++]) : -1;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (scratchNext == scratchLimit && length >= LEAST) {
      return next(target, offset, length);
    }
    if (scratchNext == scratchLimit && !refill()) {
      return -1;
    }
    int count = Math.min(length, scratchLimit - scratchNext);
    System.arraycopy(scratch, scratchNext, target, offset, count);
    scratchNext += count;
    return count;
  }

  /** Reads what nobody read, so that all of it is checked, and ends the stream. */
  final void finish() throws IOException {
    scratchNext = 0;
    scratchLimit = 0;
    while (next(scratch, 0, scratch.length) >= 0) {
      // Unpacking is what checks.
    }
    closed = true;
  }

  /** Why it could not be read to its end; null where it could, so far. */
  final @Nullable IOException failure() {
    return failure;
  }

  private boolean refill() throws IOException {
    scratchNext = 0;
    scratchLimit = 0;
    scratchLimit = Math.max(next(scratch, 0, scratch.length), 0);
    return scratchLimit > 0;
  }

  private int next(byte[] target, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the content of an entry is valid while it is being received only");
    }
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return -1;
    }
    try {
      int count = unpack(target, offset, length);
      if (count < 0) {
        ended = true;
      } else {
        seen.unpacked(count);
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
