package dev.gatehouse.inspection.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive entry by entry: v7, ustar and pax (POSIX.1-2017 pax) and GNU's long names.
 * Where readers go different ways, it goes that of Python's tarfile and says so.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final long LARGEST_OCTAL = 077777777777L;

  /** Of a pax header or a long name; Linux's longest path is 4 KiB. */
  private static final int LARGEST_HEADER = 1 << 20;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private long dataLeft;
  private long padding;
  private boolean begun;
  private @Nullable String doubt;
  private Map<String, String> pax = Map.of();
  private @Nullable String longName;
  private @Nullable String longLink;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next entry, past what was left of the one before.
   *
   * @return null at the end, behind which nothing was found but zeros
   * @throws BrokenException where the archive cannot be followed further
   */
  @Nullable TarEntry next() throws IOException {
    while (true) {
      skipData();
      if (!readBlock()) {
        throw BrokenException.corrupt("has no end: it was cut off");
      }
      if (isZero(block)) {
        checkNothingFollows();
        return null;
      }
      if (!TarNumbers.checksumHolds(block)) {
        throw begun
            ? BrokenException.ambiguous(
                "has a header whose checksum is wrong: Python ends there, others go on")
            : BrokenException.corrupt("does not begin like a tar archive");
      }
      begun = true;
      checkNumbers();
      TarEntry entry = entry();
      if (entry != null) {
        return entry;
      }
    }
  }

  /** The data of the entry, until the next one is gone to. */
  InputStream data() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return TarReader.this.read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : TarReader.this.read(target, offset, length);
      }

      @Override
      public long skip(long count) throws IOException {
        long skipped = in.skip(Math.clamp(count, 0, dataLeft));
        dataLeft -= skipped;
        return skipped;
      }
    };
  }

  /**
   * Reads data of the entry.
   *
   * @return at least 1, or -1 at its end
   */
  int read(byte[] target, int offset, int length) throws IOException {
    if (dataLeft == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, dataLeft));
    if (count < 0) {
      throw cutOff();
    }
    dataLeft -= count;
    return count;
  }

  /** The entry of the block; null where it is a header that belongs to the next one. */
  private @Nullable TarEntry entry() throws IOException {
    char type = (char) Byte.toUnsignedInt(block[156]);
    long size = TarNumbers.size(block, 124, 12);
    switch (type) {
      case 'x', 'X' -> pax = records(size);
      case 'g' -> checkGlobal(PaxRecords.parse(header(size)));
      case 'L' -> longName = longText(longName, size);
      case 'K' -> longLink = longText(longLink, size);
      default -> {
        return complete(type, size);
      }
    }
    return null;
  }

  private Map<String, String> records(long size) throws IOException {
    if (!pax.isEmpty()) {
      doubt("has two pax headers");
    }
    return PaxRecords.parse(header(size));
  }

  private void checkGlobal(Map<String, String> records) {
    if (records.keySet().stream().anyMatch(PaxRecords::changesEntries)) {
      doubt("comes after a header that renames or resizes all entries");
    }
  }

  private String longText(@Nullable String before, long size) throws IOException {
    if (before != null) {
      doubt("has two long names");
    }
    byte[] bytes = header(size);
    return TarNumbers.text(bytes, 0, bytes.length);
  }

  private byte[] header(long size) throws IOException {
    if (size > LARGEST_HEADER) {
      throw new LimitException("has a header of more than %d bytes".formatted(LARGEST_HEADER));
    }
    byte[] bytes = new byte[(int) size];
    startData(size);
    for (int done = 0; done < bytes.length; ) {
      done += Math.max(read(bytes, done, bytes.length - done), 0);
    }
    return bytes;
  }

  private TarEntry complete(char flag, long headerSize) throws IOException {
    String name = name(flag);
    String linkName = either(longLink, pax.get("linkpath"), TarNumbers.text(block, 157, 100));
    boolean sparse = flag == 'S' || pax.keySet().stream().anyMatch(PaxRecords::isSparse);
    if (flag == 'S') {
      skipSparseMap();
    }
    char type = type(flag, name);
    long size = size(type, headerSize);
    String sparseName = pax.get("GNU.sparse.name");
    TarEntry entry =
        new TarEntry(
            sparseName == null ? name : sparseName,
            type,
            size,
            (int) (TarNumbers.number(block, 100, 8) & 0777),
            linkName,
            sparse,
            doubt);
    doubt = null;
    pax = Map.of();
    longName = null;
    longLink = null;
    startData(size);
    return entry;
  }

  private String name(char flag) {
    String own = TarNumbers.text(block, 0, 100);
    String prefix = TarNumbers.text(block, 345, 155);
    boolean ustar = TarNumbers.text(block, 257, 6).equals("ustar");
    if (!prefix.isEmpty() && flag != 'S') {
      if (!ustar && longName == null && !pax.containsKey("path")) {
        // GNU keeps times there, Python takes them for the first part of the name.
        doubt("has a name of two parts in a format that has only one");
      }
      own = prefix + "/" + own;
    }
    return either(longName, pax.get("path"), own);
  }

  private String either(@Nullable String gnu, @Nullable String posix, String own) {
    if (gnu != null && posix != null && !gnu.equals(posix)) {
      doubt("has two long names");
    }
    return posix != null ? posix : gnu != null ? gnu : own;
  }

  private char type(char flag, String name) {
    return switch (flag) {
      case 0 -> name.endsWith("/") ? '5' : '0';
      case '0', '7', 'S' -> {
        if (name.endsWith("/")) {
          doubt("is a file by its type, and a folder by its name");
        }
        yield '0';
      }
      case '1', '2', '3', '4', '5', '6' -> flag;
      default -> {
        doubt("has a type that some readers take for a file, and others leave out");
        yield '0';
      }
    };
  }

  private long size(char type, long headerSize) throws BrokenException {
    long size = headerSize;
    String text = pax.get("size");
    if (text != null) {
      size = paxSize(text);
      if (size != headerSize && size <= LARGEST_OCTAL) {
        // CVE-2025-62518: one reader follows the one, another the other, into the content.
        doubt("has another size in its pax header than in its own");
      }
    }
    if (type != '0' && size > 0) {
      doubt("has content that no entry of its type has");
      return 0;
    }
    return size;
  }

  private static long paxSize(String text) throws BrokenException {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw BrokenException.ambiguous("has a pax header with a size that is no number");
    }
    return Long.parseLong(text);
  }

  private void skipSparseMap() throws IOException {
    boolean more = block[482] != 0;
    byte[] map = new byte[BLOCK];
    while (more) {
      if (in.readNBytes(map, 0, BLOCK) < BLOCK) {
        throw cutOff();
      }
      more = map[504] != 0;
    }
  }

  /** Python takes a header with one bad number for the archive's end, whichever it is. */
  private void checkNumbers() throws BrokenException {
    TarNumbers.number(block, 100, 8);
    TarNumbers.number(block, 108, 8);
    TarNumbers.number(block, 116, 8);
    TarNumbers.number(block, 136, 12);
    TarNumbers.number(block, 329, 8);
    TarNumbers.number(block, 337, 8);
  }

  private void doubt(String reason) {
    if (doubt == null) {
      doubt = reason;
    }
  }

  private void startData(long size) {
    dataLeft = size;
    padding = -size & (BLOCK - 1);
  }

  private void skipData() throws IOException {
    try {
      in.skipNBytes(dataLeft + padding);
    } catch (EOFException e) {
      throw cutOff();
    }
    dataLeft = 0;
    padding = 0;
  }

  private boolean readBlock() throws IOException {
    int count = in.readNBytes(block, 0, BLOCK);
    if (count > 0 && count < BLOCK) {
      throw cutOff();
    }
    return count > 0;
  }

  private void checkNothingFollows() throws IOException {
    byte[] rest = new byte[64 * 1024];
    int count = in.read(rest, 0, rest.length);
    while (count >= 0) {
      for (int i = 0; i < count; i++) {
        if (rest[i] != 0) {
          throw BrokenException.ambiguous("goes on after its end");
        }
      }
      count = in.read(rest, 0, rest.length);
    }
    if (!pax.isEmpty() || longName != null || longLink != null) {
      throw BrokenException.corrupt("ends with a header that belongs to no entry");
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static BrokenException cutOff() {
    return BrokenException.corrupt("is cut off");
  }
}
