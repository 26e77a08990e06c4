package dev.gatehouse.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source as one file, which reads as the source does. */
class AdvisoryCopyTest {
  @TempDir private Path folder;

  private static String record(String id) {
    return """
        {"id": "%s", "modified": "2026-03-24T10:50:00Z", "affected": [{"package":
          {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.0"]}]}
        """
        .formatted(id);
  }

  private Path copy(Path source) throws IOException {
    Path copy = folder.resolve("copy");
    try (OutputStream out = Files.newOutputStream(copy)) {
      AdvisoryCopy.write(source, out);
    }
    return copy;
  }

  @Test
  void aFolderBecomesAZipOfItsRecords() throws IOException {
    Path source = Files.createDirectory(folder.resolve("osv"));
    Path more = Files.createDirectory(source.resolve("more"));
    Files.writeString(source.resolve("MAL-1.json"), record("MAL-1"));
    Files.writeString(more.resolve("MAL-2.json"), record("MAL-2"));
    Files.writeString(source.resolve("notes.txt"), "no record");
    Files.writeString(folder.resolve("outside.json"), record("MAL-3"));
    Files.createSymbolicLink(source.resolve("link.json"), folder.resolve("outside.json"));

    Path copy = copy(source);

    assertThat(AdvisoryCopy.isZip(source)).isTrue();
    assertThat(AdvisoryCopy.isZip(copy)).isTrue();
    assertThat(Advisories.read(copy).fingerprint())
        .isEqualTo(Advisories.read(source).fingerprint());
    assertThat(Advisories.read(copy).size()).isEqualTo(2);
  }

  @Test
  void aFileStaysWhatItIs() throws IOException {
    Path source = Files.writeString(folder.resolve("osv.json"), record("MAL-1"));

    assertThat(AdvisoryCopy.isZip(source)).isFalse();
    assertThat(copy(source)).hasSameBinaryContentAs(source);
  }
}
