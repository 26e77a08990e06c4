package dev.gatehouse.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final ProjectName LITELLM = ProjectName.parse("litellm");
  private static final Sha256 GOOD = Sha256.parse("a".repeat(64));
  private static final Sha256 OTHER = Sha256.parse("b".repeat(64));

  private static final Instant NOW = Instant.parse("2026-03-24T12:00:00Z");

  private static Evidence wheel(String version) {
    return Evidence.of(name(version), GOOD).build();
  }

  private static ArtifactName name(String version) {
    return ArtifactName.parse("litellm-" + version + "-py3-none-any.whl", LITELLM);
  }

  private static List<SpecifierSet> versions(String... sets) {
    return Arrays.stream(sets).map(SpecifierSet::parse).toList();
  }

  private static Policy policy(Mode mode, List<AllowRule> allow, List<DenyRule> deny) {
    return new Policy(mode, List.of(), allow, deny);
  }

  private static String verdict(Policy policy, Evidence evidence) {
    Verdict verdict = policy.judge(evidence, NOW);
    return verdict.word() + " " + verdict.reason().code();
  }

  @Nested
  class Observing {
    @Test
    void admitsWhatNoRuleNames() {
      assertThat(verdict(Policy.observing(), wheel("1.82.6"))).isEqualTo("admit observed");
    }

    @Test
    void refusesTheDeniedVersionsAndOnlyThese() {
      Policy policy =
          policy(
              Mode.OBSERVE,
              List.of(),
              List.of(new DenyRule(LITELLM, versions("==1.82.7", "==1.82.8"), "MAL-2026-2144")));

      assertThat(policy.judge(wheel("1.82.8"), NOW))
          .isEqualTo(new Verdict.Refuse(new Reason("denied", "MAL-2026-2144")));
      assertThat(verdict(policy, wheel("1.82.7"))).isEqualTo("refuse denied");
      assertThat(verdict(policy, wheel("1.82.6"))).isEqualTo("admit observed");
      assertThat(verdict(policy, wheel("1.82.70"))).isEqualTo("admit observed");
    }

    @Test
    void refusesPreReleasesInsideADeniedRange() {
      Policy policy =
          policy(
              Mode.OBSERVE, List.of(), List.of(new DenyRule(LITELLM, versions("<2"), "too old")));

      assertThat(verdict(policy, wheel("1.9rc1"))).isEqualTo("refuse denied");
      assertThat(verdict(policy, wheel("2.0"))).isEqualTo("admit observed");
    }

    @Test
    void deniesEveryVersionWhereTheRuleNamesNone() {
      Policy policy =
          policy(Mode.OBSERVE, List.of(), List.of(new DenyRule(LITELLM, List.of(), "")));

      assertThat(policy.judge(wheel("9.9"), NOW))
          .isEqualTo(new Verdict.Refuse(new Reason("denied", "a deny rule names it")));
    }
  }

  @Nested
  class Allowlisting {
    @Test
    void refusesWhatNoRuleAllows() {
      Policy policy =
          policy(
              Mode.ALLOWLIST,
              List.of(new AllowRule(LITELLM, versions("==1.82.6"), Set.of())),
              List.of());

      assertThat(verdict(policy, wheel("1.82.6"))).isEqualTo("admit allowed");
      assertThat(verdict(policy, wheel("1.82.5"))).isEqualTo("refuse not-allowed");
    }

    @Test
    void doesNotLetAnotherProjectInByARuleForThisOne() {
      Policy policy =
          policy(Mode.ALLOWLIST, List.of(new AllowRule(LITELLM, List.of(), Set.of())), List.of());
      ProjectName requests = ProjectName.parse("requests");
      Evidence other =
          Evidence.of(ArtifactName.parse("requests-2.0-py3-none-any.whl", requests), GOOD).build();

      assertThat(verdict(policy, other)).isEqualTo("refuse not-allowed");
    }

    @Test
    void letsOnlyTheNamedBytesIn() {
      Policy policy =
          policy(
              Mode.ALLOWLIST,
              List.of(new AllowRule(LITELLM, versions("==1.82.6"), Set.of(GOOD))),
              List.of());

      assertThat(verdict(policy, wheel("1.82.6"))).isEqualTo("admit allowed");
      assertThat(verdict(policy, Evidence.of(name("1.82.6"), OTHER).build()))
          .isEqualTo("refuse hash-not-allowed");
      assertThat(verdict(policy, Evidence.of(name("1.82.6"), null).build()))
          .isEqualTo("refuse hash-not-allowed");
    }

    @Test
    void hearsADenialBeforeAnAllowance() {
      Policy policy =
          policy(
              Mode.ALLOWLIST,
              List.of(new AllowRule(LITELLM, List.of(), Set.of(GOOD))),
              List.of(new DenyRule(LITELLM, versions("==1.82.8"), "MAL-2026-2144")));

      assertThat(verdict(policy, wheel("1.82.8"))).isEqualTo("refuse denied");
    }
  }

  @Nested
  class ChangedBytes {
    private final Evidence changed = Evidence.of(name("1.0"), OTHER).firstSeen(GOOD).build();

    @Test
    void areHeldInEveryMode() {
      Policy allowing =
          policy(Mode.ALLOWLIST, List.of(new AllowRule(LITELLM, List.of(), Set.of())), List.of());

      assertThat(verdict(Policy.observing(), changed)).isEqualTo("hold bytes-changed");
      assertThat(verdict(allowing, changed)).isEqualTo("hold bytes-changed");
    }

    @Test
    void areReleasedByARuleThatNamesThem() {
      List<AllowRule> naming = List.of(new AllowRule(LITELLM, versions("==1.0"), Set.of(OTHER)));

      assertThat(verdict(policy(Mode.OBSERVE, naming, List.of()), changed))
          .isEqualTo("admit observed");
      assertThat(verdict(policy(Mode.ALLOWLIST, naming, List.of()), changed))
          .isEqualTo("admit allowed");
    }

    @Test
    void areNotReleasedByARuleThatNamesTheBytesOfAnotherVersion() {
      List<AllowRule> other = List.of(new AllowRule(LITELLM, versions("==2.0"), Set.of(OTHER)));

      assertThat(verdict(policy(Mode.OBSERVE, other, List.of()), changed))
          .isEqualTo("hold bytes-changed");
    }

    @Test
    void areNotEvidenceWhenTheHashesAreTheSame() {
      assertThatThrownBy(() -> Evidence.of(name("1.0"), GOOD).firstSeen(GOOD).build())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
