package dev.gatehouse.inspection.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageArchiveTest {
  private static ImageArchive open(byte[] image) {
    Budget budget = new Budget(Limits.IMAGE, InstantSource.fixed(Instant.EPOCH));
    return ImageArchive.open(new MemoryChannel(image), budget);
  }

  private static boolean isSilent(ImageArchive image) {
    return image.opening().findings().isEmpty() && image.opening().problems().isEmpty();
  }

  private static Map<String, String> files(ImageArchive image) {
    Map<String, String> files = new TreeMap<>();
    ArchiveReading reading =
        image.read(
            path -> true,
            (entry, content) ->
                files.put(entry.path(), new String(content.readAllBytes(), ISO_8859_1)));
    assertThat(reading.problems()).isEqualTo(image.opening().problems());
    return files;
  }

  private static byte[] layer(String... namesAndContents) {
    TarSample tar = new TarSample();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      tar.file(namesAndContents[i], namesAndContents[i + 1]);
    }
    return tar.bytes();
  }

  @Test
  void readsWhatDockerSaves() {
    ImageArchive image = open(ImageSample.docker(layer("a", "1", "b", "1"), layer("b", "2")));
    assertThat(image.isImage()).isTrue();
    assertThat(isSilent(image)).isTrue();
    assertThat(files(image)).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void readsAnOciLayoutWithLayersOfAnyCompressionAndCompressedAsAWhole() throws IOException {
    byte[] oci = ImageSample.oci(layer("a", "1"), TarReadingTest.gzip(layer("./opt/b", "2")));
    Map<String, String> expected = Map.of("a", "1", "opt/b", "2");
    assertThat(files(open(oci))).isEqualTo(expected);
    ImageArchive compressed = open(TarReadingTest.gzip(oci));
    assertThat(isSilent(compressed)).isTrue();
    assertThat(files(compressed)).isEqualTo(expected);
  }

  @Test
  void readsAnEmptyLayer() {
    ImageArchive image = open(ImageSample.oci(layer("a", "1"), new byte[1024]));
    assertThat(isSilent(image)).isTrue();
    assertThat(files(image)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void takesAwayWhatHigherLayersWhiteOut() {
    ImageArchive image =
        open(
            ImageSample.oci(
                layer("etc/a", "1", "etc/b", "1", "opt/x/y", "1", "opt/z", "1", "v/.wh.keep", ""),
                layer("etc/.wh.a", "", ".wh.opt", "", "opt/new", "2")));
    assertThat(files(image)).isEqualTo(Map.of("etc/b", "1", "opt/new", "2"));
  }

  @Test
  void hidesWhatLiesBelowAnOpaqueFolderButNotWhatComesWithIt() {
    ImageArchive image =
        open(
            ImageSample.oci(
                layer("etc/a", "1", "etc/b/c", "1"),
                layer("etc/d", "2", "etc/.wh..wh..opq", "", "etc/.wh..wh.plnk", "")));
    assertThat(files(image)).isEqualTo(Map.of("etc/d", "2"));
  }

  @Test
  void putsAFileInPlaceOfAFolderAndTheOtherWayRound() {
    ImageArchive image =
        open(ImageSample.oci(layer("a/b", "1", "c", "1"), layer("a", "2", "c/d", "2")));
    assertThat(files(image)).isEqualTo(Map.of("a", "2", "c/d", "2"));
  }

  @Test
  void followsLinksInsideTheImageOnly() {
    byte[] layer =
        new TarSample()
            .file("usr/lib/x", "1")
            .link("lib", '2', "usr/lib")
            .link("abs", '2', "/usr/lib/x")
            .link("out", '2', "../../../usr/lib/x")
            .link("ring", '2', "ring")
            .bytes();
    ImageIndex index = open(ImageSample.oci(layer)).index();
    assertThat(index.resolve("lib/x")).contains("usr/lib/x");
    assertThat(index.resolve("abs")).contains("usr/lib/x");
    assertThat(index.resolve("out")).contains("usr/lib/x");
    assertThat(index.resolve("ring")).isEmpty();
    assertThat(index.resolve("nothing")).isEmpty();
    assertThat(index.list("")).containsExactly("abs", "lib", "out", "ring", "usr");
    assertThat(index.stat("lib").orElseThrow().linkTarget()).isEqualTo("usr/lib");
  }

  @Test
  void putsWhatComesThroughALinkWhereItLeads() {
    byte[] lower = new TarSample().folder("usr/lib").link("lib", '2', "usr/lib").bytes();
    ImageArchive image = open(ImageSample.oci(lower, layer("lib/x.pth", "2")));
    assertThat(files(image)).isEqualTo(Map.of("usr/lib/x.pth", "2"));
  }

  @Test
  void givesAHardLinkTheContentOfItsFileAsItWas() {
    byte[] lower = new TarSample().file("a", "1").link("b", '1', "a").bytes();
    ImageArchive image = open(ImageSample.oci(lower, layer("a", "2")));
    assertThat(files(image)).isEqualTo(Map.of("a", "2", "b", "1"));
    assertThat(files(open(ImageSample.oci(lower)))).isEqualTo(Map.of("a", "1", "b", "1"));
  }

  @Test
  void keepsSmallFilesOnOpening() {
    ImageIndex index = open(ImageSample.oci(layer("opt/v/pyvenv.cfg", "home = /usr"))).index();
    assertThat(index.content("opt/v/pyvenv.cfg").orElseThrow())
        .isEqualTo("home = /usr".getBytes(UTF_8));
    assertThat(index.content("opt/v")).isEmpty();
  }

  @Test
  void readsTheImagesOfAllPlatformsSideBySide() {
    ImageSample sample = new ImageSample();
    String nested =
        sample.index(
            sample.manifest(layer("a", "1")), "linux", sample.manifest(layer("a", "2")), "linux");
    ImageArchive image = open(sample.oci(nested, ""));
    assertThat(image.index().roots()).containsExactly("linux-amd64", "linux-amd64-2");
    assertThat(files(image)).isEqualTo(Map.of("linux-amd64/a", "1", "linux-amd64-2/a", "2"));
    assertThat(isSilent(image)).isTrue();
  }

  @Test
  void saysThatAnImageForWindowsWasNotRead() {
    ImageSample sample = new ImageSample();
    String windows = sample.manifest(layer("a", "1"));
    ImageArchive image =
        open(sample.oci(windows, "windows", sample.manifest(layer("b", "2")), "linux"));
    assertThat(image.opening().problems()).hasSize(1);
    assertThat(files(image)).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void saysWhichLayerOrManifestIsMissing() {
    byte[] docker =
        new TarSample().file("manifest.json", "[{\"Layers\":[\"x/layer.tar\"]}]").bytes();
    assertThat(open(docker).opening().problems())
        .extracting(Problem::path)
        .containsExactly("x/layer.tar");
    ImageArchive oci = open(new ImageSample().oci("sha256:" + "0".repeat(64), "linux"));
    assertThat(oci.opening().problems()).isNotEmpty();
    assertThat(oci.isImage()).isFalse();
  }

  @Test
  void findsALayerThatLinksToTheSameOne() {
    TarSample tar =
        new TarSample()
            .entry("1/layer.tar", '0', "", layer("a", "1"))
            .link("2/layer.tar", '2', "../1/layer.tar")
            .file("manifest.json", "[{\"Layers\":[\"2/layer.tar\"]}]");
    ImageArchive image = open(tar.bytes());
    assertThat(isSilent(image)).isTrue();
    assertThat(files(image)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void readsOnAfterABrokenLayerAndSaysSo() {
    byte[] broken = layer("a", "1");
    broken[0] ^= 1;
    ImageArchive image = open(ImageSample.oci(broken, layer("b", "2")));
    assertThat(image.opening().findings().getFirst().rule()).isEqualTo(ArchiveRules.CORRUPT);
    assertThat(image.opening().problems()).hasSize(1);
    assertThat(image.index().paths()).containsExactly("b");
  }

  @Test
  void isNotTakenInByHostileManifests() {
    for (String manifest :
        new String[] {
          "[".repeat(100_000),
          "[{\"Layers\":[\"a\"],\"Layers\":[\"b\"]}]",
          "{\"manifests\":",
          "[{\"Layers\":\"../../etc\"}]",
          "",
          "null"
        }) {
      ImageArchive image = open(new TarSample().file("manifest.json", manifest).bytes());
      assertThat(image.opening().problems()).as(manifest.length() + manifest).isNotEmpty();
    }
  }

  @Test
  void stopsAtIndexesThatGoTooDeep() {
    ImageSample sample = new ImageSample();
    String digest = sample.manifest(layer("a", "1"));
    for (int i = 0; i < 9; i++) {
      digest = sample.index(digest, "linux");
    }
    assertThat(open(sample.oci(digest, "linux")).opening().problems()).isNotEmpty();
  }

  @Test
  void tellsAPathThatLeavesTheLayer() {
    ImageArchive image = open(ImageSample.oci(layer("../../etc/x", "1")));
    assertThat(image.opening().findings().getFirst().rule()).isEqualTo(ArchiveRules.PATH);
  }

  @Test
  void isNeverSilentWhereItIsCutOff() {
    byte[] image = ImageSample.oci(layer("a", "1"));
    int end = image.length - 1024;
    for (int length = 0; length < end; length += 7) {
      assertThat(isSilent(open(Arrays.copyOf(image, length))))
          .as("cut off at %d", length)
          .isFalse();
    }
  }
}
