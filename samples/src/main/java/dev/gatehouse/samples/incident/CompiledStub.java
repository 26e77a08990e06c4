package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Files that look compiled and cannot run: a true header, and behind it nothing of use. */
final class CompiledStub {
  /** The magic number of CPython 3.12, and the two bytes that end every one. */
  private static final int MAGIC = 3531 | ('\r' << 16) | ('\n' << 24);

  /** Flags of PEP 552: by the hash of the source, which is not to be checked. */
  private static final int UNCHECKED_HASH = 0b01;

  private CompiledStub() {}

  /** A {@code .pyc} that is dated, as those without a source are. */
  static byte[] sourceless() {
    return pyc(0);
  }

  /** A {@code .pyc} that Python takes whatever its source says (PEP 552). */
  static byte[] unchecked() {
    return pyc(UNCHECKED_HASH);
  }

  /** Behind the header of 16 bytes, a marshalled {@code None}, which is no code. */
  private static byte[] pyc(int flags) {
    return ByteBuffer.allocate(17)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(flags)
        .putLong(0)
        .put((byte) 'N')
        .array();
  }

  /** The first bytes of an ELF file for x86-64, then zeros: no loader takes it. */
  static byte[] nativeModule() {
    byte[] head = "\u007fELF\u0002\u0001\u0001".getBytes(US_ASCII);
    return Arrays.copyOf(head, 4096);
  }
}
