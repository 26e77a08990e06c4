package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Builds a wheel that pip installs and, where a test asks for it, one that it should not. The same
 * calls on the same Java runtime give the same bytes.
 *
 * {@snippet :
 * SampleArtifact wheel = WheelBuilder.wheel("acme-rockets", "1.0").requiresDist("idna").build();
 * }
 */
public final class WheelBuilder {
  /** No zone stands in a zip file, so none is used: everybody gets the same bytes. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final SampleMetadata metadata;
  private final List<Entry> files = new ArrayList<>();
  private final List<Entry> rawEntries = new ArrayList<>();
  private final List<Consumer<WheelRecord>> recordEdits = new ArrayList<>();
  private String buildTag = "";
  private String tags = "py3-none-any";

  private WheelBuilder(String name, String version) {
    this.metadata = new SampleMetadata(name, version);
  }

  /** Begins a pure wheel for every Python 3. */
  public static WheelBuilder wheel(String name, String version) {
    return new WheelBuilder(name, version);
  }

  /** Adds a file. Without any, the wheel holds one module that states its version. */
  public WheelBuilder file(String path, String text) {
    return file(path, text.getBytes(UTF_8));
  }

  /** Adds a file. */
  public WheelBuilder file(String path, byte[] content) {
    files.add(new Entry(path, content, true));
    return this;
  }

  /** Adds a file of that many bytes that cannot be compressed, so the wheel grows by as much. */
  public WheelBuilder padding(int bytes) {
    files.add(new Entry(packageFolder() + "/padding.bin", Padding.ofLength(bytes), false));
    return this;
  }

  /** Adds an entry with whatever name, also one that is there already; RECORD does not list it. */
  public WheelBuilder rawEntry(String name, byte[] content) {
    rawEntries.add(new Entry(name, content, true));
    return this;
  }

  /** States a dependency. */
  public WheelBuilder requiresDist(String requirement) {
    metadata.requiresDist(requirement);
    return this;
  }

  /** States the Pythons that it is for, as {@code >=3.9}. */
  public WheelBuilder requiresPython(String specifiers) {
    metadata.requiresPython(specifiers);
    return this;
  }

  /** Adds one line to METADATA, as {@code License-Expression: MIT}. */
  public WheelBuilder metadataHeader(String line) {
    metadata.header(line);
    return this;
  }

  /** Makes this text the whole METADATA. */
  public WheelBuilder metadata(String text) {
    metadata.text(text);
    return this;
  }

  /** Sets the build tag, as {@code 1}. */
  public WheelBuilder buildTag(String tag) {
    buildTag = "-" + tag;
    return this;
  }

  /** Sets the compatibility tags, as {@code cp312-abi3-manylinux_2_17_x86_64}. */
  public WheelBuilder tags(String compatibility) {
    tags = compatibility;
    return this;
  }

  /** Leaves a file out of RECORD. */
  public WheelBuilder omitFromRecord(String path) {
    recordEdits.add(wheelRecord -> wheelRecord.remove(path));
    return this;
  }

  /** Writes this hash and size for a file into RECORD, as {@code sha256=AAAA,3}. */
  public WheelBuilder falsifyRecord(String path, String hashAndSize) {
    recordEdits.add(wheelRecord -> wheelRecord.replace(path, hashAndSize));
    return this;
  }

  /** Builds it. */
  public SampleArtifact build() {
    String filename = metadata.stem() + buildTag + "-" + tags + ".whl";
    return metadata.artifact(filename, archive());
  }

  private byte[] archive() {
    List<Entry> recorded = recorded();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Entry entry : recorded) {
        entry.writeTo(zip);
      }
      recordOf(recorded).writeTo(zip);
      for (Entry entry : rawEntries) {
        entry.writeTo(zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no disk", e);
    }
    return bytes.toByteArray();
  }

  private List<Entry> recorded() {
    List<Entry> all = new ArrayList<>(files);
    if (files.isEmpty()) {
      String module = "__version__ = \"%s\"\n".formatted(metadata.version());
      all.add(new Entry(packageFolder() + "/__init__.py", module.getBytes(UTF_8), true));
    }
    all.add(new Entry(distInfo("METADATA"), metadata.bytes(), true));
    all.add(new Entry(distInfo("WHEEL"), wheelFile(tags), true));
    return all;
  }

  private Entry recordOf(List<Entry> recorded) {
    WheelRecord wheelRecord = new WheelRecord();
    recorded.forEach(entry -> wheelRecord.add(entry.name, entry.content));
    wheelRecord.addItself(distInfo("RECORD"));
    recordEdits.forEach(edit -> edit.accept(wheelRecord));
    return new Entry(distInfo("RECORD"), wheelRecord.bytes(), true);
  }

  static byte[] wheelFile(String tags) {
    return """
    Wheel-Version: 1.0
    Generator: gatehouse-samples
    Root-Is-Purelib: true
    Tag: %s
    """
        .formatted(tags)
        .getBytes(UTF_8);
  }

  private String distInfo(String file) {
    return metadata.stem() + ".dist-info/" + file;
  }

  private String packageFolder() {
    return metadata.project().normalized().replace('-', '_');
  }

  private static final class Entry {
    private final String name;
    private final byte[] content;
    private final boolean compressed;

    Entry(String name, byte[] content, boolean compressed) {
      this.name = name;
      this.content = content;
      this.compressed = compressed;
    }

    void writeTo(ZipArchiveOutputStream zip) throws IOException {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      entry.setTimeLocal(ENTRY_TIME);
      entry.setSize(content.length);
      entry.setCrc(crc());
      entry.setMethod(compressed ? ZipEntry.DEFLATED : ZipEntry.STORED);
      zip.putArchiveEntry(entry);
      zip.write(content);
      zip.closeArchiveEntry();
    }

    private long crc() {
      CRC32 crc = new CRC32();
      crc.update(content);
      return crc.getValue();
    }
  }
}
