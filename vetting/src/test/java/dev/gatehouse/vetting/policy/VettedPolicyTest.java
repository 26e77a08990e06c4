package dev.gatehouse.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisoryKind;
import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The mode {@code vetted}: what it asks, and who can answer for what. */
class VettedPolicyTest {
  private static final ProjectName LITELLM = ProjectName.parse("litellm");
  private static final Sha256 BYTES = Sha256.parse("a".repeat(64));
  private static final Sha256 OTHER = Sha256.parse("b".repeat(64));
  private static final Instant NOW = Instant.parse("2026-03-24T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
  private static final BadVersion MALWARE = new BadVersion("MAL-2026-2144", List.of(), "steals");
  private static final Inspected HELD =
      new Inspected(List.of(), List.of("code-dropper: a.py:1"), List.of(), List.of());
  private static final Inspected REFUSED =
      new Inspected(
          List.of("startup-pth-exec: litellm_init.pth:1"), List.of(), List.of(), List.of());

  private static ArtifactName wheel() {
    return ArtifactName.parse("litellm-1.82.8-py3-none-any.whl", LITELLM);
  }

  private static Evidence.Builder old() {
    return Evidence.of(wheel(), BYTES).published(LONG_AGO).inspected(Inspected.CLEAN);
  }

  private static Evidence.Builder published(String time) {
    return old().published(Instant.parse(time));
  }

  private static Policy vetted(AllowRule... allow) {
    return with(VettingRules.DEFAULT, allow);
  }

  private static Policy with(VettingRules rules, AllowRule... allow) {
    return new Policy(Mode.VETTED, List.of(), List.of(allow), List.of(), rules);
  }

  private static VettingRules rules(
      Duration minimum, List<ProjectPattern> exempt, @Nullable Instant notAfter, boolean inspect) {
    return new VettingRules(
        minimum, exempt, notAfter, 2, inspect, AdvisorySeverity.HIGH, Duration.ofDays(3));
  }

  private static AllowRule allow(String versions, Sha256... bytes) {
    return new AllowRule(LITELLM, List.of(SpecifierSet.parse(versions)), Set.of(bytes));
  }

  private static Decision decision(Decision.Kind kind, String by, @Nullable Instant until) {
    return new Decision(
        1, kind, LITELLM, Version.parse("1.82.8"), BYTES, by, "because", LONG_AGO, until);
  }

  private static Decision approvedBy(String name) {
    return decision(Decision.Kind.APPROVE, name, null);
  }

  private static String verdict(Policy policy, Evidence.Builder evidence) {
    Verdict verdict = policy.judge(evidence.build(), NOW);
    return verdict.word() + " " + verdict.reason().code();
  }

  @Test
  void admitsWhatNothingSpeaksAgainst() {
    assertThat(verdict(vetted(), old())).isEqualTo("admit vetted");
  }

  @Test
  void neverGuessesAboutBytesThatNobodyLookedAt() {
    assertThat(verdict(vetted(), old().inspected(null))).isEqualTo("pending not-inspected");
    assertThat(verdict(with(rules(Duration.ZERO, List.of(), null, false)), old().inspected(null)))
        .isEqualTo("admit vetted");
  }

  @Test
  void holdsWhatCouldNotBeExamined() {
    Inspected partly = new Inspected(List.of(), List.of(), List.of(), List.of("a.py: is no text"));

    assertThat(verdict(vetted(), old().inspected(partly))).isEqualTo("hold inspection-incomplete");
  }

  private static final Compared LIKE_ITS_SOURCE =
      new Compared(List.of(), List.of(), List.of(), 100);

  @Test
  void comparesAlsoWhereNothingIsInspected() {
    VettingRules rules =
        new VettingRules(
            Duration.ZERO,
            List.of(),
            null,
            2,
            false,
            null,
            Duration.ofDays(3),
            new CompareRules(List.of(ProjectPattern.parse("litellm")), 0));

    assertThat(verdict(with(rules), old().inspected(null))).isEqualTo("pending not-inspected");
    assertThat(compared(with(rules), LIKE_ITS_SOURCE)).isEqualTo("admit vetted");
  }

  private static VettingRules comparing(String project, int minimumCoverage) {
    return new VettingRules(
        Duration.ZERO,
        List.of(),
        null,
        2,
        true,
        null,
        Duration.ofDays(3),
        new CompareRules(List.of(ProjectPattern.parse(project)), minimumCoverage));
  }

  private static String compared(Policy policy, Compared result) {
    return verdict(policy, old().inspected(Inspected.CLEAN.with(result)));
  }

  @Test
  void doesNotServeWhatHasToBeComparedBeforeItIs() {
    assertThat(verdict(with(comparing("litellm", 0)), old())).isEqualTo("pending not-inspected");
    assertThat(verdict(with(comparing("lite*", 0)), old())).isEqualTo("pending not-inspected");
    assertThat(verdict(with(comparing("other", 0)), old())).isEqualTo("admit vetted");
    assertThat(compared(with(comparing("litellm", 0)), LIKE_ITS_SOURCE)).isEqualTo("admit vetted");
  }

  @Test
  void goesByWhatAComparisonFoundWhetherOrNotItHadToBe() {
    List<String> some = List.of("litellm_init.pth: Is nowhere in the source");

    assertThat(compared(vetted(), new Compared(some, List.of(), List.of(), 99)))
        .isEqualTo("refuse source");
    assertThat(compared(vetted(), new Compared(List.of(), some, List.of(), 99)))
        .isEqualTo("hold source-review");
    assertThat(compared(vetted(), new Compared(List.of(), List.of(), some, 99)))
        .isEqualTo("hold source-incomplete");
    assertThat(
            compared(
                with(comparing("other", 98)), new Compared(List.of(), List.of(), List.of(), 97)))
        .isEqualTo("hold source-coverage");
    assertThat(
            compared(
                with(comparing("other", 98)), new Compared(List.of(), List.of(), List.of(), 98)))
        .isEqualTo("admit vetted");
  }

  @Test
  void letsAPersonAnswerForWhatWasNotCompared() {
    Compared incomplete = new Compared(List.of(), List.of(), List.of("no repository"), 0);
    Evidence.Builder approved =
        old().inspected(Inspected.CLEAN.with(incomplete)).decisions(List.of(approvedBy("ann")));

    assertThat(verdict(with(comparing("litellm", 98)), approved)).isEqualTo("admit approved");
  }

  @Test
  void doesNotServeWhatHasAProvenanceThatNobodyLookedAt() {
    assertThat(verdict(vetted(), old().provenance(null))).isEqualTo("pending not-inspected");
    assertThat(verdict(vetted(allow("==1.82.8", BYTES)), old().provenance(null)))
        .isEqualTo("admit vetted");
  }

  private static Provenance broken(boolean holds) {
    return new Provenance(
        null, null, List.of(new Provenance.Break("provenance-lost", "it is lost", holds)));
  }

  @Test
  void holdsABrokenLineOfPublishersUntilSomebodyAnswersForIt() {
    assertThat(verdict(vetted(), old().provenance(broken(true)))).isEqualTo("hold provenance-lost");
    assertThat(verdict(vetted(), old().provenance(broken(false)))).isEqualTo("admit vetted");
    assertThat(
            verdict(vetted(), old().provenance(broken(true)).decisions(List.of(approvedBy("ann")))))
        .isEqualTo("admit approved");
    assertThat(verdict(vetted(allow("==1.82.8")), old().provenance(broken(true))))
        .isEqualTo("admit approved");
    assertThat(verdict(vetted(allow(">=1.82")), old().provenance(broken(true))))
        .isEqualTo("hold provenance-lost");
  }

  @Test
  void admitsNothingForItsProvenanceAlone() {
    Verification good =
        new Verification.Verified(
            List.of(
                new VerifiedAttestation(
                    Predicate.PUBLISH,
                    new SignerIdentity(
                        Publisher.parse("github:a/b/.github/workflows/c.yml"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                    true,
                    null,
                    LONG_AGO,
                    1)));
    Provenance attested = new Provenance(good, null, List.of());

    assertThat(verdict(vetted(), old().inspected(HELD).provenance(attested)))
        .isEqualTo("hold inspection-review");
    assertThat(verdict(vetted(), published("2026-03-24T11:00:00Z").provenance(attested)))
        .isEqualTo("hold too-young");
  }

  @Test
  void holdsWhatASnapshotDoesNotListInEveryModeWhoeverApprovedIt() {
    for (Mode mode : Mode.values()) {
      Policy policy = new Policy(mode, List.of(), List.of(allow("==1.82.8", BYTES)), List.of());
      Evidence.Builder outside =
          old().outside("march").decisions(List.of(approvedBy("ann"), approvedBy("bob")));

      assertThat(verdict(policy, old())).as(mode.text()).startsWith("admit");
      assertThat(verdict(policy, outside)).as(mode.text()).isEqualTo("hold not-in-snapshot");
    }
  }

  @Test
  void aSnapshotLiftsNothing() {
    Evidence.Builder listed = old().outside(null);

    assertThat(verdict(vetted(), listed.inspected(HELD))).isEqualTo("hold inspection-review");
    assertThat(verdict(vetted(), listed.inspected(REFUSED).outside("march")))
        .isEqualTo("refuse inspection");
  }

  @Nested
  class Age {
    @Test
    void holdsAFileUntilItIsOldEnough() {
      Verdict verdict = vetted().judge(published("2026-03-22T11:00:30Z").build(), NOW);

      assertThat(verdict.end()).contains(Instant.parse("2026-03-29T11:00:30Z"));
      assertThat(verdict.reason().text())
          .isEqualTo("published 2 days ago; held until 2026-03-29 11:01 UTC");
    }

    @Test
    void endsByItself() {
      Evidence evidence = published("2026-03-22T11:00:00Z").build();

      assertThat(vetted().judge(evidence, Instant.parse("2026-03-29T10:59:59Z")).word())
          .isEqualTo("hold");
      assertThat(vetted().judge(evidence, Instant.parse("2026-03-29T11:00:00Z")).word())
          .isEqualTo("admit");
    }

    @Test
    void isNotAskedOfExemptProjectsNorOfFolders() {
      Policy policy =
          with(rules(Duration.ofDays(7), List.of(ProjectPattern.parse("lite*")), null, true));

      assertThat(verdict(policy, published("2026-03-24T11:00:00Z"))).isEqualTo("admit vetted");
      assertThat(verdict(vetted(), old().published(null))).isEqualTo("admit vetted");
    }

    @Test
    void takesTwoPeopleToBeLifted() {
      Evidence.Builder young = published("2026-03-24T11:00:00Z");

      assertThat(verdict(vetted(), young.decisions(List.of(approvedBy("ann")))))
          .isEqualTo("hold too-young");
      assertThat(verdict(vetted(), young.decisions(List.of(approvedBy("ann"), approvedBy("ann")))))
          .isEqualTo("hold too-young");
      assertThat(verdict(vetted(), young.decisions(List.of(approvedBy("ann"), approvedBy("bob")))))
          .isEqualTo("admit approved");
    }

    @Test
    void aForgedAdvisoryDoesNotOpenTheDoor() {
      Evidence.Builder fix =
          published("2026-03-24T11:00:00Z").advisories(null, List.of(), List.of("PYSEC-2026-1"));

      Verdict verdict = vetted().judge(fix.build(), NOW);

      assertThat(verdict.word()).isEqualTo("hold");
      assertThat(verdict.reason().text())
          .contains("it mends PYSEC-2026-1")
          .contains("2 approvers together");
      assertThat(verdict(vetted(), fix.decisions(List.of(approvedBy("ann")))))
          .isEqualTo("hold too-young");
      assertThat(verdict(vetted(), fix.decisions(List.of(approvedBy("ann"), approvedBy("bob")))))
          .isEqualTo("admit approved");
    }

    @Test
    void nothingLiftsTheDateOfAnIncident() {
      Instant notAfter = Instant.parse("2026-03-24T10:00:00Z");
      Policy policy =
          with(
              rules(Duration.ZERO, List.of(ProjectPattern.parse("litellm")), notAfter, true),
              allow("==1.82.8", BYTES));

      assertThat(
              verdict(
                  policy,
                  published("2026-03-24T10:39:00Z")
                      .decisions(List.of(approvedBy("ann"), approvedBy("bob")))))
          .isEqualTo("hold not-after");
      assertThat(verdict(policy, published("2026-03-24T09:00:00Z"))).isEqualTo("admit vetted");
    }
  }

  @Nested
  class Advisories {
    @Test
    void malwareIsRefusedAndOnlyAHashLetsItIn() {
      Evidence.Builder bad = old().advisories(MALWARE, List.of(), List.of());

      assertThat(vetted().judge(bad.build(), NOW).reason().text())
          .isEqualTo("MAL-2026-2144 names it as malware: steals");
      assertThat(verdict(vetted(allow("==1.82.8")), bad)).isEqualTo("refuse malware");
      assertThat(verdict(vetted(), bad.decisions(List.of(approvedBy("ann"), approvedBy("bob")))))
          .isEqualTo("refuse malware");
      assertThat(verdict(vetted(allow("==1.82.8", OTHER)), bad)).isEqualTo("refuse malware");
      assertThat(verdict(vetted(allow("==1.82.8", BYTES)), bad)).isEqualTo("admit approved");
    }

    @Test
    void aVulnerabilityHoldsFromTheChosenSeverityOn() {
      Policy policy = with(rules(Duration.ZERO, List.of(), null, true));

      assertThat(verdict(policy, vulnerable(AdvisorySeverity.CRITICAL)))
          .isEqualTo("hold vulnerable");
      assertThat(verdict(policy, vulnerable(AdvisorySeverity.HIGH))).isEqualTo("hold vulnerable");
      assertThat(verdict(policy, vulnerable(AdvisorySeverity.MEDIUM))).isEqualTo("admit vetted");
      assertThat(verdict(policy, vulnerable(null))).isEqualTo("admit vetted");
    }

    @Test
    void staleOnesHold() {
      assertThat(verdict(vetted(), old().advisoriesStale("the advisories are 4 days old")))
          .isEqualTo("hold advisories-stale");
    }

    private Evidence.Builder vulnerable(@Nullable AdvisorySeverity severity) {
      Advisory advisory =
          new Advisory(
              "PYSEC-1",
              List.of(),
              AdvisoryKind.VULNERABILITY,
              severity,
              "",
              Instant.EPOCH,
              null,
              List.of());
      return old().advisories(null, List.of(advisory), List.of());
    }
  }

  @Nested
  class People {
    @Test
    void releaseAHoldAndAreNamed() {
      Evidence.Builder held = old().inspected(HELD).decisions(List.of(approvedBy("ann")));

      assertThat(vetted().judge(held.build(), NOW).reason().text())
          .isEqualTo("approved by ann (because), although code-dropper: a.py:1");
    }

    @Test
    void doNotReleaseWhatTheInspectionRefuses() {
      Evidence.Builder refused =
          old().inspected(REFUSED).decisions(List.of(approvedBy("ann"), approvedBy("bob")));

      assertThat(verdict(vetted(), refused)).isEqualTo("refuse inspection");
      assertThat(verdict(vetted(allow("==1.82.8", BYTES)), refused)).isEqualTo("admit approved");
    }

    @Test
    void approveTheBytesThatTheySaw() {
      Evidence.Builder others =
          Evidence.of(wheel(), OTHER)
              .published(LONG_AGO)
              .inspected(HELD)
              .decisions(List.of(approvedBy("ann")));

      assertThat(verdict(vetted(), others)).isEqualTo("hold inspection-review");
    }

    @Test
    void mayEndTheirDecision() {
      Evidence.Builder held =
          old().inspected(HELD).decisions(List.of(decision(Decision.Kind.APPROVE, "ann", NOW)));

      assertThat(verdict(vetted(), held)).isEqualTo("hold inspection-review");
    }

    @Test
    void areOverruledByTheStricterRuleAndToldSo() {
      Policy policy =
          new Policy(
              Mode.VETTED,
              List.of(),
              List.of(allow("==1.82.8", BYTES)),
              List.of(new DenyRule(LITELLM, List.of(SpecifierSet.parse("==1.82.8")), "MAL-1")));

      Verdict verdict = policy.judge(old().decisions(List.of(approvedBy("ann"))).build(), NOW);

      assertThat(verdict)
          .isEqualTo(
              new Verdict.Refuse(
                  List.of(
                      new Reason("denied", "MAL-1"),
                      new Reason("overruled", "ann approved it, and the stricter rule wins"))));
    }

    @Test
    void recallInEveryMode() {
      Evidence.Builder recalled =
          old().decisions(List.of(decision(Decision.Kind.RECALL, "ann", null)));

      assertThat(verdict(vetted(allow("==1.82.8", BYTES)), recalled)).isEqualTo("refuse recalled");
      assertThat(verdict(Policy.observing(), recalled)).isEqualTo("refuse recalled");
      assertThat(
              verdict(
                  new Policy(
                      Mode.ALLOWLIST, List.of(), List.of(allow("==1.82.8", BYTES)), List.of()),
                  recalled))
          .isEqualTo("refuse recalled");
    }
  }

  @Test
  void anAllowedRangeLiftsNothing() {
    Evidence.Builder held = old().inspected(HELD);

    assertThat(verdict(vetted(allow(">=1.80")), held)).isEqualTo("hold inspection-review");
    assertThat(verdict(vetted(allow("==1.82.*")), held)).isEqualTo("hold inspection-review");
    assertThat(verdict(vetted(allow("==1.82.8")), held)).isEqualTo("admit approved");
  }

  @Test
  void whatTheUpstreamRemovedIsHeldInEveryMode() {
    Evidence.Builder gone = old().removed("its upstream no longer lists it");

    assertThat(verdict(vetted(), gone)).isEqualTo("hold upstream-removed");
    assertThat(verdict(Policy.observing(), gone)).isEqualTo("hold upstream-removed");
  }

  @Test
  void observingSaysWhatVettingWouldHold() {
    Verdict verdict =
        Policy.observing().judge(published("2026-03-24T11:00:00Z").inspected(HELD).build(), NOW);

    assertThat(verdict.word()).isEqualTo("admit");
    assertThat(verdict.reasons().stream().map(Reason::code))
        .containsExactly("observed", "inspection-review", "too-young");
    assertThat(verdict.reasons().getLast().text()).startsWith("would be held: published 1 h ago");
  }

  @Test
  void anotherPolicyHasAnotherFingerprint() {
    assertThat(vetted().fingerprint()).isEqualTo(vetted().fingerprint());
    assertThat(vetted().fingerprint()).isNotEqualTo(vetted(allow("==1.0")).fingerprint());
    assertThat(vetted().fingerprint())
        .isNotEqualTo(with(rules(Duration.ZERO, List.of(), null, true)).fingerprint());
  }
}
