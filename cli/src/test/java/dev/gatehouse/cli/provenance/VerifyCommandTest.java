package dev.gatehouse.cli.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.provenance.refresh.TestTufRepository;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.provenance.verification.TestIdentity;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse verify} with an authority of our own, and an index that a test fills. */
final class VerifyCommandTest {
  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final TestAuthority AUTHORITY = TestAuthority.create();
  private static final TestIdentity USUAL =
      TestIdentity.github("BerriAI/litellm", "release.yml", "v1");
  private static final String CLAIM = TestAuthority.githubClaim("BerriAI/litellm", "release.yml");

  private final FakeIndex index = FakeIndex.start();
  private final TestTufRepository mirror = TestTufRepository.start(NOW);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeTheTrustedRoot() throws IOException {
    Files.write(folder.resolve("root.json"), AUTHORITY.trustedRoot());
  }

  @AfterEach
  void closeTheIndex() {
    index.close();
    mirror.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--trusted-root=" + folder.resolve("root.json"));
    return execute(all);
  }

  private int execute(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--index-url=" + index.uri());
    CommandLine command =
        new CommandLine(
            new VerifyCommand(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
                "test",
                InstantSource.fixed(NOW),
                mirror::repository));
    command.setExecutionExceptionHandler(
        (e, _, _) -> {
          err.append(String.valueOf(e.getMessage()));
          return e instanceof CommandFailure failure ? failure.exitCode().code() : 99;
        });
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }

  /** What was found, as TARGET RULE or PATH RULE. */
  private List<String> found() {
    JsonNode targets = new JsonMapper().readTree(out.toString()).path("targets");
    List<String> found = new ArrayList<>();
    for (JsonNode target : targets) {
      StreamSupport.stream(target.path("findings").spliterator(), false)
          .forEach(
              finding ->
                  found.add(
                      "%s %s"
                          .formatted(
                              finding.path("path").isNull()
                                  ? target.path("target").asString()
                                  : finding.path("path").asString(),
                              finding.path("rule").asString())));
    }
    return found;
  }

  private static SampleArtifact litellm(String version) {
    return WheelBuilder.wheel("litellm", version).build();
  }

  private static String attestation(SampleArtifact artifact, TestIdentity signer) {
    return AUTHORITY.sign(artifact.filename(), artifact.sha256()).by(signer).attestation();
  }

  private SampleArtifact publish(String version) {
    SampleArtifact artifact = litellm(version);
    index.publish(
        artifact,
        offer -> offer.provenance(TestAuthority.provenance(CLAIM, attestation(artifact, USUAL))));
    return artifact;
  }

  @Nested
  final class LocalFiles {
    @Test
    void areVerifiedByTheDocumentThatIsNamed() throws IOException {
      SampleArtifact artifact = litellm("1.82.6");
      Path wheel = artifact.writeTo(folder);
      Path document =
          Files.writeString(
              folder.resolve("p.json"),
              TestAuthority.provenance(CLAIM, attestation(artifact, USUAL)));

      assertThat(run(wheel.toString(), "--provenance", document.toString())).isZero();
      assertThat(out.toString())
          .contains(
              "attested (publish) by github:BerriAI/litellm/.github/workflows/release.yml",
              "source commit " + TestIdentity.COMMIT + " of refs/tags/v1",
              "run started by release, on a github-hosted runner",
              "environment pypi (the index's word, nobody signed it)",
              "checked: one subject",
              "days old",
              "1 target: nothing found; clean");
    }

    @Test
    void areVerifiedByWhatLiesBesideThem() throws IOException {
      SampleArtifact artifact = litellm("1.82.6");
      Path wheel = artifact.writeTo(folder);
      assertThat(run(wheel.toString())).isZero();
      assertThat(out.toString()).contains("not attested");

      Files.writeString(
          wheel.resolveSibling(wheel.getFileName() + ".publish.attestation"),
          attestation(artifact, USUAL));
      assertThat(run(wheel.toString())).isZero();
      assertThat(out.toString()).contains("attested (publish) by github:BerriAI/litellm/");
    }

    @Test
    void areRefusedWhereTheyWereAltered() throws IOException {
      SampleArtifact artifact = litellm("1.82.6");
      Path wheel = artifact.writeTo(folder);
      Files.writeString(
          wheel.resolveSibling(wheel.getFileName() + ".provenance"),
          TestAuthority.provenance(CLAIM, attestation(artifact, USUAL)));
      Files.writeString(wheel, "altered");

      assertThat(run(wheel.toString())).isEqualTo(1);
      assertThat(out.toString())
          .contains("refused: it is about a file with the sha256", "(other-digest)")
          .contains("HIGH provenance-invalid");
    }

    @Test
    void areHeldAgainstThePolicyOfTheCommandLine() throws IOException {
      SampleArtifact artifact = litellm("1.82.6");
      Path wheel = artifact.writeTo(folder);

      assertThat(run(wheel.toString(), "--require-attestation", "--format=json")).isEqualTo(1);
      assertThat(found()).containsExactly(wheel + " provenance-missing");
      assertThat(run(wheel.toString(), "--publisher", "github:BerriAI/litellm", "--format=json"))
          .isEqualTo(1);
      assertThat(found()).containsExactly(wheel + " provenance-missing");

      Files.writeString(
          wheel.resolveSibling(wheel.getFileName() + ".attestation"), attestation(artifact, USUAL));
      assertThat(run(wheel.toString(), "--publisher", "github:berriai/litellm")).isZero();
      assertThat(run(wheel.toString(), "--publisher", "github:evil/litellm", "--format=json"))
          .isEqualTo(1);
      assertThat(found()).containsExactly(wheel + " provenance-publisher-unexpected");
    }

    @Test
    void areHeldAgainstThePolicyOfTheFile() throws IOException {
      Path wheel = litellm("1.82.6").writeTo(folder);
      Path config =
          Files.writeString(
              folder.resolve("gatehouse.toml"),
              """
              [[provenance]]
              projects = ["lite*"]
              require-attestation = true
              """);

      assertThat(run(wheel.toString(), "--config", config.toString(), "--format=json"))
          .isEqualTo(1);
      assertThat(found()).containsExactly(wheel + " provenance-missing");
      Files.writeString(
          config, "[[provenance]]\nprojects = [\"acme\"]\nrequire-attestation = true\n");
      assertThat(run(wheel.toString(), "--config", config.toString())).isZero();
      Files.writeString(config, "[[provenance]]\npublisher = \"x\"\n");
      assertThat(run(wheel.toString(), "--config", config.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("gatehouse.toml:2:");
    }

    @Test
    void endWith3WhereTheyCannotBeRead() throws IOException {
      assertThat(run(folder.resolve("none.whl").toString())).isEqualTo(3);
      assertThat(out.toString()).contains("there is no such file");
      Path other = Files.writeString(folder.resolve("notes.txt"), "x");
      assertThat(run(other.toString())).isEqualTo(3);
      assertThat(out.toString()).contains("is the file name of neither a wheel nor an sdist");
    }

    @Test
    void needATrustedRootThatIsOne() throws IOException {
      Path wheel = litellm("1.82.6").writeTo(folder);
      Files.writeString(folder.resolve("root.json"), "{\"tlogs\": 1}");

      assertThat(run(wheel.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("Could not use the trusted root");
    }
  }

  /** Without {@code --trusted-root}. */
  @Nested
  final class TrustedRoots {
    private int verify(String... options) throws IOException {
      out.getBuffer().setLength(0);
      SampleArtifact artifact = litellm("1.82.6");
      Path wheel = artifact.writeTo(folder);
      Path document = folder.resolve("p.json");
      Files.writeString(document, TestAuthority.provenance(CLAIM, attestation(artifact, USUAL)));
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of(wheel.toString(), "--provenance", document.toString()));
      return execute(all);
    }

    private Path configuration(String text) throws IOException {
      return Files.writeString(folder.resolve("gatehouse.toml"), text);
    }

    @Test
    void areRefreshedAndKept() throws IOException {
      mirror.publish(AUTHORITY.trustedRoot(), NOW);

      assertThat(verify()).isZero();
      assertThat(out.toString())
          .contains("trusted root: as TUF confirmed it on 2026-04-01, of 2024-01-01, 821 days old")
          .doesNotContain("not refreshed");
      mirror.close();
      assertThat(verify()).isZero();
      assertThat(out.toString()).contains("as TUF confirmed it on 2026-04-01");
    }

    @Test
    void areTheBuiltInOnesWithoutANetworkAndItIsSaid() throws IOException {
      mirror.close();

      assertThat(verify()).isEqualTo(1);
      assertThat(out.toString())
          .contains("trusted root: built in", "not refreshed: http://127.0.0.1");
    }

    @Test
    void areNotRefreshedByWhatDoesNotHoldAndItIsSaid() throws IOException {
      mirror.publish(AUTHORITY.trustedRoot(), NOW.minus(Duration.ofDays(8)));

      assertThat(verify("--format=json")).isEqualTo(1);
      assertThat(
              new JsonMapper()
                  .readTree(out.toString())
                  .at("/targets/0/details/trusted-root/note")
                  .asString(""))
          .contains("is refused (expired)");
    }

    @Test
    void areAskedForByNobodyWhoDoesNotWantIt() throws IOException {
      mirror.publish(AUTHORITY.trustedRoot(), NOW);

      verify("--no-refresh");
      verify("--config=" + configuration("[sigstore]\nrefresh = false\n"));
      run("--config=" + configuration(""), litellm("1.82.6").writeTo(folder).toString());
      verify("--config=" + configuration("[sigstore]\ntrusted-root = \"root.json\"\n"));

      assertThat(mirror.asked()).isEmpty();
      assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void areTheFileOfTheConfiguration() throws IOException {
      Path config = configuration("[sigstore]\ntrusted-root = \"root.json\"\n");
      assertThat(verify("--config=" + config)).isZero();
      assertThat(out.toString()).contains("trusted root: " + folder.resolve("root.json"));
      configuration("[sigstore]\ntrusted-root = \"none.json\"\n");
      assertThat(verify("--config=" + config)).isEqualTo(2);
      assertThat(err.toString()).contains("Could not use the trusted root", "none.json");
    }
  }

  @Nested
  final class Versions {
    @Test
    void areVerifiedByTheIndexsProvenance() {
      publish("1.82.6");

      assertThat(run("litellm==1.82.6")).isZero();
      assertThat(out.toString())
          .contains(
              "litellm-1.82.6-py3-none-any.whl", "attested (publish) by github:BerriAI/litellm/")
          .contains("as the index states it", "the index names the publisher of the certificate");
      assertThat(run("litellm==9.9")).isEqualTo(3);
      assertThat(out.toString()).contains("the index has no such version");
      assertThat(run("other==1")).isEqualTo(3);
      assertThat(out.toString()).contains("has no such project");
    }

    @Test
    void areRefusedWhereTheIndexNamesAnotherPublisher() {
      SampleArtifact artifact = litellm("1.82.6");
      index.publish(
          artifact,
          offer ->
              offer.provenance(
                  TestAuthority.provenance(
                      CLAIM,
                      attestation(artifact, TestIdentity.github("evil/litellm", "a.yml", "v1")))));

      assertThat(run("litellm==1.82.6")).isEqualTo(1);
      assertThat(out.toString()).contains("(other-publisher)");
    }

    @Test
    void ofARequirementsFileAreATable() throws IOException {
      SampleArtifact attested = publish("1.82.6");
      SampleArtifact plain = WheelBuilder.wheel("acme", "2.0").build();
      index.publish(plain);
      Path file =
          Files.writeString(
              folder.resolve("requirements.txt"),
              "litellm==1.82.6 --hash=sha256:%s\nacme==2.0\nloose>=1\n"
                  .formatted(attested.sha256()));

      assertThat(run("-r", file.toString())).isEqualTo(3);
      assertThat(out.toString())
          .containsPattern("FILE +ATTESTED +PUBLISHER +REF +IN THE LOG")
          .containsPattern("litellm-1.82.6-py3-none-any.whl +yes +github:BerriAI/litellm/")
          .containsPattern("acme-2.0-py3-none-any.whl +no")
          .contains("1 of 2 files are attested")
          .contains("Could not verify what loose settles on");

      Files.writeString(file, "litellm==1.82.6 --hash=sha256:%s\n".formatted("0".repeat(64)));
      assertThat(run("-r", file.toString())).isEqualTo(3);
      assertThat(out.toString()).contains("no file of it with a hash that is pinned");
    }
  }

  @Nested
  final class History {
    @BeforeEach
    void publishTheVersionsOfMarch2026() {
      publish("1.82.5");
      publish("1.82.6");
      index.publish(litellm("1.82.7"));
    }

    @Test
    void showsTheVersionThatLostItsAttestation() {
      assertThat(run("--history", "litellm")).isEqualTo(1);
      assertThat(out.toString())
          .containsPattern("1.82.5 +\\S+ \\S+ +yes +github:BerriAI/litellm/")
          .containsPattern("1.82.6 +\\S+ \\S+ +yes +github:BerriAI/litellm/")
          .containsPattern("1.82.7 +\\S+ \\S+ +no")
          .contains("HIGH provenance-lost", "None of its files is attested; those of 1.82.6 are")
          .contains("INFO provenance-first");
      assertThat(run("--history", "litellm", "--last", "1")).isZero();
    }

    @Test
    void isWrittenDownAndHeldAgainst() throws IOException {
      Path baseline = folder.resolve("publishers.txt");
      Files.writeString(baseline, "acme 1.0 google:a@b.example\n");

      assertThat(run("--history", "litellm", "--write-baseline", baseline.toString())).isEqualTo(1);
      assertThat(baseline)
          .content()
          .contains("acme 1.0 google:a@b.example\n")
          .contains(
              "litellm 1.82.6 github:BerriAI/litellm/.github/workflows/release.yml owner-id=");

      assertThat(run("litellm==1.82.6", "--baseline", baseline.toString())).isZero();
      assertThat(run("litellm==1.82.7", "--baseline", baseline.toString(), "--format=json"))
          .isEqualTo(1);
      assertThat(found()).containsExactly("1.82.7 provenance-lost");

      Files.writeString(baseline, "litellm one\n");
      assertThat(run("litellm==1.82.7", "--baseline", baseline.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("line 1: ");
    }
  }

  @Test
  void saysWhichOptionsDoNotGoTogether() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--last", "3", "litellm==1")).isEqualTo(2);
    assertThat(run("--history", "litellm", "--require-attestation")).isEqualTo(2);
    assertThat(run("a.whl", "b.whl", "--provenance", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("give one for each file");
  }
}
