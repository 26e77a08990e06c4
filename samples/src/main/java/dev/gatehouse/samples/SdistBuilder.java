package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Builds an sdist, {@code .tar.gz}, whose build needs nothing but Python itself: its backend lies
 * in it. The same calls on the same Java runtime give the same bytes.
 */
public final class SdistBuilder {
  private static final FileTime ENTRY_TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private static final String PYPROJECT =
      """
      [build-system]
      requires = []
      build-backend = "sample_backend"
      backend-path = ["."]
      """;

  /** Knows the two hooks that pip calls (PEP 517), and packs PKG-INFO and the packages. */
  private static final String BACKEND =
      """
      import pathlib, zipfile

      def prepare_metadata_for_build_wheel(folder, config_settings=None):
          info = pathlib.Path(folder, STEM + ".dist-info")
          info.mkdir()
          info.joinpath("METADATA").write_bytes(pathlib.Path("PKG-INFO").read_bytes())
          info.joinpath("WHEEL").write_text(
              "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
          return info.name

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          name = STEM + "-py3-none-any.whl"
          work = pathlib.Path(folder)
          info = work / prepare_metadata_for_build_wheel(folder)
          with zipfile.ZipFile(work / name, "w") as wheel:
              for module in sorted(pathlib.Path(".").glob("*/*.py")):
                  wheel.write(module, module.as_posix())
              for file in ("METADATA", "WHEEL"):
                  wheel.write(info / file, info.name + "/" + file)
              wheel.writestr(info.name + "/RECORD", "")
          return name
      """;

  private final SampleMetadata metadata;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private SdistBuilder(String name, String version) {
    this.metadata = new SampleMetadata(name, version);
  }

  /** Begins an sdist with one module that states its version. */
  public static SdistBuilder sdist(String name, String version) {
    SdistBuilder builder = new SdistBuilder(name, version);
    String folder = builder.metadata.project().normalized().replace('-', '_');
    return builder
        .file(folder + "/__init__.py", "__version__ = \"%s\"\n".formatted(version))
        .file("pyproject.toml", PYPROJECT)
        .file("sample_backend.py", BACKEND + "STEM = \"" + builder.metadata.stem() + "\"\n");
  }

  /** Adds a file, or replaces one. */
  public SdistBuilder file(String path, String text) {
    return file(path, text.getBytes(UTF_8));
  }

  /** Adds a file, or replaces one. */
  public SdistBuilder file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** Adds a file of that many bytes that cannot be compressed. */
  public SdistBuilder padding(int bytes) {
    return file("padding.bin", Padding.ofLength(bytes));
  }

  /** States a dependency. */
  public SdistBuilder requiresDist(String requirement) {
    metadata.requiresDist(requirement);
    return this;
  }

  /** States the Pythons that it is for, as {@code >=3.9}. */
  public SdistBuilder requiresPython(String specifiers) {
    metadata.requiresPython(specifiers);
    return this;
  }

  /** Makes this text the whole PKG-INFO. */
  public SdistBuilder metadata(String text) {
    metadata.text(text);
    return this;
  }

  /** Builds it. */
  public SampleArtifact build() {
    return metadata.artifact(metadata.stem() + ".tar.gz", archive());
  }

  private byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Java's gzip header has neither a time nor a name in it.
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(bytes), UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      write(tar, "PKG-INFO", metadata.bytes());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        write(tar, file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no disk", e);
    }
    return bytes.toByteArray();
  }

  private void write(TarArchiveOutputStream tar, String path, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(metadata.stem() + "/" + path);
    entry.setModTime(ENTRY_TIME);
    entry.setMode(0644);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
