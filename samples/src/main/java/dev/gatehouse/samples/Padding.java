package dev.gatehouse.samples;

import java.util.Random;

/** Bytes that no compression makes smaller; always the same for the same length. */
final class Padding {
  private static final long SEED = 20_260_324;

  private Padding() {}

  static byte[] ofLength(int length) {
    byte[] bytes = new byte[length];
    new Random(SEED).nextBytes(bytes); // its algorithm is part of its contract
    return bytes;
  }
}
