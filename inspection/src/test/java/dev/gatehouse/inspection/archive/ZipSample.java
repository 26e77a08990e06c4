package dev.gatehouse.inspection.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP archives, and lies in them wherever a test asks for it. */
final class ZipSample {
  /** One entry; what begins with "local" stands in its own header, the rest in the directory. */
  static final class Entry {
    byte[] name;
    byte[] localName;
    byte[] content;
    byte[] packed;
    int method = 8;
    int localMethod = -1;
    int flags;
    int localFlags = -1;
    long crc;
    long localCrc = -1;
    long size;
    long localSize = -1;
    int mode = 0100644;
    byte[] extra = {};
    byte[] localExtra = {};
    byte[] comment = {};
    byte[] before = {};
    byte[] descriptor = {};
    int copiesInDirectory = 1;
    private long offset;

    private Entry(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.localName = this.name;
      this.content = content;
      this.flags = name.chars().allMatch(c -> c < 128) ? 0 : 0x800;
      this.packed = deflated(content);
      CRC32 sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
      this.size = content.length;
    }

    Entry stored() {
      method = 0;
      packed = content;
      return this;
    }

    /** CRC and sizes behind the bytes, as writers that stream do. */
    Entry streamed(boolean signature, boolean large) {
      flags |= 8;
      localCrc = 0;
      localSize = 0;
      ByteBuffer bytes = little(24);
      if (signature) {
        bytes.putInt(0x08074b50);
      }
      bytes.putInt((int) crc);
      if (large) {
        bytes.putLong(packed.length).putLong(size);
      } else {
        bytes.putInt(packed.length).putInt((int) size);
      }
      descriptor = bytes(bytes);
      return this;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  byte[] prefix = {};
  byte[] beforeDirectory = {};
  byte[] beforeEnd = {};
  byte[] comment = {};
  byte[] after = {};
  int countedMore;
  int offsetsMore;
  boolean zip64;

  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  Entry add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Entry add(String name, byte[] content) {
    Entry entry = new Entry(name, content);
    entries.add(entry);
    return entry;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    for (Entry entry : entries) {
      out.writeBytes(entry.before);
      entry.offset = (long) out.size() - prefix.length + offsetsMore;
      writeLocal(out, entry);
    }
    out.writeBytes(beforeDirectory);
    int start = out.size();
    int count = countedMore;
    for (Entry entry : entries) {
      for (int i = 0; i < entry.copiesInDirectory; i++) {
        writeCentral(out, entry);
        count++;
      }
    }
    int length = out.size() - start;
    out.writeBytes(beforeEnd);
    writeEnd(out, count, start - prefix.length + offsetsMore, length);
    out.writeBytes(after);
    return out.toByteArray();
  }

  private static void writeLocal(ByteArrayOutputStream out, Entry entry) {
    boolean streamed = (entry.flags & 8) != 0;
    ByteBuffer header = little(30);
    header.putInt(0x04034b50).putShort((short) 20);
    header.putShort((short) (entry.localFlags < 0 ? entry.flags : entry.localFlags));
    header.putShort((short) (entry.localMethod < 0 ? entry.method : entry.localMethod));
    header.putInt(0x5c210000);
    header.putInt((int) (entry.localCrc < 0 ? entry.crc : entry.localCrc));
    header.putInt(streamed ? 0 : entry.packed.length);
    header.putInt((int) (entry.localSize < 0 ? entry.size : entry.localSize));
    header.putShort((short) entry.localName.length).putShort((short) entry.localExtra.length);
    out.writeBytes(bytes(header));
    out.writeBytes(entry.localName);
    out.writeBytes(entry.localExtra);
    out.writeBytes(entry.packed);
    out.writeBytes(entry.descriptor);
  }

  private static void writeCentral(ByteArrayOutputStream out, Entry entry) {
    ByteBuffer header = little(46);
    header.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
    header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0x5c210000);
    header.putInt((int) entry.crc).putInt(entry.packed.length).putInt((int) entry.size);
    header.putShort((short) entry.name.length).putShort((short) entry.extra.length);
    header.putShort((short) entry.comment.length).putShort((short) 0).putShort((short) 0);
    header.putInt(entry.mode << 16).putInt((int) entry.offset);
    out.writeBytes(bytes(header));
    out.writeBytes(entry.name);
    out.writeBytes(entry.extra);
    out.writeBytes(entry.comment);
  }

  private void writeEnd(ByteArrayOutputStream out, int count, int start, int length) {
    if (zip64) {
      int at = out.size();
      ByteBuffer large = little(76);
      large.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      large.putInt(0).putInt(0).putLong(count).putLong(count).putLong(length).putLong(start);
      large.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
      out.writeBytes(bytes(large));
    }
    ByteBuffer end = little(22);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) (zip64 ? -1 : count)).putShort((short) (zip64 ? -1 : count));
    end.putInt(zip64 ? -1 : length).putInt(zip64 ? -1 : start).putShort((short) comment.length);
    out.writeBytes(bytes(end));
    out.writeBytes(comment);
  }

  /** An extra field of one part. */
  static byte[] extra(int id, byte[] value) {
    ByteBuffer field = little(4 + value.length);
    field.putShort((short) id).putShort((short) value.length).put(value);
    return bytes(field);
  }

  /** The value of Info-ZIP's second name: for this name, that one in UTF-8. */
  static byte[] unicodePath(String name, String other) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    byte[] utf8 = other.getBytes(StandardCharsets.UTF_8);
    return bytes(little(5 + utf8.length).put((byte) 1).putInt((int) crc.getValue()).put(utf8));
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }
}
