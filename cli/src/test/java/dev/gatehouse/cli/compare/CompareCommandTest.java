package dev.gatehouse.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Offer;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  private static final String CORE = "def core():\n    return 1\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeTheSource() throws IOException {
    Files.createDirectories(folder.resolve("source/src/acme"));
    Files.writeString(folder.resolve("source/src/acme/core.py"), CORE);
  }

  private int run(Path artifact, String... options) {
    List<String> line =
        new ArrayList<>(
            List.of(artifact.toString(), "--source", folder.resolve("source").toString()));
    line.addAll(List.of(options));
    return compare(line.toArray(String[]::new));
  }

  private int compare(String... words) {
    CommandLine command =
        Commands.of(Map.of("COLUMNS", "100", "XDG_CACHE_HOME", folder.resolve("cache").toString()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> line = new ArrayList<>(List.of("compare"));
    line.addAll(List.of(words));
    return command.execute(line.toArray(String[]::new));
  }

  /** Whatever the lines are broken at. */
  private String told() {
    return out.toString().replaceAll("\\s+", " ");
  }

  private static WheelBuilder wheel() {
    return WheelBuilder.wheel("acme", "1.0").file("acme/core.py", CORE);
  }

  /** What it says of the source would be a stranger's word. */
  @Test
  void comparesNothingByAnAttestationThatDoesNotHold() throws IOException {
    Path artifact = wheel().build().writeTo(folder);
    Files.writeString(artifact.resolveSibling(artifact.getFileName() + ".provenance"), "{}");

    assertThat(compare(artifact.toString())).isEqualTo(3);
    assertThat(told()).contains("Could not go by its attestation, which does not hold");
  }

  @Test
  void takesOneNameOfTheSource() {
    assertThat(compare("a.whl", "--source", ".", "--provenance", "p")).isEqualTo(2);
    assertThat(err.toString()).contains("each names the source");
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws IOException {
    Path page = folder.resolve("page.html");

    int code =
        run(
            wheel().file("acme.pth", "import os\n").build().writeTo(folder),
            "--format",
            "html",
            "--output",
            page.toString());

    assertThat(code).isEqualTo(1);
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("acme.pth", "compare-startup-file")
        .doesNotContain("src=", "http:", "https:");
  }

  @Test
  void saysThatOtherCommandsHaveNoPage() {
    CommandLine command = Commands.of(Map.of()).setErr(new PrintWriter(err, true));

    assertThat(command.execute("audit", "--format", "html", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("only gatehouse compare has a page");
  }

  @Test
  void callsCleanWhatIsTheSourceAndSaysWhatItWasHeldAgainst() throws IOException {
    assertThat(run(wheel().build().writeTo(folder))).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("against the folder as it is of ")
        .contains("1 identical, 3 metadata; proved of all but metadata and machine code: 100.0 %")
        .contains("1 target: nothing found; clean");
  }

  @Test
  void endsWith1AndShowsTheDifferenceOfWhatWasChanged() throws IOException {
    Path changed =
        WheelBuilder.wheel("acme", "1.0")
            .file("acme/core.py", CORE.replace('1', '2'))
            .file("acme.pth", "import acme\n")
            .build()
            .writeTo(folder);

    assertThat(run(changed)).isEqualTo(1);
    assertThat(out.toString())
        .containsSubsequence(
            "CRITICAL compare-startup-file", "acme.pth", "HIGH compare-modified-code", "core.py:2")
        .contains("| -    return 1", "| +    return 2");
  }

  @Test
  void writesTheDifferencesAsJson() throws IOException {
    Path added = wheel().file("acme/more.py", "print()\n").build().writeTo(folder);

    assertThat(run(added, "--format", "json", "--fail-on", "critical")).isZero();
    assertThat(out.toString())
        .contains("\"kind\" : \"comparison\"", "\"class\" : \"added\"", "\"share-of-files\" : 0.5");
  }

  @Test
  void endsWith3WhereThereIsNothingToCompare() throws IOException {
    Path file = Files.writeString(folder.resolve("acme.txt"), "x");

    assertThat(run(file)).isEqualTo(3);
    assertThat(run(folder.resolve("none.whl"))).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("Could not read ")
        .contains("none.whl: there is no such file");

    Path wheel = wheel().build().writeTo(folder);
    assertThat(compare(wheel.toString(), folder.resolve("other.whl").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("other.whl: there is no such file");
  }

  @Test
  void fetchesTheFilesOfAVersion() {
    try (FakeIndex index = FakeIndex.start()) {
      index.publish(wheel().build());
      index.publish(wheel().tags("cp312-cp312-win_amd64").build());
      index.publish(SdistBuilder.sdist("acme", "1.0").file("src/acme/core.py", CORE).build());
      String source = folder.resolve("source").toString();
      String url = "--index-url=" + index.uri();

      assertThat(compare("acme==1.0", "--source", source, url, "--fail-on", "critical")).isZero();
      assertThat(out.toString())
          .containsPattern("(?m)^acme-1.0-py3-none-any.whl$")
          .containsPattern("(?m)^acme-1.0.tar.gz$")
          .contains("2 targets")
          .doesNotContain("win_amd64");

      assertThat(compare("acme==2.0", "--source", source, url)).isEqualTo(3);
      assertThat(err.toString()).contains("Could not find acme 2.0: ", "has no such version");
    }
  }

  @Test
  void refusesAFileThatIsNotTheOneThatTheIndexLists() {
    try (FakeIndex index = FakeIndex.start()) {
      index.publish(wheel().build(), Offer::withWrongHashes);

      assertThat(compare("acme==1.0", "--index-url", index.uri().toString())).isEqualTo(3);
      assertThat(err.toString()).contains("its bytes are not those that the index states the hash");
    }
  }

  @Test
  void saysWhereTheMetadataNamesNoRepositoryOrOneThatNobodyMayAsk() throws IOException {
    assertThat(compare(wheel().build().writeTo(folder).toString())).isEqualTo(3);
    assertThat(told()).contains("not compared Not read", "names no repository.", "--source");

    Path here =
        wheel()
            .metadataHeader("Project-URL: Source, http://127.0.0.1:9/acme/acme")
            .build()
            .writeTo(folder);
    assertThat(compare(here.toString())).isEqualTo(3);
    assertThat(told()).contains("Could not fetch https://127.0.0.1/acme/acme: ", "private");
  }

  private Path other(String version, String core) throws IOException {
    return WheelBuilder.wheel("acme", version)
        .file("acme/core.py", core)
        .requiresDist("lib")
        .file(
            "acme-%s.dist-info/entry_points.txt".formatted(version),
            "[console_scripts]\nacme = acme.core:core\n")
        .build()
        .writeTo(folder);
  }

  @Test
  void holdsAVersionAgainstTheOneBefore() throws IOException {
    Path before = other("1.0", CORE);

    assertThat(compare(other("1.1", CORE).toString(), before.toString()))
        .as(out.toString())
        .isZero();
    assertThat(compare(other("1.2", "import os\n" + CORE).toString(), before.toString())).isOne();
    assertThat(out.toString()).contains("compare-modified-code", "| +import os");
  }

  @Test
  void holdsAWheelAgainstItsSdist() throws IOException {
    Path sdist =
        SdistBuilder.sdist("acme", "1.0").file("src/acme/core.py", CORE).build().writeTo(folder);

    assertThat(compare(wheel().build().writeTo(folder).toString(), sdist.toString())).isZero();
    Path more = wheel().file("acme.pth", "import acme\n").build().writeTo(folder);
    assertThat(compare(more.toString(), sdist.toString())).isOne();
    assertThat(out.toString()).contains("CRITICAL compare-startup-file");
    assertThat(compare(more.toString(), sdist.toString(), "--ref", "v1.0")).isEqualTo(2);
  }
}
