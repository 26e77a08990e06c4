package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelBuilderTest {
  @TempDir Path folder;

  @Test
  void namesTheFileAsTheSpecificationDoes() {
    SampleArtifact wheel =
        WheelBuilder.wheel("Acme.Rockets", "1.0+local.1")
            .buildTag("2a")
            .tags("cp312-abi3-manylinux_2_17_x86_64")
            .build();

    assertThat(wheel.filename())
        .isEqualTo("acme_rockets-1.0+local.1-2a-cp312-abi3-manylinux_2_17_x86_64.whl");
    assertThat(WheelName.parse(wheel.filename()).project()).isEqualTo(wheel.project());
  }

  @Test
  void givesTheSameBytesEachTimeAndInEveryTimeZone() {
    TimeZone here = TimeZone.getDefault();
    byte[] first = large().bytes();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

      assertThat(large().bytes()).isEqualTo(first);
    } finally {
      TimeZone.setDefault(here);
    }
  }

  @Test
  void datesEveryEntryAtTheSameTime() throws IOException {
    assertThat(entries(large()))
        .extracting(ZipEntry::getTimeLocal)
        .containsOnly(LocalDateTime.of(2026, 1, 1, 0, 0));
  }

  @Test
  void growsByItsPadding() {
    assertThat(large().size()).isBetween(100_000L, 102_000L);
  }

  private static SampleArtifact large() {
    return WheelBuilder.wheel("acme", "1.0").padding(100_000).build();
  }

  @Test
  void statesWhatItRequires() throws IOException {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0")
            .requiresDist("idna>=2")
            .requiresDist("rich; extra == 'pretty'")
            .requiresPython(">=3.9")
            .metadataHeader("License-Expression: MIT")
            .build();

    assertThat(new String(metadataInside(wheel), UTF_8))
        .contains("\nRequires-Dist: idna>=2\nRequires-Dist: rich; extra == 'pretty'\n")
        .contains("\nRequires-Python: >=3.9\n")
        .contains("\nLicense-Expression: MIT\n");
    assertThat(wheel.requiresPython()).contains(">=3.9");
  }

  @Test
  void takesWholeMetadataAsItIs() throws IOException {
    SampleArtifact wheel = WheelBuilder.wheel("acme", "1.0").metadata("Name: other\n").build();

    assertThat(metadataInside(wheel)).isEqualTo("Name: other\n".getBytes(UTF_8));
    assertThat(wheel.metadata()).isEqualTo(metadataInside(wheel));
  }

  @Test
  void holdsEntriesThatNoWheelShould() throws IOException {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0")
            .rawEntry("../../etc/cron.d/evil", new byte[1])
            .rawEntry("acme/__init__.py", "again".getBytes(UTF_8))
            .build();

    assertThat(entries(wheel))
        .extracting(ZipEntry::getName)
        .contains("../../etc/cron.d/evil")
        .filteredOn("acme/__init__.py"::equals)
        .hasSize(2);
    assertThat(recordOf(wheel)).doesNotContain("evil");
  }

  @Test
  void listsEveryFileInRecord() throws IOException {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0").file("acme/a,b.py", "x").file("acme/c.py", "").build();

    assertThat(recordOf(wheel))
        .contains("\"acme/a,b.py\",sha256=LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE,1\n")
        .contains("acme/c.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n")
        .endsWith("acme-1.0.dist-info/RECORD,,\n");
  }

  @Test
  void omitsAndFalsifiesLinesOfRecord() throws IOException {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0")
            .file("acme/hidden.py", "x")
            .file("acme/changed.py", "x")
            .omitFromRecord("acme/hidden.py")
            .falsifyRecord("acme/changed.py", "sha256=AAAA,7")
            .build();

    assertThat(recordOf(wheel))
        .doesNotContain("hidden")
        .contains("acme/changed.py,sha256=AAAA,7\n");
  }

  private byte[] metadataInside(SampleArtifact wheel) throws IOException {
    return WheelMetadata.read(wheel.writeTo(folder), WheelName.parse(wheel.filename()));
  }

  private static List<ZipEntry> entries(SampleArtifact wheel) throws IOException {
    List<ZipEntry> entries = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(wheel.bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static String recordOf(SampleArtifact wheel) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(wheel.bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith("/RECORD")) {
          return new String(zip.readAllBytes(), UTF_8);
        }
      }
    }
    throw new AssertionError("no RECORD in " + wheel);
  }
}
