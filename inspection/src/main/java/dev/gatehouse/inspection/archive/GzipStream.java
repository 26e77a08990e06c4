package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), one member or several, straight from the archive's buffer. Behind the
 * last member there may be zeros, as on a tape, and nothing else.
 */
final class GzipStream extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private static final int LONGEST_TEXT = 0xffff;

  private final ChannelBytes archive;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;
  private boolean ended;

  GzipStream(ChannelBytes archive) {
    this.archive = archive;
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
    while (!ended) {
      if (!inMember && !startMember()) {
        ended = true;
        return -1;
      }
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        return count;
      }
      endMember();
    }
    return -1;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int there = archive.fill();
          if (there == 0) {
            throw BrokenException.corrupt("is cut off in its compressed bytes");
          }
          inflater.setInput(archive.array(), archive.index(), there);
        }
        long before = inflater.getBytesRead();
        int count = inflater.inflate(target, offset, length);
        archive.take((int) (inflater.getBytesRead() - before));
        if (count > 0) {
          return count;
        }
        if (inflater.needsDictionary()) {
          throw BrokenException.corrupt("is not compressed by deflate");
        }
      }
      return 0;
    } catch (DataFormatException e) {
      throw BrokenException.corrupt("is not compressed by deflate, or is damaged");
    }
  }

  /** Reads a header; false where there is none any more. */
  private boolean startMember() throws IOException {
    if (archive.position() > 0) {
      skipZeros();
      if (archive.fill() == 0) {
        return false;
      }
      if (archive.array()[archive.index()] != 0x1f) {
        throw BrokenException.ambiguous("goes on after its last compressed byte");
      }
    }
    byte[] header = archive.bytes(10);
    if (header[0] != 0x1f || header[1] != (byte) 0x8b) {
      throw BrokenException.corrupt("is not compressed by gzip");
    }
    int flags = header[3];
    if (header[2] != 8 || (flags & RESERVED) != 0) {
      throw BrokenException.corrupt("is compressed by gzip in an unknown way");
    }
    if ((flags & EXTRA) != 0) {
      archive.bytes(Short.toUnsignedInt(archive.numbers(2).getShort()));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      archive.bytes(2);
    }
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    var trailer = archive.numbers(8);
    if (trailer.getInt() != (int) crc.getValue()) {
      throw BrokenException.corrupt("does not have the CRC that it says");
    }
    if (trailer.getInt() != (int) inflater.getBytesWritten()) {
      throw BrokenException.corrupt("unpacks to another length than it says");
    }
    inMember = false;
  }

  private void skipText() throws IOException {
    for (int length = 0; archive.bytes(1)[0] != 0; length++) {
      if (length > LONGEST_TEXT) {
        throw BrokenException.corrupt("has a name in its gzip header that does not end");
      }
    }
  }

  private void skipZeros() throws IOException {
    while (archive.fill() > 0 && archive.array()[archive.index()] == 0) {
      archive.take(1);
    }
  }
}
