package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import dev.gatehouse.samples.SampleArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReenactmentsTest {
  /** What the reports of the incidents name: domains, dropped files, pods, titles, hashes. */
  private static final List<String> INDICATORS =
      List.of(
          "litellm.cloud",
          "checkmarx",
          "sysmon",
          "system telemetry service",
          "tpcp",
          "pglog",
          ".pg_state",
          "session.key",
          "payload.enc",
          "node-setup-",
          "proxy_server.py",
          "litellm_init",
          "elementary.pth",
          "71e35aef03099cd1f2d6446734273025a163597de93912df321ef118bf135238",
          "a0d229be8efcb2f9135e2ad55ba275b76ddcfeb55fa4370e0a522a5bdee0120b",
          "6cf223aea68b0e8031ff68251e30b6017a0513fe152e235c26f248ba1e15c92a",
          "8a2a05fd8bdc329c8a86d2d08229d167500c01ecad06e40477c49fb0096efdea",
          "8395c3268d5c5dbae1c7c6d4bb3c318c752ba4608cfcd90eb97ffb94a910eac2",
          "d39f4e7a218053cce976c91eacf184cf09a6960c731cc9d66d8e1a53406593a5",
          "d2a0d5f564628773b6af7b9c11f6b86531a875bd2d186d7081ab62748a800ebb");

  private static final Pattern URL = Pattern.compile("[a-z]++://([^/\\s\"'{}:]++)");
  private static final Pattern ADDRESS =
      Pattern.compile("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b");
  private static final Pattern DOMAIN =
      Pattern.compile("\\b[\\w-]++\\.(?:com|org|net|cloud|zone|dev|xyz|top|sh|ru|cn)(?![\\w.])");
  private static final Pattern START =
      Pattern.compile("(?:Popen|subprocess\\.(?:run|call|check_call|check_output))\\(");
  private static final Pattern SHELL =
      Pattern.compile("os\\.(?:system|popen|exec\\w*|spawn\\w*)\\(");

  /** Once for all tests: they are large. */
  private static final List<Reenactment> ALL = Reenactments.all();

  private static final List<Unwrapped> TEXTS =
      ALL.stream().flatMap(each -> unwrapped(each.files())).toList();

  private static final List<Unwrapped> CARRIERS =
      ALL.stream().flatMap(each -> unwrapped(each.carriers())).toList();

  @TempDir Path folder;

  @Test
  void makesWheelsThatCanBeRead() throws IOException {
    for (Reenactment reenactment : ALL) {
      SampleArtifact wheel = reenactment.wheel();

      WheelMetadata.read(wheel.writeTo(folder), WheelName.parse(wheel.filename()));

      assertThat(entriesOfWheel(wheel)).containsAllEntriesOf(sizes(reenactment.files()));
    }
  }

  @Test
  void makesSdistsThatCanBeRead() throws IOException {
    for (Reenactment reenactment : ALL) {
      assertThat(entriesOfSdist(reenactment.sdist()))
          .containsAllEntriesOf(sizes(reenactment.files()));
    }
  }

  @Test
  void givesEachIncidentOnce() {
    assertThat(ALL).extracting(Reenactment::incident).doesNotHaveDuplicates().hasSize(11);
  }

  @Test
  void isReadInAllItsLayers() {
    assertThat(CARRIERS)
        .extracting(Unwrapped::toString)
        .contains(
            "acme_gateway/proxy/server.py (layer 2)",
            "acme_gateway_init.pth (layer 2)",
            "acme_voice/sounds/ring.wav (layer 1)",
            "acme_inference/__init__.py (layer 2)",
            "acme_lineage.pth (layer 1)");
  }

  @Test
  void holdsNoIndicatorOfARealIncident() {
    assertThat(TEXTS)
        .allSatisfy(
            unwrapped ->
                assertThat((unwrapped.path() + "\n" + unwrapped.text()).toLowerCase(Locale.ROOT))
                    .doesNotContain(INDICATORS));
  }

  @Test
  void reachesNoHostThatCouldExist() {
    assertThat(TEXTS.stream().flatMap(each -> URL.matcher(each.text()).results()))
        .isNotEmpty()
        .extracting(match -> match.group(1))
        .allSatisfy(host -> assertThat(host).endsWith(".invalid"));
    assertThat(TEXTS)
        .allSatisfy(
            unwrapped ->
                assertThat(unwrapped.text())
                    .doesNotContainPattern(ADDRESS)
                    .doesNotContainPattern(DOMAIN));
  }

  @Test
  void startsNothingButTrue() {
    assertThat(CARRIERS)
        .allSatisfy(
            unwrapped ->
                assertThat(START.matcher(unwrapped.text()).results().count())
                    .as(unwrapped.path())
                    .isEqualTo(
                        Pattern.compile("executable=\\\\*\"true\\\\*\"")
                            .matcher(unwrapped.text())
                            .results()
                            .count()));
    assertThat(CARRIERS.stream().flatMap(each -> SHELL.matcher(each.text()).results()))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  @Test
  void isPythonThatCompiles() throws IOException, InterruptedException {
    List<Unwrapped> modules = TEXTS.stream().filter(Unwrapped::isPython).toList();
    for (int i = 0; i < modules.size(); i++) {
      Files.writeString(folder.resolve(i + ".txt"), modules.get(i).text());
    }
    String script =
        """
        import pathlib
        for file in sorted(pathlib.Path(".").glob("*.txt")):
            compile(file.read_text(encoding="utf-8"), file.name, "exec")
        """;

    assertThat(python("-I", "-c", script)).isEmpty();
  }

  private String python(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("python-output");
    try {
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("python3"), Stream.of(arguments)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exitCode = process.waitFor();
      return (exitCode == 0 ? "" : "exit code " + exitCode + ": ") + Files.readString(output);
    } catch (IOException e) {
      return abort("skipped: there is no python3: " + e.getMessage());
    }
  }

  private static Stream<Unwrapped> unwrapped(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .flatMap(file -> Unwrapped.of(file.getKey(), file.getValue()).stream());
  }

  private static Map<String, Integer> sizes(Map<String, byte[]> files) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    files.forEach((path, content) -> sizes.put(path, content.length));
    return sizes;
  }

  private static Map<String, Integer> entriesOfWheel(SampleArtifact wheel) {
    Map<String, Integer> entries = new LinkedHashMap<>();
    try (ZipArchiveInputStream zip =
        new ZipArchiveInputStream(new ByteArrayInputStream(wheel.bytes()))) {
      for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes().length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static Map<String, Integer> entriesOfSdist(SampleArtifact sdist) throws IOException {
    Map<String, Integer> entries = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(sdist.bytes())), UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = entry.getName();
        entries.put(path.substring(path.indexOf('/') + 1), tar.readAllBytes().length);
      }
    }
    return entries;
  }
}
