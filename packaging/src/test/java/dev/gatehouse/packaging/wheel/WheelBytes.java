package dev.gatehouse.packaging.wheel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A wheel under construction, and ways to damage a finished one. */
final class WheelBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(out);

  WheelBytes deflated(String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(UTF_8));
    zip.closeEntry();
    return this;
  }

  WheelBytes stored(String name, String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
    return this;
  }

  WheelBytes comment(String comment) {
    zip.setComment(comment);
    return this;
  }

  byte[] build() throws IOException {
    zip.close();
    return out.toByteArray();
  }

  /** Replaces each occurrence by as many bytes; fails where there is none. */
  static byte[] replaced(byte[] wheel, String text, String other) {
    String bytes = new String(wheel, ISO_8859_1);
    if (!bytes.contains(text) || text.length() != other.length()) {
      throw new IllegalArgumentException(text);
    }
    return bytes.replace(text, other).getBytes(ISO_8859_1);
  }

  /** Changes the byte so far behind the beginning of the last record with the signature. */
  static byte[] withByte(byte[] wheel, int signature, int offset, int value) {
    byte[] changed = wheel.clone();
    changed[lastRecord(wheel, signature) + offset] = (byte) value;
    return changed;
  }

  static int lastRecord(byte[] wheel, int signature) {
    ByteBuffer bytes = ByteBuffer.wrap(wheel).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = wheel.length - 4; i >= 0; i--) {
      if (bytes.getInt(i) == signature) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such record");
  }

  /**
   * Puts end record and locator of 64 bits before the end record; {@code entries} is what the
   * former says.
   */
  static byte[] zip64(byte[] wheel, long entries, boolean saturated) {
    int end = lastRecord(wheel, 0x06054b50);
    ByteBuffer old = ByteBuffer.wrap(wheel).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer bytes = ByteBuffer.allocate(wheel.length + 76).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(wheel, 0, end);
    bytes
        .putInt(0x06064b50)
        .putLong(44)
        .putShort((short) 45)
        .putShort((short) 45)
        .putInt(0)
        .putInt(0);
    bytes
        .putLong(entries)
        .putLong(entries)
        .putLong(old.getInt(end + 12))
        .putLong(old.getInt(end + 16));
    bytes.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    bytes.put(wheel, end, wheel.length - end);
    if (saturated) {
      bytes
          .putShort(end + 84, (short) -1)
          .putShort(end + 86, (short) -1)
          .putInt(end + 88, -1)
          .putInt(end + 92, -1);
    }
    return bytes.array();
  }
}
