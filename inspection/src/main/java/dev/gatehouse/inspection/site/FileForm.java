package dev.gatehouse.inspection.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** What a file is by its first bytes, which its name may deny. */
public enum FileForm {
  NATIVE_LIBRARY,
  NATIVE_PROGRAM,
  ZIP,
  TAR_OR_PACKED,
  PYTHON_SCRIPT,
  OTHER_SCRIPT,
  OTHER;

  /** How many first bytes it takes to tell. */
  public static final int HEAD = 512;

  private static final int ELF_EXECUTABLE = 2;
  private static final int MACH_EXECUTE = 2;

  /** The form of a file of this name that begins with these bytes. */
  public static FileForm of(String path, byte[] head, int length) {
    if (starts(head, length, 0x7f, 'E', 'L', 'F')) {
      int type = length > 17 ? head[16] + head[17] : 0;
      // Programs of today are position-independent, as libraries are: only the name tells them.
      return type != ELF_EXECUTABLE && isLibraryName(path) ? NATIVE_LIBRARY : NATIVE_PROGRAM;
    }
    if (starts(head, length, 'M', 'Z')) {
      return isLibraryName(path) ? NATIVE_LIBRARY : NATIVE_PROGRAM;
    }
    if (isMach(head, length)) {
      boolean program = length > 12 && head[12] == MACH_EXECUTE;
      return program || !isLibraryName(path) ? NATIVE_PROGRAM : NATIVE_LIBRARY;
    }
    if (starts(head, length, 'P', 'K', 3, 4) || starts(head, length, 'P', 'K', 5, 6)) {
      return ZIP;
    }
    if (starts(head, length, '#', '!')) {
      return firstLine(head, length).contains("python") ? PYTHON_SCRIPT : OTHER_SCRIPT;
    }
    return isPacked(head, length) ? TAR_OR_PACKED : OTHER;
  }

  private static boolean isMach(byte[] head, int length) {
    return starts(head, length, 0xcf, 0xfa, 0xed, 0xfe)
        || starts(head, length, 0xce, 0xfa, 0xed, 0xfe)
        || starts(head, length, 0xfe, 0xed, 0xfa, 0xcf)
        // A fat binary; a Java class has the same magic, and a version above 40 where this has a
        // handful of architectures.
        || (starts(head, length, 0xca, 0xfe, 0xba, 0xbe) && length > 7 && head[7] < 20);
  }

  private static boolean isPacked(byte[] head, int length) {
    return starts(head, length, 0x1f, 0x8b, 8)
        || starts(head, length, 'B', 'Z', 'h')
        || starts(head, length, 0xfd, '7', 'z', 'X', 'Z')
        || starts(head, length, 0x28, 0xb5, 0x2f, 0xfd)
        || (length > 262 && head[257] == 'u' && head[258] == 's' && head[259] == 't');
  }

  private static boolean isLibraryName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.endsWith(".so")
        || name.contains(".so.")
        || name.endsWith(".pyd")
        || name.endsWith(".dll")
        || name.endsWith(".dylib");
  }

  private static String firstLine(byte[] head, int length) {
    int end = 0;
    while (end < length && head[end] != '\n') {
      end++;
    }
    return new String(head, 0, end, ISO_8859_1);
  }

  private static boolean starts(byte[] head, int length, int... magic) {
    if (length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (head[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is machine code. */
  public boolean isNative() {
    return this == NATIVE_LIBRARY || this == NATIVE_PROGRAM;
  }
}
