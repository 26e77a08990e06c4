package dev.gatehouse.cli.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Tells an archive of a container image from other tar files by the names of its first entries:
 * those of {@code docker save} (a folder or a file named by 64 hex digits, {@code manifest.json},
 * {@code repositories}) and of the OCI image layout ({@code oci-layout}, {@code blobs/}, {@code
 * index.json}). An sdist has everything under one folder named by project and version.
 */
final class ImageSniffer {
  private static final int BLOCK = 512;
  private static final int ENTRIES = 16;
  private static final long LARGEST_SKIPPED = 64L * 1024 * 1024;
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:\\./)?(?:manifest\\.json|oci-layout|index\\.json|repositories|blobs(?:/.*+)?"
              + "|[0-9a-f]{64}(?:\\.json|\\.tar|/.*+)?)");

  private ImageSniffer() {}

  /** Whether the file is one, as far as its beginning tells. */
  static boolean isImage(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (!name.endsWith(".tar") && !name.endsWith(".tar.gz") && !name.endsWith(".tgz")) {
      return false;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return packed ? sniff(new GZIPInputStream(raw, 1 << 16)) : sniff(raw);
    }
  }

  private static boolean sniff(InputStream tar) throws IOException {
    for (int entry = 0; entry < ENTRIES; entry++) {
      byte[] header = tar.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return false;
      }
      if (NAMES.matcher(text(header, 0, 100)).matches()) {
        return true;
      }
      long size = size(header);
      if (size < 0 || size > LARGEST_SKIPPED) {
        return false;
      }
      tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
    }
    return false;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** -1 where it is not written in octal digits. */
  private static long size(byte[] header) {
    long size = 0;
    for (char digit : text(header, 124, 12).strip().toCharArray()) {
      if (digit < '0' || digit > '7') {
        return -1;
      }
      size = size * 8 + (digit - '0');
    }
    return size;
  }
}
