package dev.gatehouse.inspection.code;

/** A set of {@link Mark}s, as small and fast as a number. */
record Marks(int bits) {
  static final Marks NONE = new Marks(0);

  static Marks of(Mark mark) {
    return new Marks(bit(mark));
  }

  static Marks of(Mark first, Mark second) {
    return new Marks(bit(first) | bit(second));
  }

  boolean has(Mark mark) {
    return (bits & bit(mark)) != 0;
  }

  boolean isEmpty() {
    return bits == 0;
  }

  Marks and(Marks other) {
    int both = bits | other.bits;
    return both == bits ? this : both == other.bits ? other : new Marks(both);
  }

  Marks and(Mark mark) {
    return has(mark) ? this : new Marks(bits | bit(mark));
  }

  Marks without(Mark mark) {
    return has(mark) ? new Marks(bits & ~bit(mark)) : this;
  }

  @SuppressWarnings("EnumOrdinal") // A position in a set that no one stores.
  private static int bit(Mark mark) {
    return 1 << mark.ordinal();
  }
}
