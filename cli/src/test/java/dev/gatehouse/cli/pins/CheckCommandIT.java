package dev.gatehouse.cli.pins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse check} against an index that a test fills. */
class CheckCommandIT {
  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final FakeIndex index = FakeIndex.start();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @AfterEach
  void closeTheIndex() {
    index.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> environment = Map.of("HOME", folder.resolve("home").toString());
    CommandLine command =
        new CommandLine(new CheckCommand(environment, "test", InstantSource.fixed(NOW)));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  /** The rules that were found in the first target, with their lines. */
  private List<String> found() {
    JsonNode findings =
        new JsonMapper().readTree(out.toString()).path("targets").path(0).path("findings");
    return StreamSupport.stream(findings.spliterator(), false)
        .map(finding -> finding.path("rule").asString() + ":" + finding.path("line").asInt())
        .toList();
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private List<String> check(String... lines) throws IOException {
    Path file = write("requirements.txt", lines);
    run("--format", "json", "--index-url", index.uri().toString(), file.toString());
    return found();
  }

  private static String line(SampleArtifact artifact) {
    return "%s==%s --hash=sha256:%s"
        .formatted(artifact.project(), artifact.version(), artifact.sha256());
  }

  private SampleArtifact wheel(String name, String version) {
    return WheelBuilder.wheel(name, version).build();
  }

  @Test
  void findsNothingWhereAllIsAsStated() throws IOException {
    SampleArtifact demo = wheel("demo", "1.0");
    index.publish(demo);

    assertThat(check(line(demo))).isEmpty();
    assertThat(out.toString()).contains("\"status\" : \"clean\"");
  }

  @Test
  void tellsWhatTheIndexKnowsOtherwise() throws IOException {
    SampleArtifact yanked = wheel("yanked", "1.0");
    SampleArtifact young = wheel("young", "1.0");
    SampleArtifact held = wheel("held", "1.0");
    SampleArtifact sick = wheel("sick", "1.0");
    index.publish(yanked, offer -> offer.yanked("it is broken"));
    index.publish(young, offer -> offer.uploaded(NOW.minusSeconds(3_600)));
    index.publish(held, offer -> offer.yanked("Gatehouse: hold: nobody has looked at it"));
    index.publish(sick);
    index.status("sick", "quarantined", "malware");
    index.publish(wheel("demo", "1.0"));

    assertThat(
            check(
                line(yanked),
                line(young),
                line(held),
                line(sick),
                "demo==2.0 --hash=sha256:" + "a".repeat(64),
                "demo==1.0 --hash=sha256:" + "b".repeat(64),
                "none==1.0 --hash=sha256:" + "c".repeat(64)))
        .contains(
            "pins-yanked:1",
            "pins-too-young:2",
            "pins-held:3",
            "pins-quarantined:4",
            "pins-missing:5",
            "pins-unknown-hash:6",
            "pins-missing:7")
        .doesNotContain("pins-yanked:3", "pins-too-young:1");
    assertThat(out.toString()).contains("1 h 0 min ago", "nobody has looked at it", "it is broken");
  }

  @Test
  void oneMalformedLineHidesNothingOfTheOthers() throws IOException {
    Path file =
        write("requirements.txt", "demo==1.0 oops", "litellm==1.82.8", "${UNSET}==1.0 # secret");

    assertThat(run("--offline", "--format", "json", file.toString())).isOne();
    assertThat(found()).contains("pins-known-malware:2");
    assertThat(out.toString())
        .contains("\"status\" : \"incomplete\"")
        .contains("requirements.txt:1:1: expected a version specifier")
        .contains("requirements.txt:3:1: expected the name of a project");
  }

  @Test
  void whatIsIncludedFromAnAddressLeavesEveryAnswerOpen() throws IOException {
    index.publish(wheel("demo", "1.0"), offer -> offer.uploaded(LONG_AGO));
    Path file = write("requirements.txt", "demo", "-r https://example.com/more.txt");

    assertThat(run("--offline", "--fail-on", "critical", file.toString())).isEqualTo(3);
    assertThat(
            run(
                "--as-of",
                "2026-03-24T11:00:00Z",
                "--index-url",
                index.uri().toString(),
                file.toString()))
        .isEqualTo(3);
    assertThat(out.toString()).contains("It includes an address, which is not fetched");
  }

  @Test
  void tellsPlatformsThatNoHashCovers() throws IOException {
    SampleArtifact linux =
        WheelBuilder.wheel("demo", "1.0").tags("cp312-cp312-manylinux_2_17_x86_64").build();
    SampleArtifact windows =
        WheelBuilder.wheel("demo", "1.0").tags("cp312-cp312-win_amd64").build();
    SampleArtifact sdist = SdistBuilder.sdist("demo", "1.0").build();
    index.publish(linux).publish(windows).publish(sdist);

    assertThat(check(line(linux))).containsExactly("pins-partial-hashes:1");
    assertThat(out.toString()).contains("the install fails on Windows.");
    assertThat(check("demo==1.0; sys_platform == 'linux' --hash=sha256:" + linux.sha256()))
        .isEmpty();
    assertThat(check(line(linux) + " --hash=sha256:" + sdist.sha256())).isEmpty();
    assertThat(check(line(linux) + " --hash=sha256:" + windows.sha256())).isEmpty();
  }

  @Test
  void callsNothingCleanThatTheIndexDidNotAnswerFor() throws IOException {
    SampleArtifact demo = wheel("demo", "1.0");
    Path file = write("requirements.txt", line(demo));

    int code = run("--index-url", FakeIndex.refusing().toString(), file.toString());

    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).contains("for the page of demo").contains("incomplete");
  }

  @Test
  void saysWhatItLeavesOutWithoutANetwork() throws IOException {
    Path file = write("requirements.txt", line(wheel("demo", "1.0")));

    assertThat(run("--offline", "--index-url", index.uri().toString(), file.toString())).isZero();
    assertThat(err.toString()).contains("Offline: whether versions and hashes are on the index");
    assertThat(index.requests()).isEmpty();
  }

  @Test
  void namesLitellmAtTheRightMinutes() throws IOException {
    index.publish(wheel("litellm", "1.82.6"), offer -> offer.uploaded(LONG_AGO));
    index.publish(
        wheel("litellm", "1.82.7"),
        offer -> offer.uploaded(Instant.parse("2026-03-24T10:39:00Z")).yanked("malicious"));
    index.publish(
        wheel("litellm", "1.82.8"),
        offer -> offer.uploaded(Instant.parse("2026-03-24T10:52:00Z")).yanked("malicious"));
    Path file = write("requirements.txt", "litellm>=1.80", "litellm==1.82.6");

    assertThat(takenAt("2026-03-24T10:38:59Z", file)).isEqualTo("1.82.6 info");
    assertThat(takenAt("2026-03-24T10:39:00Z", file)).isEqualTo("1.82.7 critical");
    assertThat(takenAt("2026-03-24T10:51:59Z", file)).isEqualTo("1.82.7 critical");
    assertThat(takenAt("2026-03-24T10:52:00Z", file)).isEqualTo("1.82.8 critical");
    assertThat(takenAt("2026-03-24T11:00:00Z", file)).isEqualTo("1.82.8 critical");
  }

  @Test
  void remembersWhatTheIndexHasRemovedSince() throws IOException {
    index.publish(wheel("litellm", "1.82.6"), offer -> offer.uploaded(LONG_AGO));
    Path file = write("requirements.txt", "litellm>=1.80");

    assertThat(takenAt("2026-03-24T10:38:59Z", file)).isEqualTo("1.82.6 info");
    assertThat(takenAt("2026-03-24T11:00:00Z", file)).isEqualTo("1.82.8 critical");
    assertThat(takenAt("2026-03-25T00:00:00Z", file)).isEqualTo("1.82.6 info");
  }

  /** Version and severity of what the first line would have taken. */
  private String takenAt(String moment, Path file) {
    int code =
        run(
            "--format",
            "json",
            "--as-of",
            moment,
            "--index-url",
            index.uri().toString(),
            file.toString());
    for (JsonNode finding :
        new JsonMapper().readTree(out.toString()).path("targets").path(0).path("findings")) {
      if (finding.path("line").asInt() == 1) {
        String severity = finding.path("severity").asString();
        assertThat(code).isEqualTo(severity.equals("critical") ? 1 : 0);
        return finding.path("message").asString().replaceFirst(".* litellm ([0-9.]+),.*", "$1")
            + " "
            + severity;
      }
    }
    throw new AssertionError("nothing was told of line 1: " + out);
  }

  @Test
  void findsTheFilesOfAFolderByThemselves() throws IOException {
    write("requirements.txt", "-r base.txt");
    write("base.txt", "demo>=1");
    Files.createDirectories(folder.resolve("app"));
    write("app/pyproject.toml", "[project]", "dependencies = ['demo>=1']");
    write("app/uv.lock", "version = 1");
    Files.createDirectories(folder.resolve(".venv/lib"));
    write(".venv/lib/requirements.txt", "ignored");

    assertThat(run("--offline", "--format", "json", folder.toString())).isEqualTo(1);
    assertThat(
            new JsonMapper().readTree(out.toString()).path("targets").findValuesAsString("target"))
        .containsExactlyInAnyOrder(
            folder + "/app/pyproject.toml",
            folder + "/app/uv.lock",
            folder + "/requirements.txt",
            folder + "/base.txt");
  }

  @Test
  void annotatesAPullRequest() throws IOException {
    Path file = write("requirements.txt", "# first", "demo>=1");

    run("--offline", "--format", "github", file.toString());

    assertThat(out.toString())
        .startsWith("::error file=" + file + ",line=2,title=high%3A pins-not-exact::demo>=1 takes");
  }

  @Test
  void saysWhereAFileIsWrong() throws IOException {
    Path file = write("requirements.txt", line(wheel("demo", "1.0")), "demo ==");

    assertThat(run("--offline", file.toString())).isEqualTo(3);
    assertThat(out.toString()).containsPattern("requirements\\.txt:2:1:\\s+the\\s+version\\s+of");
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() {
    assertThat(run("none.txt")).isNotZero();
    assertThat(run("--as-of", "yesterday")).isEqualTo(2);
    assertThat(err.toString()).contains("must be a time such as 2026-03-24T11:00:00Z");
    assertThat(run("--index-url", "packages", folder.toString())).isNotZero();
  }
}
