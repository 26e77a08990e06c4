package dev.gatehouse.vetting.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import dev.gatehouse.vetting.policy.Provenance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file is held against. */
class PublisherLineTest {
  private static final ProjectName DEMO = ProjectName.parse("demo");
  private static final Verification OURS = by("release.yml", "1", "2");
  private static final Verification MOVED = by("other.yml", "1", "2");
  private static final Verification FOREIGN = by("release.yml", "98", "99");
  private static final Verification FORGED =
      new Verification.Refused(new Refusal(Reason.SIGNATURE, "its signature does not hold"));

  private static Verification by(String workflow, String owner, String repository) {
    Publisher publisher = Publisher.parse("github:acme/demo/.github/workflows/" + workflow);
    return signed(
        new SignerIdentity(
            publisher,
            "0".repeat(40),
            "refs/tags/v1",
            repository,
            owner,
            "release",
            null,
            null,
            null));
  }

  private static Verification signed(SignerIdentity signer) {
    return new Verification.Verified(
        List.of(
            new VerifiedAttestation(
                Predicate.SLSA, signer, true, "pypi", Instant.parse("2026-03-01T00:00:00Z"), 7)));
  }

  private static PublisherLine.File wheel(String version, @Nullable Verification verification) {
    return file("demo-" + version + "-py3-none-any.whl", verification);
  }

  private static PublisherLine.File sdist(String version, @Nullable Verification verification) {
    return file("demo-" + version + ".tar.gz", verification);
  }

  private static PublisherLine.File file(String name, @Nullable Verification verification) {
    return new PublisherLine.File(ArtifactName.parse(name, DEMO), verification);
  }

  private static ProvenanceLook look(
      PublisherLine.File file, @Nullable String ownUnavailable, @Nullable String others) {
    return new ProvenanceLook(
        Sha256.digest(new byte[0]), file.verification(), ownUnavailable, others, List.of());
  }

  /** The codes, of those that hold in capitals. */
  private static List<String> breaks(
      Set<String> admitted, PublisherLine.File file, PublisherLine.File... others) {
    return PublisherLine.breaks(
            file,
            Arrays.asList(others),
            admitted.stream().map(Version::parse).collect(Collectors.toSet()),
            look(file, null, null))
        .stream()
        .map(each -> (each.holds() ? "HOLDS " : "") + each.code())
        .toList();
  }

  private static List<String> breaks(PublisherLine.File file, PublisherLine.File... others) {
    return breaks(Set.of(), file, others);
  }

  @Test
  void isLostWhereTheVersionsBeforeHadOne() {
    assertThat(breaks(wheel("1.1", null), wheel("1.0", OURS)))
        .containsExactly("HOLDS provenance-lost");
    assertThat(breaks(wheel("1.1", FORGED), wheel("1.0", OURS)))
        .containsExactly("HOLDS provenance-lost");
    assertThat(breaks(wheel("1.2", null), wheel("1.0", OURS), wheel("1.1", null)))
        .containsExactly("HOLDS provenance-lost");
  }

  @Test
  void isNotLostWhereNoVersionBeforeHadOne() {
    assertThat(breaks(wheel("1.1", null))).isEmpty();
    assertThat(breaks(wheel("1.1", null), wheel("1.0", null), wheel("0.9", FORGED))).isEmpty();
    // Of later versions nothing follows for earlier ones.
    assertThat(breaks(wheel("1.1", null), wheel("1.2", OURS))).isEmpty();
  }

  @Test
  void goesByTheOrderOfVersionsAndNotOfLetters() {
    assertThat(breaks(wheel("1.10", OURS), wheel("1.9", FOREIGN), wheel("1.2", OURS)))
        .containsExactly("HOLDS provenance-publisher-changed");
  }

  @Test
  void holdsWheelsAgainstWheelsWhereThereAreSuch() {
    assertThat(breaks(sdist("1.1", null), wheel("1.0", OURS), sdist("1.0", null))).isEmpty();
    assertThat(breaks(sdist("1.1", null), wheel("1.0", OURS)))
        .containsExactly("HOLDS provenance-lost");
  }

  @Test
  void tellsAFileThatWasAddedFromOneOfAKindThatNeverHadAny() {
    PublisherLine.File added = file("demo-1.1-py2-none-any.whl", null);
    PublisherLine.File old = file("demo-1.0-py2-none-any.whl", null);

    assertThat(breaks(added, wheel("1.1", OURS), wheel("1.0", OURS)))
        .containsExactly("HOLDS provenance-lost");
    assertThat(breaks(added, wheel("1.1", OURS), wheel("1.0", OURS), old))
        .containsExactly("provenance-partial");
    assertThat(breaks(added, wheel("1.1", null), wheel("1.0", OURS), old))
        .containsExactly("HOLDS provenance-lost");
  }

  @Test
  void tellsOfSmallerChangesAndHoldsForLargerOnes() {
    assertThat(breaks(wheel("1.1", OURS), wheel("1.0", OURS))).isEmpty();
    assertThat(breaks(wheel("1.1", MOVED), wheel("1.0", OURS)))
        .containsExactly("provenance-workflow-changed");
    assertThat(breaks(wheel("1.1", FOREIGN), wheel("1.0", OURS)))
        .containsExactly("HOLDS provenance-publisher-changed");
  }

  @Test
  void doesNotFollowAVersionThatWasNeverServed() {
    PublisherLine.File[] before = {wheel("1.0", OURS), wheel("1.1", FOREIGN)};

    // Nobody here knows which of them is the right one.
    assertThat(breaks(Set.of(), wheel("1.2", FOREIGN), before)).isEmpty();
    assertThat(breaks(Set.of("1.0"), wheel("1.2", FOREIGN), before))
        .containsExactly("HOLDS provenance-publisher-changed");
    assertThat(breaks(Set.of("1.0"), wheel("1.2", OURS), before)).isEmpty();
    assertThat(breaks(Set.of("1.0", "1.1"), wheel("1.2", FOREIGN), before)).isEmpty();
  }

  @Test
  void holdsWhatCouldNotBeHadOnlyWhereThereIsALineOrThePageSpeaksOfOne() {
    PublisherLine.File file = wheel("1.1", null);
    List<PublisherLine.File> line = List.of(wheel("1.0", OURS));

    assertThat(PublisherLine.breaks(file, line, Set.of(), look(file, "no answer", null)))
        .extracting(Provenance.Break::code)
        .containsExactly("provenance-unavailable");
    assertThat(
            PublisherLine.breaks(file, List.of(), Set.of(), look(file, "no answer", "no answer")))
        .isEmpty();
    assertThat(PublisherLine.breaks(file, List.of(), Set.of(), look(file, null, "no answer")))
        .extracting(Provenance.Break::text)
        .containsExactly(
            "it has no attestation, and those of versions before it could not be had: no answer");
    assertThat(PublisherLine.breaks(file, List.of(), Set.of(), look(file, null, null))).isEmpty();
  }

  @Test
  void saysWhatWasLostInOneClause() {
    assertThat(
            PublisherLine.breaks(
                wheel("1.1", null),
                List.of(wheel("1.0", OURS)),
                Set.of(),
                look(wheel("1.1", null), null, null)))
        .extracting(Provenance.Break::text)
        .containsExactly(
            "no attestation, although earlier versions had one: none of its files is attested;"
                + " those of 1.0 are, by github:acme/demo/.github/workflows/release.yml");
  }

  @ParameterizedTest
  @EnumSource(Forge.class)
  void storesWhoeverPublished(Forge forge) {
    Publisher publisher =
        Publisher.parse(
            switch (forge) {
              case GITHUB -> "github:Acme/demo/.github/workflows/release.yml";
              case GITLAB -> "gitlab:acme/group/demo//ci/release.yml";
              case GOOGLE -> "google:robot@acme.example";
              case GITHUB_LOGIN -> "github-login:ann@acme.example";
              case ACTIVESTATE -> "activestate:acme/demo";
            });
    Verification verification =
        signed(new SignerIdentity(publisher, "c", "r", "1", "2", "t", "h", "s", "u"));

    assertThat(VerificationText.read(VerificationText.write(verification))).isEqualTo(verification);
    assertThat(VerificationText.read(VerificationText.write(FORGED))).isEqualTo(FORGED);
    assertThat(VerificationText.read(VerificationText.write(OURS))).isEqualTo(OURS);
  }
}
