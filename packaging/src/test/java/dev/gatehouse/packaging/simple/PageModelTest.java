package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.simple.PageSamples.BASE;
import static dev.gatehouse.packaging.simple.PageSamples.FOO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageModelTest {
  private static final String WHEEL = "foo-1.0-py3-none-any.whl";

  @Test
  void aFileKeepsTheOrderOfItsHashesAndACopyOfThem() {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("sha256", "a".repeat(64));
    hashes.put("md5", "b".repeat(32));
    PageFile plain = PageSamples.file(WHEEL).build();
    PageFile file =
        new PageFile(
            plain.name(),
            plain.url(),
            hashes,
            null,
            null,
            null,
            null,
            plain.metadata(),
            plain.yank(),
            null);
    hashes.clear();
    assertThat(file.hashes().keySet()).containsExactly("sha256", "md5");
    assertThat(file.sha256()).hasToString("Optional[" + "a".repeat(64) + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "sha256, abc",
    "SHA256, abc",
    "md5, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "crc32, 00000000",
    "'', ''"
  })
  void aFileRefusesMalformedHashes(String algorithm, String hex) {
    PageFile.Builder file = PageSamples.file(WHEEL).hash(algorithm, hex);
    assertThatThrownBy(file::build)
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("not a hash");
    assertThatThrownBy(() -> new MetadataOffer.Hashed(Map.of(algorithm, hex)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aFileRefusesWhatNoPageCanHold() {
    assertMalformed(PageSamples.file(WHEEL).size(-1L), "not negative");
    assertMalformed(PageSamples.file(WHEEL).url(BASE.resolve("x#sha256=1")), "no fragment");
    assertMalformed(PageSamples.file(WHEEL).uploadTime(Instant.MAX), "years 0 to 9999");
    assertMalformed(
        PageSamples.file(WHEEL).firstSeen(Instant.parse("-0001-01-01T00:00:00Z")),
        "years 0 to 9999");
    assertMalformed(PageSamples.file(WHEEL).requiresPython("x".repeat(4_097)), "at most 4096");
  }

  private static void assertMalformed(PageFile.Builder file, String reason) {
    assertThatThrownBy(file::build)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aFileCutsTimesToMicroseconds() {
    PageFile file =
        PageSamples.file(WHEEL).uploadTime(Instant.parse("2026-01-01T00:00:00.123456789Z")).build();
    assertThat(file.uploadTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void aCopyOfAFileIsEqualUntilItIsChanged() {
    PageFile file =
        PageSamples.file(WHEEL)
            .sha256(PageSamples.sha256("x"))
            .size(1L)
            .uploadTime(Instant.EPOCH)
            .firstSeen(Instant.EPOCH)
            .requiresPython(">3")
            .metadata(MetadataOffer.unhashed())
            .yank(new Yank.Yanked("why"))
            .provenance(BASE)
            .build();
    assertThat(file.toBuilder().build()).isEqualTo(file);
    assertThat(file.toBuilder().yank(Yank.notYanked()).build()).isNotEqualTo(file);
  }

  @Test
  void replacesWhatNeitherRepresentationCanHold() {
    assertThat(new Yank.Yanked("a\0b\ud83d").reason()).isEqualTo("a\ufffdb\ufffd");
    assertThat(new ProjectStatus(ProjectStatus.State.ARCHIVED, "\udc0d🐍").reason())
        .isEqualTo("\ufffd🐍");
  }

  @Test
  void offersOfMetadataTellTheirSha256() {
    assertThat(MetadataOffer.hashed(PageSamples.sha256("x")).sha256())
        .contains(PageSamples.sha256("x"));
    assertThat(new MetadataOffer.Hashed(Map.of("md5", "a".repeat(32))).sha256()).isEmpty();
    assertThat(MetadataOffer.unhashed().sha256()).isEmpty();
    assertThatThrownBy(() -> new MetadataOffer.Hashed(Map.of()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aPageRefusesFilesOfAnotherProject() {
    PageFile other =
        PageFile.builder(
                ArtifactName.parse("bar-1.0.zip", new ProjectName("bar")), BASE.resolve("x"))
            .build();
    assertThatThrownBy(() -> ProjectPage.of(FOO, List.of(other)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("\"bar-1.0.zip\" is not a file of foo");
  }

  @Test
  void aPageRefusesOneNameTwice() {
    PageFile file = PageSamples.file(WHEEL).build();
    assertThatThrownBy(() -> ProjectPage.of(FOO, List.of(file, file.toBuilder().size(1L).build())))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void statusMarkersAreReadInTheirExactSpelling() {
    assertThat(ProjectStatus.State.find("quarantined")).contains(ProjectStatus.State.QUARANTINED);
    assertThat(ProjectStatus.State.find("QUARANTINED")).isEmpty();
    assertThat(ProjectStatus.State.find("")).isEmpty();
  }
}
