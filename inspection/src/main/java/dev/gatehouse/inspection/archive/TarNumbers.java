package dev.gatehouse.inspection.archive;

import java.nio.charset.StandardCharsets;

/**
 * The numbers and texts of a tar header. Numbers are octal digits between blanks, or of 256 digits
 * where the first bit is set (GNU, star); a field that is neither is taken for the archive's end by
 * Python's tarfile, and for zero or for what it begins with by others.
 */
final class TarNumbers {
  private TarNumbers() {}

  /** A number that is not negative. */
  static long size(byte[] block, int offset, int length) throws BrokenException {
    long value = number(block, offset, length);
    if (value < 0) {
      throw BrokenException.ambiguous("has a header with a negative size");
    }
    return value;
  }

  static long number(byte[] block, int offset, int length) throws BrokenException {
    int first = Byte.toUnsignedInt(block[offset]);
    if (first == 0x80 || first == 0xff) {
      return base256(block, offset, length);
    }
    int end = offset + length;
    int at = offset;
    while (at < end && block[at] == ' ') {
      at++;
    }
    long value = 0;
    while (at < end && block[at] >= '0' && block[at] <= '7') {
      value = value << 3 | (block[at] - '0');
      at++;
    }
    for (; at < end; at++) {
      if (block[at] != 0 && block[at] != ' ') {
        throw BrokenException.ambiguous("has a header with a number that is none");
      }
    }
    return value;
  }

  private static long base256(byte[] block, int offset, int length) throws BrokenException {
    long sign = block[offset] == (byte) 0xff ? -1 : 0;
    long value = sign;
    for (int i = 1; i < length; i++) {
      if (value >> 55 != sign >> 55) {
        throw BrokenException.ambiguous("has a header with a number that is too large");
      }
      value = value << 8 | Byte.toUnsignedLong(block[offset + i]);
    }
    return value;
  }

  /** Up to the first NUL; UTF-8 where it is, else a character a byte. */
  static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    String text = new String(block, offset, end - offset, StandardCharsets.ISO_8859_1);
    String utf8 = ZipExtra.utf8(text);
    return utf8 == null ? text : utf8;
  }

  /**
   * Whether the header's sum is right. The first tars added signed bytes; all readers take either.
   */
  static boolean checksumHolds(byte[] block) {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < block.length; i++) {
      byte b = i >= 148 && i < 156 ? (byte) ' ' : block[i];
      unsigned += Byte.toUnsignedInt(b);
      signed += b;
    }
    try {
      long sum = number(block, 148, 8);
      return sum == unsigned || sum == signed;
    } catch (BrokenException e) {
      return false;
    }
  }
}
