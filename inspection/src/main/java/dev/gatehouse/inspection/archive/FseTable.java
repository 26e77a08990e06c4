package dev.gatehouse.inspection.archive;

/** A decoding table of finite state entropy coding (RFC 8878, 4.1.1). */
final class FseTable {
  private final int accuracy;
  private final byte[] symbols;
  private final byte[] bits;
  private final short[] bases;

  private FseTable(int accuracy) {
    this.accuracy = accuracy;
    int size = 1 << accuracy;
    this.symbols = new byte[size];
    this.bits = new byte[size];
    this.bases = new short[size];
  }

  /** A table whose only symbol takes no bits. */
  static FseTable of(int symbol) {
    FseTable table = new FseTable(0);
    table.symbols[0] = (byte) symbol;
    return table;
  }

  /**
   * A table of probabilities.
   *
   * @param shares of each symbol, of 2 to the power of the accuracy in all; -1 for less than one
   */
  static FseTable of(int accuracy, int... shares) {
    FseTable table = new FseTable(accuracy);
    int size = 1 << accuracy;
    int high = size - 1;
    for (int symbol = 0; symbol < shares.length; symbol++) {
      if (shares[symbol] < 0) {
        table.symbols[high] = (byte) symbol;
        high--;
      }
    }
    int at = 0;
    for (int symbol = 0; symbol < shares.length; symbol++) {
      for (int i = 0; i < shares[symbol]; i++) {
        table.symbols[at] = (byte) symbol;
        do {
          at = (at + (size >> 1) + (size >> 3) + 3) & (size - 1);
        } while (at > high);
      }
    }
    table.number(shares);
    return table;
  }

  private void number(int[] shares) {
    int[] next = new int[shares.length];
    for (int symbol = 0; symbol < shares.length; symbol++) {
      next[symbol] = Math.abs(shares[symbol]);
    }
    for (int state = 0; state < symbols.length; state++) {
      int number = next[symbols[state]]++;
      int count = accuracy - (31 - Integer.numberOfLeadingZeros(number));
      bits[state] = (byte) count;
      bases[state] = (short) ((number << count) - symbols.length);
    }
  }

  /** A table and where it ends. */
  record Parsed(FseTable table, int end) {}

  /**
   * Reads the description of a table.
   *
   * @param largest the largest symbol that may be in it
   * @param mostAccuracy at most 9
   */
  static Parsed parse(byte[] bytes, int start, int end, int largest, int mostAccuracy)
      throws BrokenException {
    Forward in = new Forward(bytes, start, end);
    int accuracy = in.read(4) + 5;
    if (accuracy > mostAccuracy) {
      throw ZstdStream.damaged();
    }
    int[] shares = new int[largest + 1];
    int left = 1 << accuracy;
    int symbol = 0;
    while (left > 0) {
      if (symbol > largest) {
        throw ZstdStream.damaged();
      }
      int share = in.readShare(left);
      shares[symbol] = share;
      symbol++;
      left -= Math.abs(share);
      if (share == 0) {
        int repeat;
        do {
          repeat = in.read(2);
          symbol += repeat;
        } while (repeat == 3);
      }
    }
    if (left < 0) {
      throw ZstdStream.damaged();
    }
    return new Parsed(of(accuracy, shares), in.end());
  }

  /** Bits from the first to the last. */
  private static final class Forward {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    Forward(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
    }

    int read(int count) throws BrokenException {
      int value = 0;
      for (int i = 0; i < count; i++, at++) {
        int index = start + (at >> 3);
        if (index >= end) {
          throw ZstdStream.damaged();
        }
        value |= (bytes[index] >> (at & 7) & 1) << i;
      }
      return value;
    }

    /** A share that is at most what is left; small ones may take a bit less. */
    int readShare(int left) throws BrokenException {
      int count = 32 - Integer.numberOfLeadingZeros(left + 1);
      int mask = (1 << (count - 1)) - 1;
      int threshold = (1 << count) - 1 - (left + 1);
      int value = read(count - 1);
      if (value < threshold) {
        return value - 1;
      }
      value |= read(1) << (count - 1);
      return (value > mask ? value - threshold : value) - 1;
    }

    int end() {
      return start + ((at + 7) >> 3);
    }
  }

  int start(ZstdBits in) throws BrokenException {
    return in.read(accuracy);
  }

  int symbol(int state) {
    return Byte.toUnsignedInt(symbols[state]);
  }

  /** How many bits lead on from a state. */
  int bits(int state) {
    return bits[state];
  }

  int next(int state, ZstdBits in) throws BrokenException {
    return Short.toUnsignedInt(bases[state]) + in.read(bits[state]);
  }
}
