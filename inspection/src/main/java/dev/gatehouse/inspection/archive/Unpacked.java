package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * The bytes of a tar archive out of its compression. Each is paid for, and whatever a decompressor
 * throws at damaged input is the damage of the archive.
 */
final class Unpacked extends InputStream {
  /** The preset -9 of xz takes 65 MiB. */
  private static final int MOST_XZ_KIB = 96 * 1024;

  private final InputStream in;
  private final Budget budget;

  private Unpacked(InputStream in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  /** Reads from where the archive stands. */
  static Unpacked of(ArchiveFormat format, ChannelBytes archive, Budget budget) throws IOException {
    ChannelStream stream = new ChannelStream(archive);
    try {
      return new Unpacked(
          switch (format) {
            case TAR, ZIP -> stream;
            case TAR_GZ -> new GzipStream(archive);
            case TAR_BZ2 -> new BZip2CompressorInputStream(stream, true);
            case TAR_XZ -> new XZInputStream(stream, MOST_XZ_KIB);
            case TAR_ZSTD -> new ZstdStream(archive);
          },
          budget);
    } catch (IOException | RuntimeException e) {
      throw damage(e);
    }
  }

  /** Reads a layer of an image, whatever its media type says that it is compressed by. */
  static Unpacked ofLayer(ChannelBytes layer, Budget budget) throws IOException {
    int there = layer.fill();
    byte[] head = Arrays.copyOfRange(layer.array(), layer.index(), layer.index() + there);
    // A layer of nothing begins with the zeros of its end, not like a tar.
    return of(
        ArchiveFormat.sniff(head)
            .filter(format -> format != ArchiveFormat.ZIP)
            .orElse(ArchiveFormat.TAR),
        layer,
        budget);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (IOException | RuntimeException e) {
      throw damage(e);
    }
    if (count > 0 && isPlain()) {
      budget.passed(count);
    } else if (count > 0) {
      budget.unpacked(count);
    }
    return count;
  }

  /** Passes over bytes; of what is not compressed, without reading them. */
  @Override
  public long skip(long count) throws IOException {
    return isPlain() ? in.skip(count) : super.skip(count);
  }

  /** Nothing comes out of a plain archive that is not in it, so that only time is spent. */
  private boolean isPlain() {
    return in instanceof ChannelStream;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The libraries throw runtime exceptions, too, where an index in damaged input is wrong. */
  private static IOException damage(Exception e) {
    return switch (e) {
      case BrokenException known -> known;
      case LimitException known -> known;
      case ChannelException known -> known;
      case MemoryLimitException limit ->
          new LimitException("takes more than %d MiB to decompress".formatted(MOST_XZ_KIB / 1024));
      default -> BrokenException.corrupt("is compressed in a way that is damaged or unknown");
    };
  }
}
