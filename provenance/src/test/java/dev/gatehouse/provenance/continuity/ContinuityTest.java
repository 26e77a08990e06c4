package dev.gatehouse.provenance.continuity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContinuityTest {
  private static final Instant LOGGED = Instant.parse("2026-03-01T00:00:00Z");
  private static final ProjectName LITELLM = ProjectName.parse("litellm");

  /** The workflow of LiteLLM, as its releases until 1.82.6 would have named it. */
  private static final Signer USUAL = new Signer("BerriAI/litellm", "release.yml", "1", "2");

  /** What may change of a signer. */
  private record Signer(
      String repository,
      String workflow,
      String owner,
      String id,
      String ref,
      String runner,
      String trigger) {
    Signer(String repository, String workflow, String owner, String id) {
      this(repository, workflow, owner, id, "refs/tags/v1", "github-hosted", "release");
    }

    SignerIdentity identity() {
      return identity(GitHubPublisher.of(repository, workflow));
    }

    SignerIdentity identity(Publisher publisher) {
      return new SignerIdentity(
          publisher, "0".repeat(40), ref, id, owner, trigger, runner, null, null);
    }
  }

  private static Verification by(SignerIdentity signer) {
    return new Verification.Verified(
        List.of(new VerifiedAttestation(Predicate.PUBLISH, signer, true, null, LOGGED, 1)));
  }

  private static VersionProvenance version(String version, @Nullable Verification... files) {
    List<FileProvenance> all = new ArrayList<>();
    for (Verification file : files) {
      all.add(new FileProvenance("litellm-%s.%d".formatted(version, all.size()), file));
    }
    return new VersionProvenance(Version.parse(version), null, all);
  }

  private static VersionProvenance usual(String version) {
    return version(version, by(USUAL.identity()), by(USUAL.identity()));
  }

  private static List<String> found(VersionProvenance... versions) {
    return rules(Continuity.findings(List.of(versions)));
  }

  private static List<String> rules(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.severity() != Severity.INFO)
        .map(finding -> finding.path() + " " + finding.rule().name())
        .toList();
  }

  private static List<String> after(SignerIdentity next) {
    return found(usual("1.0"), version("1.1", by(next)));
  }

  @Test
  void reportsTheVersionThatLostItsAttestation() {
    List<Finding> findings =
        Continuity.findings(
            List.of(
                version("1.82.4", null, null),
                usual("1.82.5"),
                usual("1.82.6"),
                version("1.82.7", null, null),
                version("1.82.8", null, null)));

    assertThat(findings)
        .extracting(finding -> finding.path() + " " + finding.rule().name())
        .containsExactly(
            "1.82.5 provenance-first", "1.82.7 provenance-lost", "1.82.8 provenance-lost");
    assertThat(findings.get(1).severity()).isEqualTo(Severity.HIGH);
    assertThat(findings.get(1).message())
        .isEqualTo(
            "None of its files is attested; those of 1.82.6 are, by"
                + " github:BerriAI/litellm/.github/workflows/release.yml");
  }

  @Test
  void findsNothingWhereAllGoesOn() {
    assertThat(found(usual("1.0"), usual("1.1"), usual("2.0"))).isEmpty();
    assertThat(found(version("1.0", (Verification) null), version("1.1", (Verification) null)))
        .isEmpty();
  }

  @Test
  void goesByTheTimeOfPublicationWhereAllHaveOne() {
    VersionProvenance backport =
        new VersionProvenance(
            Version.parse("1.9"),
            LOGGED.plusSeconds(9),
            List.of(new FileProvenance("litellm-1.9.tar.gz", null)));
    VersionProvenance newer =
        new VersionProvenance(
            Version.parse("2.0"),
            LOGGED,
            List.of(new FileProvenance("litellm-2.0.tar.gz", by(USUAL.identity()))));

    assertThat(found(backport, newer)).containsExactly("1.9 provenance-lost");
  }

  @Test
  void reportsAFileThatWasAddedWithoutAnAttestation() {
    assertThat(found(usual("1.0"), version("1.1", by(USUAL.identity()), null)))
        .containsExactly("1.1 provenance-lost");
    assertThat(
            found(
                version("1.0", by(USUAL.identity()), null),
                version("1.1", by(USUAL.identity()), null)))
        .containsExactly("1.0 provenance-partial", "1.1 provenance-partial");
  }

  @Test
  void reportsAnAttestationThatDoesNotHoldAsNone() {
    Verification refused =
        new Verification.Refused(new Refusal(Reason.OTHER_DIGEST, "it is about other bytes"));

    assertThat(found(usual("1.0"), version("1.1", refused)))
        .containsExactly("1.1 provenance-invalid", "1.1 provenance-lost");
  }

  @Nested
  final class AnotherPublisher {
    @Test
    void isAnotherAccountAndRepository() {
      assertThat(after(new Signer("BerriAI/litellm", "release.yml", "8", "9").identity()))
          .containsExactly("1.1 provenance-publisher-changed");
    }

    @Test
    void isAnotherForge() {
      assertThat(after(USUAL.identity(new GitLabPublisher("BerriAI/litellm", ".gitlab-ci.yml"))))
          .containsExactly("1.1 provenance-publisher-changed");
      assertThat(after(USUAL.identity(new AccountPublisher(Forge.GITHUB_LOGIN, "a@b.example"))))
          .containsExactly("1.1 provenance-publisher-changed");
    }

    @Test
    void isAnotherOwnerOfTheRepository() {
      assertThat(after(new Signer("evil/litellm", "release.yml", "8", "2").identity()))
          .containsExactly("1.1 provenance-owner-changed");
    }

    @Test
    void isAnotherRepositoryOfTheOwner() {
      assertThat(after(new Signer("BerriAI/other", "release.yml", "1", "9").identity()))
          .containsExactly("1.1 provenance-repository-changed");
    }

    @Test
    void isNotANewName() {
      assertThat(after(new Signer("Litellm-AI/litellm", "release.yml", "1", "2").identity()))
          .containsExactly("1.1 provenance-renamed");
      assertThat(after(new Signer("berriai/LiteLLM", "release.yml", "1", "2").identity()))
          .isEmpty();
    }

    @Test
    void isNotOneOfSeveralThatWereKnown() {
      SignerIdentity other = new Signer("BerriAI/wheels", "build.yml", "1", "9").identity();

      assertThat(
              found(
                  version("1.0", by(USUAL.identity()), by(other)),
                  version("1.1", by(other), by(USUAL.identity()))))
          .isEmpty();
    }
  }

  @Nested
  final class AnotherWay {
    @Test
    void isAnotherWorkflow() {
      assertThat(after(new Signer("BerriAI/litellm", "nightly.yml", "1", "2").identity()))
          .containsExactly("1.1 provenance-workflow-changed");
    }

    @Test
    void isABranchInPlaceOfATag() {
      assertThat(
              after(
                  new Signer(
                          "BerriAI/litellm",
                          "release.yml",
                          "1",
                          "2",
                          "refs/heads/main",
                          "github-hosted",
                          "release")
                      .identity()))
          .containsExactly("1.1 provenance-ref-changed");
    }

    @Test
    void isAMachineOfTheirOwn() {
      assertThat(
              after(
                  new Signer(
                          "BerriAI/litellm",
                          "release.yml",
                          "1",
                          "2",
                          "refs/tags/v9",
                          "self-hosted",
                          "release")
                      .identity()))
          .containsExactly("1.1 provenance-runner-changed");
    }

    @Test
    void isAnotherEvent() {
      assertThat(
              after(
                  new Signer(
                          "BerriAI/litellm",
                          "release.yml",
                          "1",
                          "2",
                          "refs/tags/v9",
                          "github-hosted",
                          "workflow_dispatch")
                      .identity()))
          .containsExactly("1.1 provenance-trigger-changed");
    }
  }

  @Nested
  final class ABaseline {
    private final Baseline baseline =
        Baseline.of(List.of(Continuity.baseline(LITELLM, List.of(usual("1.0"))).orElseThrow()));

    @Test
    void isALineForEachPublisher() {
      assertThat(baseline.text().lines().filter(line -> !line.startsWith("#")))
          .containsExactly(
              "litellm 1.0 github:BerriAI/litellm/.github/workflows/release.yml owner-id=1"
                  + " repository-id=2 ref=tag runner=github-hosted trigger=release");
    }

    @Test
    void isReadAsItWasWritten() {
      Baseline strange =
          baseline.with(
              List.of(
                  new Baseline.Entry(
                      ProjectName.parse("acme"),
                      Version.parse("2"),
                      List.of(
                          KnownPublisher.of(
                              USUAL.identity(new GitLabPublisher("a/b/c", "ci/my%20file.yml"))),
                          KnownPublisher.of(
                              new SignerIdentity(
                                  new AccountPublisher(Forge.GOOGLE, "a@b.example"),
                                  null,
                                  null,
                                  null,
                                  null,
                                  null,
                                  null,
                                  null,
                                  null))))));

      assertThat(Baseline.parse(strange.text())).isEqualTo(strange);
      assertThat(Baseline.parse(strange.text()).text()).isEqualTo(strange.text());
    }

    @Test
    void holdsForEveryVersionAfterItsOwn() {
      Baseline.Entry entry = baseline.find(LITELLM).orElseThrow();
      SignerIdentity other = new Signer("evil/litellm", "release.yml", "8", "9").identity();

      assertThat(
              rules(
                  Continuity.findings(
                      List.of(
                          version("0.9", (Verification) null),
                          usual("1.0"),
                          version("1.1", by(other)),
                          version("1.2", by(other)),
                          version("1.3", (Verification) null)),
                      entry)))
          .containsExactly(
              "1.1 provenance-publisher-changed",
              "1.2 provenance-publisher-changed",
              "1.3 provenance-lost");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "litellm",
          "litellm 1.0",
          "litellm one github:a/b/.github/workflows/c.yml",
          "litellm 1.0 github:a/b",
          "litellm 1.0 github:a/b/.github/workflows/c.yml owner-id",
          "litellm 1.0 github:a/b/.github/workflows/c.yml owner=1",
          "litellm 1.0 github:a/b/.github/workflows/c.yml owner-id=1 owner-id=2",
          "litellm 1.0 github:a/b/.github/workflows/c.yml ref=main",
          "l 1 google:a@b\nl 2 google:a@b",
        })
    void isRefusedWhereALineIsWrong(String text) {
      assertThatThrownBy(() -> Baseline.parse("# head\n\n" + text + "\n"))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("line ");
    }
  }
}
