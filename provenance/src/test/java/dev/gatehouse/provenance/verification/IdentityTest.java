package dev.gatehouse.provenance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.RefKind;
import dev.gatehouse.provenance.identity.SignerIdentity;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signed, with certificates of an authority that gives whatever is asked for. */
final class IdentityTest {
  private static final TestIdentity GITHUB =
      TestIdentity.github("acme/demo", "release.yml", "v1.0");
  private static final TestIdentity GITLAB =
      TestIdentity.gitlab("acme/tools/demo", "ci/publish.yml", "v1.0");

  private static SignerIdentity signer(TestIdentity identity) {
    return Samples.verified(Samples.verify(Samples.sign().by(identity).attestation())).signer();
  }

  private static void assertRefused(Reason reason, TestIdentity identity) {
    Samples.assertRefused(reason, Samples.verify(Samples.sign().by(identity).attestation()));
  }

  private static Verification claimed(String claim, TestIdentity identity) {
    return Samples.verify(
        TestAuthority.provenance(claim, Samples.sign().by(identity).attestation()));
  }

  @Nested
  final class OnGitHub {
    @Test
    void isAWorkflowOfARepository() {
      assertThat(signer(GITHUB))
          .isEqualTo(
              new SignerIdentity(
                  new GitHubPublisher("acme", "demo", "release.yml"),
                  TestIdentity.COMMIT,
                  "refs/tags/v1.0",
                  "772247423",
                  "2314423",
                  "release",
                  "github-hosted",
                  null,
                  "https://github.com/acme/demo/actions/runs/1/attempts/1"));
    }

    @Test
    void mayBeAtTheCommitInPlaceOfTheRef() {
      String workflow = "https://github.com/acme/demo/.github/workflows/release.yml@";

      assertThat(signer(GITHUB.with(18, workflow + TestIdentity.COMMIT)).publisher())
          .isEqualTo(new GitHubPublisher("acme", "demo", "release.yml"));
    }

    @Test
    void namesTheWorkflowThatItCalled() {
      String called =
          "https://github.com/acme/shared/.github/workflows/publish.yml@refs/heads/main";

      SignerIdentity signer =
          signer(
              GITHUB
                  .with(9, called)
                  .named(new GeneralName(GeneralName.uniformResourceIdentifier, called)));

      assertThat(signer.publisher()).isEqualTo(new GitHubPublisher("acme", "demo", "release.yml"));
      assertThat(signer.signer()).isEqualTo(called);
    }

    @ParameterizedTest
    @CsvSource({
      "refs/tags/v1.0, TAG",
      "refs/heads/main, BRANCH",
      "refs/pull/7/merge, OTHER",
    })
    void tellsWhatTheRunWasFor(String ref, RefKind kind) {
      String workflow = "https://github.com/acme/demo/.github/workflows/release.yml@" + ref;

      assertThat(
              signer(
                      GITHUB
                          .with(14, ref)
                          .with(9, workflow)
                          .with(18, workflow)
                          .named(new GeneralName(GeneralName.uniformResourceIdentifier, workflow)))
                  .refKind())
          .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 11, 12, 13, 14, 15, 17, 18, 20})
    void isNobodyWithoutAnExtension(int extension) {
      assertRefused(Reason.NO_IDENTITY, GITHUB.without(extension));
    }

    @ParameterizedTest
    @CsvSource({
      "9, https://github.com/evil/demo/.github/workflows/release.yml@refs/tags/v1.0",
      "12, https://github.com/evil/demo",
      "12, https://github.com/acme/demo/more",
      "12, https://gitlab.com/acme/demo",
      "12, http://github.com/acme/demo",
      "13, 08802efe",
      "13, ----------------------------------------",
      "14, refs/tags/v2.0",
      "15, acme",
      "17, -1",
      "18, https://github.com/acme/demo/.github/workflows/release.yml",
      "18, https://github.com/acme/demo/.github/workflows/release.yml@refs/tags/v9",
      "18, https://github.com/acme/demo/.github/workflows/@refs/tags/v1.0",
      "18, https://github.com/acme/demo/.github/workflows/../x/release.yml@refs/tags/v1.0",
      "18, https://github.com/acme/demo/release.yml@refs/tags/v1.0",
      "18, https://github.com/evil/demo/.github/workflows/release.yml@refs/tags/v1.0",
      "18, https://github.com/acme/demo2/.github/workflows/release.yml@refs/tags/v1.0",
    })
    void isNobodyWhereExtensionsContradict(int extension, String text) {
      assertRefused(Reason.IDENTITY, GITHUB.with(extension, text));
    }

    @Test
    void isNobodyWhereTheCertificateWasGivenForAnotherName() {
      assertRefused(
          Reason.IDENTITY,
          GITHUB.named(
              new GeneralName(
                  GeneralName.uniformResourceIdentifier,
                  "https://github.com/evil/demo/.github/workflows/release.yml@refs/tags/v1.0")));
    }

    @Test
    void isWhomTheIndexNamesInAnyCase() {
      assertThat(claimed(TestAuthority.githubClaim("Acme/Demo", "release.yml"), GITHUB))
          .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void takesTheEnvironmentForTheIndexsWord() {
      assertThat(
              Samples.verified(
                      claimed(TestAuthority.githubClaim("acme/demo", "release.yml"), GITHUB))
                  .environment())
          .isEqualTo("pypi");
    }

    @ParameterizedTest
    @CsvSource({
      "evil/demo, release.yml",
      "acme/demo, Release.yml",
      "acme/demo, other.yml",
      "acmedemo, release.yml",
    })
    void isNobodyElseWhomTheIndexNames(String repository, String workflow) {
      Samples.assertRefused(
          Reason.OTHER_PUBLISHER, claimed(TestAuthority.githubClaim(repository, workflow), GITHUB));
    }
  }

  @Nested
  final class OnGitLab {
    @Test
    void isAPipelineOfAProject() {
      assertThat(signer(GITLAB).publisher())
          .isEqualTo(new GitLabPublisher("acme/tools/demo", "ci/publish.yml"));
    }

    @Test
    void isWhomTheIndexNames() {
      String claim =
          "{\"kind\":\"GitLab\",\"repository\":\"acme/tools/demo\",\"workflow_filepath\":\"%s\"}";

      assertThat(claimed(claim.formatted("ci/publish.yml"), GITLAB))
          .isInstanceOf(Verification.Verified.class);
      Samples.assertRefused(
          Reason.OTHER_PUBLISHER, claimed(claim.formatted(".gitlab-ci.yml"), GITLAB));
    }

    @Test
    void isNobodyOfAnotherServer() {
      assertRefused(Reason.UNKNOWN_ISSUER, GITLAB.with(8, "https://gitlab.example.com"));
      assertRefused(Reason.IDENTITY, GITLAB.with(12, "https://gitlab.example.com/acme/demo"));
    }
  }

  @Nested
  final class OfAnAccount {
    private static final String BUILDER = "builder@demo.iam.gserviceaccount.com";

    @Test
    void isItsAddress() {
      assertThat(signer(TestIdentity.google(BUILDER)))
          .isEqualTo(
              new SignerIdentity(
                  new AccountPublisher(Forge.GOOGLE, BUILDER),
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null));
      assertThat(
              claimed(
                  "{\"kind\":\"Google\",\"email\":\"" + BUILDER + "\"}",
                  TestIdentity.google(BUILDER)))
          .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void isNotTheSameAddressOfAnotherIssuer() {
      Samples.assertRefused(
          Reason.OTHER_PUBLISHER,
          claimed(
              "{\"kind\":\"Google\",\"email\":\"" + BUILDER + "\"}",
              TestIdentity.google(BUILDER).with(8, "https://github.com/login/oauth")));
    }

    @Test
    void isNobodyWithoutAnAddress() {
      assertRefused(Reason.NO_IDENTITY, TestIdentity.google("x").named(GITHUB.name()));
      assertRefused(Reason.IDENTITY, TestIdentity.google("not an address"));
    }
  }

  @Nested
  final class OfActiveState {
    @Test
    void isAProjectOfAnOrganization() {
      TestIdentity identity = TestIdentity.activeState("acme", "demo");

      assertThat(signer(identity).publisher()).isEqualTo(new ActiveStatePublisher("acme", "demo"));
      assertThat(
              claimed(
                  "{\"kind\":\"ActiveState\",\"organization\":\"acme\",\"project\":\"demo\"}",
                  identity))
          .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void isNobodyOfAnotherShape() {
      assertRefused(Reason.IDENTITY, TestIdentity.activeState("acme", "demo:project:other"));
      assertRefused(
          Reason.NO_IDENTITY, TestIdentity.activeState("acme", "demo").named(GITHUB.name()));
    }
  }

  @Nested
  final class OfAnybodyElse {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://evil.example",
          "https://token.actions.githubusercontent.com/",
          "https://token.actions.githubusercontent.com.evil.example",
          "https://TOKEN.actions.githubusercontent.com",
        })
    void isRefused(String issuer) {
      assertRefused(Reason.UNKNOWN_ISSUER, GITHUB.with(8, issuer));
    }

    @Test
    void isRefusedWhereTheIndexNamesAnUnknownKind() {
      Samples.assertRefused(Reason.OTHER_PUBLISHER, claimed("{\"kind\":\"Bitbucket\"}", GITHUB));
    }
  }
}
