package dev.gatehouse.packaging.wheel;

import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The central directory of a ZIP archive (APPNOTE 4.3.12), read entry by entry and never held as a
 * whole.
 */
final class ZipDirectory {
  private final ChannelReader archive;
  private final ZipEnd end;

  /** Finds the directory from the end of the archive. */
  ZipDirectory(ChannelReader archive) throws IOException {
    this.archive = archive;
    this.end = ZipEnd.read(archive);
  }

  /** Where the directory begins, and all entries must have ended. */
  long start() {
    return end.start();
  }

  /**
   * Shows each entry to the visitor, in the directory's order.
   *
   * @throws MalformedException when the entries are not as many as the end record says, or do not
   *     fill the directory
   */
  void forEach(Consumer<ZipEntry> visitor) throws IOException {
    archive.seek(end.start());
    long left = end.entries();
    while (left > 0 && archive.position() < end.end()) {
      visitor.accept(next());
      left--;
    }
    if (left > 0 || archive.position() != end.end()) {
      throw new MalformedException(
          "a wheel's directory has as many entries as its end record says, and nothing else");
    }
  }

  private ZipEntry next() throws IOException {
    ByteBuffer fixed = archive.numbers(ZipEntry.FIXED_BYTES);
    if (fixed.getInt(0) != ZipEntry.SIGNATURE) {
      throw new MalformedException(
          "a wheel's directory has as many entries as its end record says");
    }
    byte[] name = archive.bytes(Short.toUnsignedInt(fixed.getShort(28)));
    ByteBuffer extra = archive.numbers(Short.toUnsignedInt(fixed.getShort(30)));
    archive.skip(Short.toUnsignedInt(fixed.getShort(32)));
    return ZipEntry.of(fixed, name, extra);
  }
}
