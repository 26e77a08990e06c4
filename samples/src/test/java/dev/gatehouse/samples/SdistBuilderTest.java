package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class SdistBuilderTest {
  @Test
  void namesTheFileAsTheSpecificationDoes() {
    SampleArtifact sdist = SdistBuilder.sdist("Acme.Rockets", "1.0").build();

    assertThat(sdist.filename()).isEqualTo("acme_rockets-1.0.tar.gz");
    assertThat(SdistName.parse(sdist.filename(), sdist.project()).version()).hasToString("1.0");
    assertThat(sdist.isWheel()).isFalse();
  }

  @Test
  void givesTheSameBytesEachTime() {
    assertThat(padded().bytes()).isEqualTo(padded().bytes());
    assertThat(padded().size()).isBetween(100_000L, 103_000L);
  }

  private static SampleArtifact padded() {
    return SdistBuilder.sdist("acme", "1.0").padding(100_000).build();
  }

  @Test
  void holdsAllBelowOneFolder() throws IOException {
    SampleArtifact sdist =
        SdistBuilder.sdist("acme", "1.0")
            .requiresDist("idna")
            .requiresPython(">=3.9")
            .file("docs/index.md", "text")
            .build();

    Map<String, byte[]> files = files(sdist);

    assertThat(files.keySet())
        .allMatch(path -> path.startsWith("acme-1.0/"))
        .contains("acme-1.0/pyproject.toml", "acme-1.0/acme/__init__.py");
    assertThat(files.get("acme-1.0/docs/index.md")).isEqualTo("text".getBytes(UTF_8));
    assertThat(files.get("acme-1.0/PKG-INFO")).isEqualTo(sdist.metadata());
    assertThat(CoreMetadata.parse(sdist.metadata()).name()).hasToString("acme");
  }

  private static Map<String, byte[]> files(SampleArtifact sdist) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(sdist.bytes())), UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }
}
