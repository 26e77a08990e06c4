package dev.gatehouse.inspection.knownbad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisoryKind;
import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.advisories.AffectedProject;
import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.advisories.PersistencePath;
import dev.gatehouse.advisories.VersionRange;
import dev.gatehouse.advisories.VersionRange.Event;
import dev.gatehouse.advisories.VersionRange.EventKind;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class KnownBadInspectorTest {
  private static final ProjectName PROJECT = ProjectName.parse("left-pad");
  private static final Sha256 PTH =
      new Sha256("71e35aef03099cd1f2d6446734273025a163597de93912df321ef118bf135238");
  private static final Sha256 WHEEL =
      new Sha256("d2a0d5f564628773b6af7b9c11f6b86531a875bd2d186d7081ab62748a800ebb");

  private final KnownBadInspector builtIn = new KnownBadInspector(KnownBad.builtIn());

  private static KnownBadInspector knowing(AdvisoryKind kind, AdvisorySeverity severity) {
    VersionRange range =
        new VersionRange(
            List.of(Event.of(EventKind.INTRODUCED, "0"), Event.of(EventKind.FIXED, "1.3")));
    Advisory advisory =
        new Advisory(
            "PYSEC-1",
            List.of("CVE-1"),
            kind,
            severity,
            "Pads on the wrong side",
            Instant.EPOCH,
            null,
            List.of(new AffectedProject(PROJECT, Set.of(), List.of(range))));
    return new KnownBadInspector(
        new KnownBad(Advisories.of(List.of(advisory)), Incidents.builtIn()));
  }

  @Nested
  class KnownMalware {
    @Test
    void refusesLitellm1828ByNameAndAdvisory() {
      assertThat(builtIn.version("METADATA", ProjectName.parse("litellm"), Version.parse("1.82.8")))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.rule()).isEqualTo(KnownBadRules.KNOWN_MALWARE);
                assertThat(finding.blocking()).isTrue();
                assertThat(finding.message())
                    .startsWith("litellm 1.82.8 is known malware, MAL-2026-2144 (PYSEC-2026-2): ");
              });
    }

    @Test
    void saysNothingOfLitellm1826() {
      assertThat(builtIn.version("METADATA", ProjectName.parse("litellm"), Version.parse("1.82.6")))
          .isEmpty();
    }

    @Test
    void namesTheFileOfAnInstalledVersion() {
      assertThat(
              knowing(AdvisoryKind.MALWARE, AdvisorySeverity.LOW)
                  .version("left_pad-1.2.dist-info/METADATA", PROJECT, Version.parse("1.2")))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(finding.path()).isEqualTo("left_pad-1.2.dist-info/METADATA");
              });
    }
  }

  @Nested
  class KnownVulnerable {
    @ParameterizedTest
    @CsvSource({"CRITICAL, MEDIUM", "HIGH, MEDIUM", "MEDIUM, LOW", "LOW, LOW"})
    void tellsAndNeverHolds(AdvisorySeverity severity, Severity told) {
      assertThat(
              knowing(AdvisoryKind.VULNERABILITY, severity)
                  .version("METADATA", PROJECT, Version.parse("1.2")))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(told);
                assertThat(finding.blocking()).isFalse();
                assertThat(finding.message())
                    .isEqualTo(
                        "left-pad 1.2 has a known vulnerability, PYSEC-1 (fixed in 1.3): Pads on the"
                            + " wrong side");
              });
    }

    @Test
    void saysNothingOfTheFixedVersion() {
      assertThat(
              knowing(AdvisoryKind.VULNERABILITY, AdvisorySeverity.HIGH)
                  .version("METADATA", PROJECT, Version.parse("1.3")))
          .isEmpty();
    }
  }

  @Nested
  class KnownFile {
    @Test
    void refusesThePthOfLitellmUnderAnyName() {
      assertThat(builtIn.file("a/b.txt", PTH))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.rule()).isEqualTo(KnownBadRules.KNOWN_FILE);
                assertThat(finding.blocking()).isTrue();
                assertThat(finding.path()).isEqualTo("a/b.txt");
                assertThat(finding.message()).contains("litellm_init.pth", "MAL-2026-2144");
              });
    }

    @Test
    void refusesAnArtifactByItsHash() {
      assertThat(builtIn.file("x.whl", WHEEL)).singleElement().matches(Finding::blocking);
    }

    @Test
    void saysNothingOfOtherBytes() {
      Sha256 other = Sha256.digest(new byte[] {1});

      assertThat(builtIn.file("a/b.txt", other)).isEmpty();
    }
  }

  @Nested
  class KnownPersistence {
    @Test
    void saysThatUninstallingDoesNotClean() {
      PersistencePath place =
          KnownBad.builtIn().persistence().stream()
              .filter(path -> path.text().equals("~/.config/sysmon/sysmon.py"))
              .findFirst()
              .orElseThrow();

      Finding finding = builtIn.persistence("home/ann/.config/sysmon/sysmon.py", place);

      assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(finding.path()).isEqualTo("home/ann/.config/sysmon/sysmon.py");
      assertThat(finding.message()).contains("MAL-2026-2144", "uninstalled");
      assertThat(finding.rule().remedy()).contains("rotate", "caches");
    }
  }

  @ParameterizedTest
  @FieldSource("dev.gatehouse.inspection.knownbad.KnownBadRules#ALL")
  void hasAPageForEachRule(Rule rule) {
    Path page = Path.of("..", "docs", "rules", rule.name() + ".md");

    assertThat(page).isRegularFile();
    assertThat(page).content().startsWith("# " + rule.name() + "\n");
  }
}
