package dev.gatehouse.inspection.archive;

/** A Huffman code of Zstandard's literals (RFC 8878, 4.2). */
final class ZstdHuffman {
  private static final int MOST_BITS = 11;
  private static final int MOST_WEIGHT_ACCURACY = 6;

  private final int most;
  private final byte[] symbols;
  private final byte[] bits;

  private ZstdHuffman(int[] weights, int count, int most) {
    this.most = most;
    this.symbols = new byte[1 << most];
    this.bits = new byte[1 << most];
    int at = 0;
    for (int weight = 1; weight <= most; weight++) {
      for (int symbol = 0; symbol < count; symbol++) {
        if (weights[symbol] == weight) {
          int end = at + (1 << (weight - 1));
          for (; at < end; at++) {
            symbols[at] = (byte) symbol;
            bits[at] = (byte) (most + 1 - weight);
          }
        }
      }
    }
  }

  /** A code and where its description ends. */
  record Parsed(ZstdHuffman code, int end) {}

  static Parsed parse(byte[] bytes, int start, int end) throws BrokenException {
    if (start >= end) {
      throw ZstdStream.damaged();
    }
    int header = Byte.toUnsignedInt(bytes[start]);
    int[] weights = new int[256];
    int count;
    int next;
    if (header >= 128) {
      count = header - 127;
      next = start + 1 + (count + 1) / 2;
      if (next > end) {
        throw ZstdStream.damaged();
      }
      for (int i = 0; i < count; i++) {
        weights[i] = bytes[start + 1 + i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
      }
    } else {
      next = start + 1 + header;
      if (next > end) {
        throw ZstdStream.damaged();
      }
      count = compressedWeights(bytes, start + 1, next, weights);
    }
    return new Parsed(complete(weights, count), next);
  }

  private static int compressedWeights(byte[] bytes, int start, int end, int[] weights)
      throws BrokenException {
    FseTable.Parsed parsed = FseTable.parse(bytes, start, end, MOST_BITS + 1, MOST_WEIGHT_ACCURACY);
    FseTable table = parsed.table();
    ZstdBits in = new ZstdBits(bytes, parsed.end(), end);
    int state = table.start(in);
    int other = table.start(in);
    int count = 0;
    while (count < 254) {
      weights[count] = table.symbol(state);
      count++;
      if (in.left() < table.bits(state)) {
        weights[count] = table.symbol(other);
        return count + 1;
      }
      int next = table.next(state, in);
      state = other;
      other = next;
    }
    throw ZstdStream.damaged();
  }

  /** The last weight is the one that fills the code. */
  private static ZstdHuffman complete(int[] weights, int count) throws BrokenException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > MOST_BITS) {
        throw ZstdStream.damaged();
      }
      sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
    }
    int most = 32 - Integer.numberOfLeadingZeros(sum);
    int rest = (1 << most) - sum;
    if (sum == 0 || most > MOST_BITS || Integer.bitCount(rest) != 1) {
      throw ZstdStream.damaged();
    }
    weights[count] = Integer.numberOfTrailingZeros(rest) + 1;
    return new ZstdHuffman(weights, count + 1, most);
  }

  /** Decodes a stream, which must end with the last of the bytes that it decodes to. */
  void decode(byte[] bytes, int start, int end, byte[] target, int offset, int length)
      throws BrokenException {
    ZstdBits in = new ZstdBits(bytes, start, end);
    for (int i = offset; i < offset + length; i++) {
      int index = in.peek(most);
      target[i] = symbols[index];
      in.skip(bits[index]);
    }
    if (in.left() != 0) {
      throw ZstdStream.damaged();
    }
  }
}
