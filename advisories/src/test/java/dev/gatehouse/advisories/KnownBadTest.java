package dev.gatehouse.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBadTest {
  private static final Sha256 PTH =
      new Sha256("71e35aef03099cd1f2d6446734273025a163597de93912df321ef118bf135238");
  private static final Sha256 WHEEL =
      new Sha256("d2a0d5f564628773b6af7b9c11f6b86531a875bd2d186d7081ab62748a800ebb");

  private final KnownBad known = KnownBad.builtIn();

  @ParameterizedTest
  @CsvSource({
    "litellm,         1.82.6,   1.82.7",
    "LiteLLM,         1.82.9,   1.82.8",
    "ultralytics,     8.3.43,   8.3.45",
    "telnyx,          4.87.0,   4.87.2",
    "xinference,      2.5.9,    2.6.1",
    "elementary_data, 0.23.2,   0.23.3",
    "lightning,       2.6.1,    2.6.3",
    "mistralai,       2.4.5,    2.4.6",
    "guardrails-ai,   0.10.0,   0.10.1",
    "durabletask,     1.4.0,    1.4.3",
    "litellm,         1.82.80,  1.82.8+cu1",
  })
  void knowsTheBadVersionsOfIncidents(String project, String good, String bad) {
    assertThat(known.malware(ProjectName.parse(project), Version.parse(good))).isEmpty();
    assertThat(known.malware(ProjectName.parse(project), Version.parse(bad))).isPresent();
  }

  @Test
  void namesTheAdvisory() {
    assertThat(known.malware(ProjectName.parse("litellm"), Version.parse("1.82.8")))
        .hasValueSatisfying(
            bad -> {
              assertThat(bad.id()).isEqualTo("MAL-2026-2144");
              assertThat(bad.aliases()).containsExactly("PYSEC-2026-2");
            });
  }

  @Test
  void knowsWhenTheVersionsOfLitellmCouldBeInstalled() {
    List<BadRelease> releases = known.releases(ProjectName.parse("litellm"));

    assertThat(offered(releases, "2026-03-24T10:38:59Z")).isEmpty();
    assertThat(offered(releases, "2026-03-24T10:39:00Z")).containsExactly("1.82.7");
    assertThat(offered(releases, "2026-03-24T10:52:00Z")).containsExactly("1.82.7", "1.82.8");
    assertThat(offered(releases, "2026-03-24T13:24:00Z")).isEmpty();
    assertThat(known.releases(ProjectName.parse("httpx"))).isEmpty();
  }

  private static List<String> offered(List<BadRelease> releases, String moment) {
    return releases.stream()
        .filter(release -> release.isOffered(Instant.parse(moment)))
        .map(release -> release.version().toString())
        .toList();
  }

  @Test
  void tellsArtifactsFromFiles() {
    assertThat(known.file(PTH))
        .hasValueSatisfying(f -> assertThat(f.what()).contains("litellm_init.pth"));
    assertThat(known.file(PTH)).isPresent();
    assertThat(known.file(WHEEL)).isPresent();
    assertThat(known.file(Sha256.digest(new byte[0]))).isEmpty();
  }

  @Test
  void hasIndicatorsThatAreLongAndInLowerCase() {
    assertThat(known.indicators())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            indicator -> {
              assertThat(indicator.text()).hasSizeGreaterThan(10);
              assertThat(indicator.text()).isEqualTo(indicator.text().toLowerCase(Locale.ROOT));
            });
  }

  @Test
  void knowsWhatStaysBehind() {
    assertThat(known.persistence())
        .extracting(PersistencePath::text)
        .contains("~/.config/sysmon/sysmon.py", "/tmp/tpcp.tar.gz");
  }

  @Test
  void asksFeedsFirstAndTellsMalwareFromVulnerabilities() {
    ProjectName project = ProjectName.parse("p");
    AffectedProject affected =
        new AffectedProject(project, Set.of(Version.parse("1.0")), List.of());
    Advisories feed =
        Advisories.of(
            List.of(
                advisory("PYSEC-1", AdvisoryKind.VULNERABILITY, affected),
                advisory("MAL-1", AdvisoryKind.MALWARE, affected)));
    KnownBad both = new KnownBad(feed, Incidents.builtIn());

    assertThat(both.malware(project, Version.parse("1.0"))).map(BadVersion::id).contains("MAL-1");
    assertThat(both.vulnerabilities(project, Version.parse("1.0")))
        .extracting("id")
        .containsExactly("PYSEC-1");
  }

  @Test
  void knowsOfWhichProjectsAnyVersionIsMalware() {
    Advisories feed =
        Advisories.of(
            List.of(
                advisory("MAL-1", AdvisoryKind.MALWARE, affected("bad")),
                advisory("PYSEC-1", AdvisoryKind.VULNERABILITY, affected("weak"))));
    KnownBad both = new KnownBad(feed, Incidents.builtIn());

    assertThat(both.knowsMalwareOf(ProjectName.parse("bad"))).isTrue();
    assertThat(both.knowsMalwareOf(ProjectName.parse("weak"))).isFalse();
    assertThat(both.knowsMalwareOf(ProjectName.parse("litellm"))).isTrue();
  }

  private static AffectedProject affected(String project) {
    return new AffectedProject(ProjectName.parse(project), Set.of(Version.parse("1.0")), List.of());
  }

  private static Advisory advisory(String id, AdvisoryKind kind, AffectedProject affected) {
    return new Advisory(id, List.of(), kind, null, "", Instant.EPOCH, null, List.of(affected));
  }
}
