package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a file of an HTTP cache holds, by its bytes: they bear no name. pip's {@code http-v2} keeps
 * bodies in files of their own; {@code http} before pip 23.3, and Poetry, wrap them in MessagePack
 * (CacheControl's serializer, {@code cc=4,}).
 *
 * @param filename that tells the format: {@code cached.whl}, {@code cached.tar.gz}
 * @param start where it begins in the file
 * @param length in bytes
 */
record CachedBody(String filename, long start, long length) {
  private static final int HEAD = 64 * 1024;
  private static final int TAR_MAGIC = 257;

  /** The artifact in a file; empty where it holds none, such as a page of an index. */
  static Optional<CachedBody> find(SeekableByteChannel file) throws IOException {
    byte[] head = head(file);
    if (starts(head, "cc=")) {
      return wrapped(file, head);
    }
    long size = file.size();
    return format(file, head).map(name -> new CachedBody(name, 0, size));
  }

  private static byte[] head(SeekableByteChannel file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(HEAD, file.size()));
    file.position(0);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer);
    }
    file.position(0);
    return buffer.array();
  }

  /** The first of the byte strings that begins like an artifact. */
  private static Optional<CachedBody> wrapped(SeekableByteChannel file, byte[] head)
      throws IOException {
    for (int at = 0; at + 9 < head.length; at++) {
      int width =
          switch (head[at] & 0xff) {
            case 0xc4 -> 1;
            case 0xc5 -> 2;
            case 0xc6 -> 4;
            default -> 0;
          };
      int start = at + 1 + width;
      if (width > 0) {
        long length = number(head, at + 1, width);
        boolean zip = head[start] == 'P' && head[start + 1] == 'K' && head[start + 2] == 3;
        boolean gzip = head[start] == 0x1f && (head[start + 1] & 0xff) == 0x8b;
        boolean inside = start + length <= file.size();
        if (inside && (zip || (gzip && isTar(new ChannelPart(file, start, length))))) {
          return Optional.of(new CachedBody(zip ? "cached.whl" : "cached.tar.gz", start, length));
        }
      }
    }
    return Optional.empty();
  }

  private static long number(byte[] bytes, int start, int width) {
    long number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 8 | (bytes[start + i] & 0xff);
    }
    return number;
  }

  private static Optional<String> format(SeekableByteChannel file, byte[] head) throws IOException {
    if (starts(head, "PK\3\4")) {
      return Optional.of("cached.whl");
    }
    boolean gzip = head.length > 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
    return gzip && isTar(new ChannelPart(file, 0, file.size()))
        ? Optional.of("cached.tar.gz")
        : Optional.empty();
  }

  /** A page of an index is stored packed as it was sent, so that gzip alone does not tell. */
  private static boolean isTar(SeekableByteChannel file) {
    byte[] block;
    try {
      InputStream in = new GZIPInputStream(Channels.newInputStream(file));
      block = in.readNBytes(512);
    } catch (IOException e) {
      // Broken: whoever reads it as an artifact says in what way.
      return true;
    }
    return block.length > TAR_MAGIC + 5
        && block[TAR_MAGIC] == 'u'
        && block[TAR_MAGIC + 1] == 's'
        && block[TAR_MAGIC + 2] == 't'
        && block[TAR_MAGIC + 3] == 'a'
        && block[TAR_MAGIC + 4] == 'r';
  }

  private static boolean starts(byte[] head, String text) {
    if (head.length < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((head[i] & 0xff) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
