package dev.gatehouse.samples;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A wheel that is too large for memory, as those of machine learning are: a module, and one stored
 * file that no compression makes smaller. It is written as a stream.
 *
 * @param file where it is
 * @param size in bytes
 */
public record LargeWheel(Path file, Sha256 sha256, long size) {
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final String TAGS = "py3-none-any";
  private static final byte[] BLOCK = Padding.ofLength(1 << 20);

  /**
   * Writes one into a folder.
   *
   * @param bytes how many its stored file has; below 4 GiB, where a zip file changes its form
   * @param more other files by their path, as a start-up hook
   */
  public static LargeWheel write(
      Path folder, String name, String version, long bytes, Map<String, String> more)
      throws IOException {
    SampleMetadata metadata = new SampleMetadata(name, version);
    String module = metadata.project().normalized().replace('-', '_');
    Path file = folder.resolve(metadata.stem() + "-" + TAGS + ".whl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      WheelRecord record = new WheelRecord();
      String large = module + "/weights.bin";
      putLarge(zip, large, bytes);
      record.add(large, digestOfLarge(bytes), bytes);
      Map<String, byte[]> small = new TreeMap<>();
      small.put(module + "/__init__.py", utf8("__version__ = \"%s\"\n".formatted(version)));
      more.forEach((path, text) -> small.put(path, utf8(text)));
      String distInfo = metadata.stem() + ".dist-info/";
      small.put(distInfo + "METADATA", metadata.bytes());
      small.put(distInfo + "WHEEL", WheelBuilder.wheelFile(TAGS));
      for (Map.Entry<String, byte[]> entry : small.entrySet()) {
        record.add(entry.getKey(), entry.getValue());
        put(zip, entry.getKey(), entry.getValue());
      }
      record.addItself(distInfo + "RECORD");
      put(zip, distInfo + "RECORD", record.bytes());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new LargeWheel(file, Sha256.of(in), Files.size(file));
    }
  }

  /** Its file name. */
  public String filename() {
    return String.valueOf(file.getFileName());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ZipOutputStream zip, String path, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(ENTRY_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** What is stored says its size and checksum before it begins. */
  private static void putLarge(ZipOutputStream zip, String path, long bytes) throws IOException {
    CRC32 checksum = new CRC32();
    forEachBlock(bytes, length -> checksum.update(BLOCK, 0, length));
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(ENTRY_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    forEachBlock(bytes, length -> zip.write(BLOCK, 0, length));
    zip.closeEntry();
  }

  private static byte[] digestOfLarge(long bytes) throws IOException {
    MessageDigest digest = WheelRecord.sha256();
    forEachBlock(bytes, length -> digest.update(BLOCK, 0, length));
    return digest.digest();
  }

  private interface Part {
    void take(int length) throws IOException;
  }

  private static void forEachBlock(long bytes, Part part) throws IOException {
    for (long left = bytes; left > 0; left -= BLOCK.length) {
      part.take((int) Math.min(left, BLOCK.length));
    }
  }
}
