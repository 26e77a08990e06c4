package dev.gatehouse.inspection.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the compressed blocks of a Zstandard frame (RFC 8878, 3.1.1.3): literals, and sequences
 * that put them together with what came before.
 */
final class ZstdBlock {
  static final int MOST_BYTES = 128 * 1024;

  private static final int[] LENGTH_BASES = bases(0, 16, lengthBits());
  private static final int[] LENGTH_BITS = lengthBits();
  private static final int[] MATCH_BASES = bases(3, 32, matchBits());
  private static final int[] MATCH_BITS = matchBits();
  private static final int MOST_OFFSET_CODE = 31;

  private final FseTable defaultLengths =
      FseTable.of(
          6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1,
          1, 1, 1, -1, -1, -1, -1);
  private final FseTable defaultOffsets =
      FseTable.of(
          5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1,
          -1);
  private final FseTable defaultMatches =
      FseTable.of(
          6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1);

  private final byte[] literals = new byte[MOST_BYTES];
  private int literalCount;
  private @Nullable ZstdHuffman code;
  private @Nullable FseTable lengths;
  private @Nullable FseTable offsets;
  private @Nullable FseTable matches;
  private int offset1;
  private int offset2;
  private int offset3;

  /** Forgets what earlier frames left. */
  void reset() {
    code = null;
    lengths = null;
    offsets = null;
    matches = null;
    offset1 = 1;
    offset2 = 4;
    offset3 = 8;
  }

  /**
   * Decodes a block.
   *
   * @param block with {@link ZstdBits#SLACK} bytes behind it
   * @param out what the block decodes to is appended to it
   */
  void decode(byte[] block, int length, ZstdWindow out) throws BrokenException {
    int at = readLiterals(block, length);
    int count = at < length ? Byte.toUnsignedInt(block[at]) : -1;
    at++;
    if (count >= 128) {
      if (at + 2 > length) {
        throw ZstdStream.damaged();
      }
      int second = Byte.toUnsignedInt(block[at]);
      at++;
      if (count < 255) {
        count = ((count - 128) << 8) + second;
      } else {
        count = second + (Byte.toUnsignedInt(block[at]) << 8) + 0x7f00;
        at++;
      }
    }
    if (count == 0 && at == length) {
      out.append(literals, 0, literalCount);
    } else if (count > 0 && at < length) {
      readSequences(block, at, length, count, out);
    } else {
      throw ZstdStream.damaged();
    }
  }

  private int readLiterals(byte[] block, int length) throws BrokenException {
    if (length < 2) {
      throw ZstdStream.damaged();
    }
    int kind = block[0] & 3;
    int format = block[0] >> 2 & 3;
    long header = 0;
    for (int i = 0; i < 5 && i < length; i++) {
      header |= Byte.toUnsignedLong(block[i]) << (8 * i);
    }
    if (kind < 2) {
      int size =
          (int)
              (format == 1
                  ? header >> 4 & 0xfff
                  : format == 3 ? header >> 4 & 0xfffff : header >> 3 & 0x1f);
      int at = format == 1 ? 2 : format == 3 ? 3 : 1;
      return readPlain(block, at, length, size, kind == 1);
    }
    int width = format < 2 ? 10 : format == 2 ? 14 : 18;
    int mask = (1 << width) - 1;
    int size = (int) (header >> 4) & mask;
    int packed = (int) (header >> (4 + width)) & mask;
    int at = format < 2 ? 3 : format == 2 ? 4 : 5;
    int end = at + packed;
    if (end > length || size > MOST_BYTES) {
      throw ZstdStream.damaged();
    }
    if (kind == 2) {
      ZstdHuffman.Parsed parsed = ZstdHuffman.parse(block, at, end);
      code = parsed.code();
      at = parsed.end();
    }
    if (code == null) {
      throw ZstdStream.damaged();
    }
    literalCount = size;
    if (format == 0) {
      code.decode(block, at, end, literals, 0, size);
    } else {
      decodeFour(code, block, at, end, size);
    }
    return end;
  }

  private int readPlain(byte[] block, int at, int length, int size, boolean repeated)
      throws BrokenException {
    int end = at + (repeated ? 1 : size);
    if (end > length || size > MOST_BYTES) {
      throw ZstdStream.damaged();
    }
    if (repeated) {
      Arrays.fill(literals, 0, size, block[at]);
    } else {
      System.arraycopy(block, at, literals, 0, size);
    }
    literalCount = size;
    return end;
  }

  private void decodeFour(ZstdHuffman huffman, byte[] block, int start, int end, int size)
      throws BrokenException {
    int at = start + 6;
    int part = (size + 3) / 4;
    if (at > end || size < 3 * part) {
      throw ZstdStream.damaged();
    }
    for (int i = 0; i < 4; i++) {
      int next = i < 3 ? at + unsigned16(block, start + 2 * i) : end;
      if (next > end) {
        throw ZstdStream.damaged();
      }
      huffman.decode(block, at, next, literals, i * part, i < 3 ? part : size - 3 * part);
      at = next;
    }
  }

  private void readSequences(byte[] block, int start, int end, int count, ZstdWindow out)
      throws BrokenException {
    int modes = block[start];
    if ((modes & 3) != 0) {
      throw ZstdStream.damaged();
    }
    int at = start + 1;
    FseTable.Parsed parsed =
        table(modes >> 6 & 3, lengths, defaultLengths, block, at, end, LENGTH_BITS.length - 1, 9);
    lengths = parsed.table();
    parsed =
        table(
            modes >> 4 & 3, offsets, defaultOffsets, block, parsed.end(), end, MOST_OFFSET_CODE, 8);
    offsets = parsed.table();
    parsed =
        table(
            modes >> 2 & 3,
            matches,
            defaultMatches,
            block,
            parsed.end(),
            end,
            MATCH_BITS.length - 1,
            9);
    matches = parsed.table();
    execute(new ZstdBits(block, parsed.end(), end), lengths, offsets, matches, count, out);
  }

  private static FseTable.Parsed table(
      int mode,
      @Nullable FseTable before,
      FseTable predefined,
      byte[] block,
      int at,
      int end,
      int largest,
      int mostAccuracy)
      throws BrokenException {
    if (mode == 0) {
      return new FseTable.Parsed(predefined, at);
    }
    if (mode == 1 && at < end && Byte.toUnsignedInt(block[at]) <= largest) {
      return new FseTable.Parsed(FseTable.of(block[at]), at + 1);
    }
    if (mode == 2) {
      return FseTable.parse(block, at, end, largest, mostAccuracy);
    }
    if (mode == 3 && before != null) {
      return new FseTable.Parsed(before, at);
    }
    throw ZstdStream.damaged();
  }

  private void execute(
      ZstdBits in,
      FseTable lengthTable,
      FseTable offsetTable,
      FseTable matchTable,
      int count,
      ZstdWindow out)
      throws BrokenException {
    int length = lengthTable.start(in);
    int offset = offsetTable.start(in);
    int match = matchTable.start(in);
    int literal = 0;
    for (int i = 0; i < count; i++) {
      int offsetCode = offsetTable.symbol(offset);
      int matchCode = matchTable.symbol(match);
      int lengthCode = lengthTable.symbol(length);
      long offsetValue = (1L << offsetCode) + Integer.toUnsignedLong(in.read(offsetCode));
      int matchLength = MATCH_BASES[matchCode] + in.read(MATCH_BITS[matchCode]);
      int literalLength = LENGTH_BASES[lengthCode] + in.read(LENGTH_BITS[lengthCode]);
      if (i < count - 1) {
        length = lengthTable.next(length, in);
        match = matchTable.next(match, in);
        offset = offsetTable.next(offset, in);
      }
      if (literalLength > literalCount - literal) {
        throw ZstdStream.damaged();
      }
      out.append(literals, literal, literalLength);
      literal += literalLength;
      out.repeat(distance(offsetValue, literalLength == 0), matchLength);
    }
    if (in.left() != 0) {
      throw ZstdStream.damaged();
    }
    out.append(literals, literal, literalCount - literal);
  }

  /** The distance that a value stands for: the small ones for the last three, or near them. */
  private int distance(long value, boolean noLiterals) throws BrokenException {
    long distance;
    int kind;
    if (value > 3) {
      distance = value - 3;
      kind = 3;
    } else {
      kind = (int) value - (noLiterals ? 0 : 1);
      distance =
          switch (kind) {
            case 0 -> offset1;
            case 1 -> offset2;
            case 2 -> offset3;
            default -> offset1 - 1;
          };
    }
    if (distance <= 0 || distance > Integer.MAX_VALUE) {
      throw ZstdStream.damaged();
    }
    if (kind > 0) {
      if (kind > 1) {
        offset3 = offset2;
      }
      offset2 = offset1;
      offset1 = (int) distance;
    }
    return (int) distance;
  }

  private static int unsigned16(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) | Byte.toUnsignedInt(bytes[at + 1]) << 8;
  }

  private static int[] lengthBits() {
    int[] bits = new int[36];
    int[] tail = {1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    System.arraycopy(tail, 0, bits, 16, tail.length);
    return bits;
  }

  private static int[] matchBits() {
    int[] bits = new int[53];
    int[] tail = {1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    System.arraycopy(tail, 0, bits, 32, tail.length);
    return bits;
  }

  /** Each code begins where the one before it ends. */
  private static int[] bases(int first, int plain, int[] bits) {
    int[] bases = new int[bits.length];
    int base = first;
    for (int code = 0; code < bits.length; code++) {
      bases[code] = base;
      base += 1 << bits[code];
      if (code < plain) {
        base = first + code + 1;
      }
    }
    return bases;
  }
}
