package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.packaging.record.HashAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file once: through its digests, and into memory where somebody is to look at it. */
final class FileReader {
  private static final int CHUNK = 128 * 1024;

  private final byte[] chunk = new byte[CHUNK];
  private final Map<HashAlgorithm, MessageDigest> digests = new EnumMap<>(HashAlgorithm.class);
  private final long mostBuffered;

  FileReader(Set<HashAlgorithm> algorithms, long mostBuffered) {
    algorithms.forEach(algorithm -> digests.put(algorithm, algorithm.newDigest()));
    this.mostBuffered = mostBuffered;
  }

  /**
   * What was read.
   *
   * @param content null where nobody can need it, or where it is too large
   * @param tooLarge whether somebody would have needed it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Read(InspectedFile file, byte @Nullable [] content, boolean tooLarge) {}

  /**
   * Reads all of it.
   *
   * @param obeyed whether Python or a tool obeys such a file where it lies: a {@code .pth} deep in
   *     a package is data, and may be large
   */
  Read read(String path, boolean obeyed, ArchiveEntry entry, InputStream in) throws IOException {
    int length = in.readNBytes(chunk, 0, CHUNK);
    FileRole role = FileRole.of(path);
    FileForm form = FileForm.of(path, chunk, length);
    boolean wanted = isWanted(role, form, obeyed);
    boolean data = !wanted && isData(role, form) && entry.size() <= RetainedFiles.MOST_DATA;
    Buffer buffer =
        new Buffer(wanted || data, entry.size(), data ? RetainedFiles.MOST_DATA : mostBuffered);
    boolean unchecked = role == FileRole.BYTECODE && isUnchecked(length);
    long size = 0;
    while (length > 0) {
      size += length;
      for (MessageDigest digest : digests.values()) {
        digest.update(chunk, 0, length);
      }
      buffer.add(chunk, length);
      length = length == CHUNK ? in.readNBytes(chunk, 0, CHUNK) : 0;
    }
    InspectedFile file = new InspectedFile(path, role, form, size, finished(), unchecked, null);
    return new Read(file, buffer.content(), wanted && buffer.tooLarge);
  }

  /** PEP 552: the second word of the header is 1 for a hash that Python does not check. */
  private boolean isUnchecked(int length) {
    return length >= 8 && chunk[4] == 1 && chunk[5] == 0 && chunk[6] == 0 && chunk[7] == 0;
  }

  private Map<HashAlgorithm, byte[]> finished() {
    Map<HashAlgorithm, byte[]> finished = new EnumMap<>(HashAlgorithm.class);
    digests.forEach((algorithm, digest) -> finished.put(algorithm, digest.digest()));
    return finished;
  }

  /** Code may read it, and execute what it reads. */
  private static boolean isData(FileRole role, FileForm form) {
    return role == FileRole.DATA && form == FileForm.OTHER;
  }

  private static boolean isWanted(FileRole role, FileForm form, boolean obeyed) {
    return switch (role) {
      case PYTHON, SCRIPT, METADATA, ARCHIVE -> true;
      case STARTUP -> obeyed;
      case NATIVE, BYTECODE -> false;
      case DATA ->
          switch (form) {
            case PYTHON_SCRIPT, OTHER_SCRIPT -> true;
            case ZIP, TAR_OR_PACKED, NATIVE_LIBRARY, NATIVE_PROGRAM, OTHER -> obeyed;
          };
    };
  }

  /** Collects what is wanted, until it is too much. */
  private static final class Buffer {
    private final boolean wanted;
    private final long most;
    private @Nullable ByteArrayOutputStream bytes;
    private byte @Nullable [] only;
    private boolean tooLarge;

    Buffer(boolean wanted, long declared, long most) {
      this.wanted = wanted;
      this.most = most;
      if (wanted && declared > CHUNK && declared <= most) {
        bytes = new ByteArrayOutputStream((int) declared);
      }
    }

    void add(byte[] source, int length) {
      if (!wanted || tooLarge) {
        return;
      }
      if (only == null && bytes == null) {
        only = Arrays.copyOf(source, length);
        tooLarge = length > most;
        return;
      }
      if (bytes == null) {
        bytes = new ByteArrayOutputStream(4 * CHUNK);
      }
      if (only != null) {
        bytes.writeBytes(only);
        only = null;
      }
      tooLarge = bytes.size() + (long) length > most;
      if (tooLarge) {
        bytes = null;
      } else {
        bytes.write(source, 0, length);
      }
    }

    byte @Nullable [] content() {
      if (!wanted || tooLarge) {
        return null;
      }
      if (bytes != null) {
        return bytes.toByteArray();
      }
      return only == null ? new byte[0] : only;
    }
  }
}
