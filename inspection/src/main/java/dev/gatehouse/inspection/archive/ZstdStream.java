package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks Zstandard (RFC 8878), one frame or several, as layers of OCI images are compressed. Our
 * own, because the others are native code or reach around Java's checks of array bounds, which is
 * not what the bytes of strangers should be given to; here, the worst that they do is an exception.
 */
final class ZstdStream extends InputStream {
  private static final int MAGIC = 0xfd2fb528;
  private static final int SKIPPABLE = 0x184d2a50;

  /**
   * What the zstd command takes, too. Up to -19 it is 8 MiB; only --ultra and --long ask for more.
   */
  private static final long MOST_WINDOW = 128L << 20;

  private final ChannelBytes archive;
  private final ZstdBlock block = new ZstdBlock();
  private final ZstdWindow window = new ZstdWindow();
  private final Xxh64 sum = new Xxh64();
  private final byte[] packed = new byte[ZstdBlock.MOST_BYTES + ZstdBits.SLACK];
  private boolean inFrame;
  private boolean begun;
  private boolean hasSum;
  private boolean lastBlock;
  private long sizeLeft;
  private int mostBlock;

  ZstdStream(ChannelBytes archive) {
    this.archive = archive;
  }

  static BrokenException damaged() {
    return BrokenException.corrupt("is not compressed by zstd, or is damaged");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (window.available() == 0) {
      if (inFrame && lastBlock) {
        endFrame();
      }
      if (!inFrame && !startFrame()) {
        return -1;
      }
      readBlock();
    }
    int count = window.give(target, offset, length);
    sum.update(target, offset, count);
    sizeLeft -= sizeLeft < 0 ? 0 : count;
    return count;
  }

  private boolean startFrame() throws IOException {
    while (archive.fill() > 0) {
      int magic = archive.numbers(4).getInt();
      if (magic == MAGIC) {
        begun = true;
        readFrameHeader();
        return true;
      }
      if ((magic & ~15) != SKIPPABLE) {
        throw begun
            ? BrokenException.ambiguous("goes on after its last compressed byte")
            : damaged();
      }
      archive.skip(Integer.toUnsignedLong(archive.numbers(4).getInt()));
    }
    if (!begun || archive.position() > archive.size()) {
      throw BrokenException.corrupt("is cut off in its compressed bytes");
    }
    return false;
  }

  private void readFrameHeader() throws IOException {
    int descriptor = Byte.toUnsignedInt(archive.bytes(1)[0]);
    boolean single = (descriptor & 32) != 0;
    if ((descriptor & 8) != 0) {
      throw damaged();
    }
    long windowBytes = 0;
    if (!single) {
      int exponent = Byte.toUnsignedInt(archive.bytes(1)[0]);
      long base = 1L << (10 + (exponent >> 3));
      windowBytes = base + (base >> 3) * (exponent & 7);
    }
    if (little(new int[] {0, 1, 2, 4}[descriptor & 3]) != 0) {
      throw BrokenException.corrupt("is compressed with a dictionary that is not there");
    }
    int sizeBytes = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
    long size = little(sizeBytes) + (sizeBytes == 2 ? 256 : 0);
    if (size < 0) {
      throw damaged();
    }
    sizeLeft = sizeBytes == 0 ? -1 : size;
    windowBytes = single ? size : windowBytes;
    if (windowBytes > MOST_WINDOW) {
      throw new LimitException(
          "takes a window of more than %d MiB to decompress".formatted(MOST_WINDOW >> 20));
    }
    window.reset((int) windowBytes);
    mostBlock = (int) Math.min(windowBytes, ZstdBlock.MOST_BYTES);
    block.reset();
    sum.reset();
    hasSum = (descriptor & 4) != 0;
    lastBlock = false;
    inFrame = true;
  }

  private long little(int count) throws IOException {
    long value = 0;
    byte[] bytes = archive.bytes(count);
    for (int i = 0; i < count; i++) {
      value |= Byte.toUnsignedLong(bytes[i]) << (8 * i);
    }
    return value;
  }

  private void readBlock() throws IOException {
    int header = (int) little(3);
    lastBlock = (header & 1) != 0;
    int size = header >> 3;
    if (size > mostBlock) {
      throw damaged();
    }
    window.startBlock(mostBlock);
    switch (header >> 1 & 3) {
      case 0 -> {
        readPacked(size);
        window.append(packed, 0, size);
      }
      case 1 -> window.fill(archive.bytes(1)[0], size);
      case 2 -> {
        readPacked(size);
        block.decode(packed, size, window);
      }
      default -> throw damaged();
    }
    if (sizeLeft >= 0 && window.available() > sizeLeft) {
      throw damaged();
    }
  }

  private void readPacked(int size) throws IOException {
    for (int done = 0; done < size; ) {
      int count = archive.read(packed, done, size - done);
      if (count < 0) {
        throw BrokenException.corrupt("is cut off in its compressed bytes");
      }
      done += count;
    }
  }

  private void endFrame() throws IOException {
    inFrame = false;
    if (sizeLeft > 0) {
      throw BrokenException.corrupt("unpacks to another length than it says");
    }
    if (hasSum && archive.numbers(4).getInt() != (int) sum.value()) {
      throw BrokenException.corrupt("does not have the checksum that it says");
    }
  }
}
