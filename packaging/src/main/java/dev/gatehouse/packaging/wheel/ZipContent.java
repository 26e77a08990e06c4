package dev.gatehouse.packaging.wheel;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the bytes of one entry, and holds them against all that the archive says of them. */
final class ZipContent {
  private static final int HEADER_SIGNATURE = 0x04034b50;
  private static final int HEADER_BYTES = 30;

  private final ChannelReader archive;
  private final ZipEntry entry;
  private final int limit;

  /** Reads no more than {@code limit} bytes, before and after decompression. */
  ZipContent(ChannelReader archive, ZipEntry entry, int limit) {
    this.archive = archive;
    this.entry = entry;
    this.limit = limit;
  }

  /**
   * The bytes of the entry.
   *
   * @param end where all entries must have ended
   * @throws MalformedException when the entry is encrypted, too large, compressed in another way
   *     than wheels are, or not as the directory says
   */
  byte[] read(long end) throws IOException {
    if (entry.isEncrypted() || !entry.isSupported()) {
      throw malformed("is neither encrypted nor compressed in another way than by deflate");
    }
    if (entry.size() > limit || entry.compressed() > limit) {
      throw malformed("has at most %d bytes".formatted(limit));
    }
    readHeader(end);
    if (archive.position() + entry.compressed() > end) {
      throw malformed("ends before the directory begins");
    }
    byte[] stored = archive.bytes((int) entry.compressed());
    byte[] content = entry.method() == ZipEntry.STORED ? stored : inflated(stored);
    CRC32 crc = new CRC32();
    crc.update(content);
    if (content.length != entry.size() || crc.getValue() != entry.crc()) {
      throw malformed("has the length and the CRC that the directory says");
    }
    return content;
  }

  /**
   * Readers that stream see the entry's own header, so it must not say anything else than the
   * directory.
   */
  private void readHeader(long end) throws IOException {
    if (entry.headerOffset() > end - HEADER_BYTES) {
      throw malformed("begins before the directory does");
    }
    archive.seek(entry.headerOffset());
    ByteBuffer header = archive.numbers(HEADER_BYTES);
    byte[] name = archive.bytes(Short.toUnsignedInt(header.getShort(26)));
    boolean agrees =
        header.getInt(0) == HEADER_SIGNATURE
            && ZipEntry.layout(header.getShort(6)) == ZipEntry.layout(entry.flags())
            && Short.toUnsignedInt(header.getShort(8)) == entry.method()
            && new String(name, StandardCharsets.ISO_8859_1).equals(entry.name())
            && (entry.hasDescriptor() || numbersAgree(header));
    if (!agrees) {
      throw malformed("has a header that agrees with the directory");
    }
    archive.skip(Short.toUnsignedInt(header.getShort(28)));
  }

  private boolean numbersAgree(ByteBuffer header) {
    return Integer.toUnsignedLong(header.getInt(14)) == entry.crc()
        && agrees(Integer.toUnsignedLong(header.getInt(18)), entry.compressed())
        && agrees(Integer.toUnsignedLong(header.getInt(22)), entry.size());
  }

  private static boolean agrees(long own, long directory) {
    return own == directory || own == Zip64Extra.SATURATED;
  }

  private byte[] inflated(byte[] deflated) {
    byte[] content = new byte[(int) entry.size()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      int done = 0;
      while (done < content.length && !inflater.finished()) {
        int step = inflater.inflate(content, done, content.length - done);
        if (step == 0 && !inflater.finished()) {
          throw malformed("ends where its compressed bytes do");
        }
        done += step;
      }
      // One byte more shows what was declared too short, and lets an empty block at the end be
      // read.
      boolean exact =
          done == content.length && inflater.inflate(new byte[1]) == 0 && inflater.finished();
      if (!exact || inflater.getRemaining() > 0) {
        throw malformed("has the length that the directory says");
      }
      return content;
    } catch (DataFormatException e) {
      throw malformed("is compressed by deflate");
    } finally {
      inflater.end();
    }
  }

  private MalformedException malformed(String rule) {
    return new MalformedException("an entry %s, unlike %s".formatted(rule, quoted(entry.name())));
  }
}
