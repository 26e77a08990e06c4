package dev.gatehouse.inspection.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes tar archives header by header, and lies in them wherever a test asks for it. */
final class TarSample {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A plain file. */
  TarSample file(String name, String content) {
    return entry(name, '0', "", content, header -> {});
  }

  TarSample folder(String name) {
    return entry(name, '5', "", "", header -> {});
  }

  TarSample link(String name, char type, String target) {
    return entry(name, type, target, "", header -> {});
  }

  /** A pax header, whose records are counted here. */
  TarSample pax(char type, String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int length = record.length() + 3;
      while (String.valueOf(length).length() + 2 + record.length() != length) {
        length++;
      }
      text.append(length).append(' ').append(record).append('\n');
    }
    return entry("PaxHeader", type, "", text.toString(), header -> {});
  }

  /** An entry whose header is changed before its checksum is made. */
  TarSample entry(String name, char type, String target, String content, Consumer<byte[]> change) {
    return entry(name, type, target, content.getBytes(StandardCharsets.UTF_8), change);
  }

  /** An entry of bytes. */
  TarSample entry(String name, char type, String target, byte[] bytes) {
    return entry(name, type, target, bytes, header -> {});
  }

  private TarSample entry(
      String name, char type, String target, byte[] bytes, Consumer<byte[]> change) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(bytes.length));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 157, target);
    put(header, 257, "ustar\00000");
    change.accept(header);
    sum(header);
    out.writeBytes(header);
    out.writeBytes(bytes);
    out.writeBytes(new byte[-bytes.length & 511]);
    return this;
  }

  /** Bytes as they are. */
  TarSample raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return raw(new byte[1024]).out.toByteArray();
  }

  byte[] bytesWithoutEnd() {
    return out.toByteArray();
  }

  static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static void sum(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += Byte.toUnsignedInt(b);
    }
    put(header, 148, "%06o\0 ".formatted(sum));
  }
}
