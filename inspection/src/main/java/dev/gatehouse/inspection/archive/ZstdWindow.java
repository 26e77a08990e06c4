package dev.gatehouse.inspection.archive;

import java.util.Arrays;

/** What a Zstandard frame decoded to last: the window that matches reach back into. */
final class ZstdWindow {
  private byte[] bytes = new byte[4 * ZstdBlock.MOST_BYTES];
  private int window;
  private int given;
  private int end;
  private int blockLeft;

  /** Begins a frame with a window of this many bytes. */
  void reset(int windowBytes) {
    window = windowBytes;
    given = 0;
    end = 0;
  }

  /** Makes room for a block, which may decode to this much. */
  void startBlock(int most) {
    blockLeft = most;
    if (end + most <= bytes.length) {
      return;
    }
    // A quarter more than the window keeps it from being moved with every block.
    int largest = window + Math.max(window / 4, 4 * ZstdBlock.MOST_BYTES);
    if (bytes.length < largest) {
      bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, largest));
    }
    if (end + most > bytes.length) {
      int kept = Math.min(end, window);
      System.arraycopy(bytes, end - kept, bytes, 0, kept);
      end = kept;
      given = kept;
    }
  }

  /** How many bytes were decoded and not given yet. */
  int available() {
    return end - given;
  }

  /** Gives bytes that were decoded. */
  int give(byte[] target, int offset, int length) {
    int count = Math.min(length, end - given);
    System.arraycopy(bytes, given, target, offset, count);
    given += count;
    return count;
  }

  void append(byte[] source, int offset, int length) throws BrokenException {
    claim(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  void fill(byte value, int length) throws BrokenException {
    claim(length);
    Arrays.fill(bytes, end, end + length, value);
    end += length;
  }

  /** Appends again what lies so far back; it may reach into what it appends itself. */
  void repeat(int distance, int length) throws BrokenException {
    claim(length);
    if (distance > end || distance > window) {
      throw ZstdStream.damaged();
    }
    int from = end - distance;
    if (distance >= length) {
      System.arraycopy(bytes, from, bytes, end, length);
    } else {
      for (int i = 0; i < length; i++) {
        bytes[end + i] = bytes[from + i];
      }
    }
    end += length;
  }

  private void claim(int length) throws BrokenException {
    blockLeft -= length;
    if (blockLeft < 0) {
      throw ZstdStream.damaged();
    }
  }
}
