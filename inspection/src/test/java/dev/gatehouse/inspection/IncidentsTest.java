package dev.gatehouse.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.incident.Evasion;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.samples.incident.StartupEvasions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every re-enacted incident is refused, and every way into start-up is seen. */
class IncidentsTest {
  private final Inspector inspector =
      new Inspector(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());

  @TestFactory
  Stream<DynamicTest> everyIncidentIsRefusedForAFileOfTheAttack() {
    return Reenactments.all().stream()
        .flatMap(
            incident ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        incident.incident() + " as a wheel",
                        () -> isRefused(incident, incident.wheel())),
                    DynamicTest.dynamicTest(
                        incident.incident() + " as an sdist",
                        () -> isRefused(incident, incident.sdist()))));
  }

  private void isRefused(Reenactment incident, SampleArtifact artifact) {
    List<Finding> blocking =
        inspect(artifact).findings().stream().filter(Finding::blocking).toList();

    assertThat(blocking).isNotEmpty();
    assertThat(blocking)
        .allSatisfy(finding -> assertThat(finding.message()).isNotBlank())
        .anySatisfy(
            finding ->
                assertThat(incident.carriers().keySet())
                    .anyMatch(
                        carrier -> finding.path() != null && finding.path().endsWith(carrier)));
  }

  @TestFactory
  Stream<DynamicTest> everyWayIntoStartUpIsSeen() {
    return StartupEvasions.all().stream()
        .map(evasion -> DynamicTest.dynamicTest(evasion.name(), () -> isSeen(evasion)));
  }

  private void isSeen(Evasion evasion) {
    assertThat(inspect(evasion.wheel()).findings())
        .filteredOn(finding -> finding.path() != null && finding.path().contains(evasion.path()))
        .isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> whatNoPythonRunsIsNotRefused() {
    return StartupEvasions.inert().stream()
        .map(
            inert ->
                DynamicTest.dynamicTest(
                    inert.name(),
                    () ->
                        assertThat(inspect(inert.wheel()).findings())
                            .noneMatch(Finding::blocking)
                            .noneMatch(finding -> finding.severity() == Severity.CRITICAL)));
  }

  private TargetReport inspect(SampleArtifact artifact) {
    return inspector.artifact(
        artifact.filename(),
        artifact.filename(),
        new SeekableInMemoryByteChannel(artifact.bytes()));
  }
}
