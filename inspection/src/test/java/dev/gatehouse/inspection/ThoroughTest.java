package dev.gatehouse.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.samples.incident.StartupEvasions;
import dev.gatehouse.samples.mutation.Mutant;
import dev.gatehouse.samples.mutation.Mutants;
import dev.gatehouse.samples.mutation.Transformation;
import dev.gatehouse.samples.mutation.Transformations;
import dev.gatehouse.samples.mutation.blind.BlindTransformations;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is spared costs no finding: with and without sparing anything the reports are the same. */
@Execution(ExecutionMode.CONCURRENT)
class ThoroughTest {
  private static final long SEED = 7;
  private static final int MUTANTS = 60;

  private final Inspector sparing =
      new Inspector(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());
  private final Inspector thorough =
      Inspector.thorough(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());

  @TestFactory
  Stream<DynamicTest> everyIncidentGivesTheSameReport() {
    return Reenactments.all().stream()
        .flatMap(
            incident ->
                Stream.of(incident.wheel(), incident.sdist())
                    .map(
                        artifact ->
                            DynamicTest.dynamicTest(artifact.filename(), () -> same(artifact))));
  }

  @TestFactory
  Stream<DynamicTest> everyWayIntoStartUpGivesTheSameReport() {
    return StartupEvasions.all().stream()
        .map(evasion -> DynamicTest.dynamicTest(evasion.name(), () -> same(evasion.wheel())));
  }

  @TestFactory
  Stream<DynamicTest> mutantsGiveTheSameReport() {
    return Reenactments.all().stream()
        .flatMap(
            incident ->
                Stream.of(Transformations.all(), BlindTransformations.all())
                    .map(
                        family ->
                            DynamicTest.dynamicTest(
                                incident.incident(), () -> mutants(incident, family))));
  }

  private void mutants(Reenactment incident, List<Transformation> family) {
    List<String> carriers = List.copyOf(incident.carriers().keySet());
    Mutants.of(incident.files(), carriers, family, SEED, MUTANTS)
        .forEach(mutant -> same(wheel(incident, mutant)));
  }

  private static SampleArtifact wheel(Reenactment incident, Mutant mutant) {
    WheelBuilder wheel = WheelBuilder.wheel(incident.project(), incident.version());
    mutant.files().forEach(wheel::file);
    return wheel.build();
  }

  private void same(SampleArtifact artifact) {
    assertThat(inspect(sparing, artifact)).isEqualTo(inspect(thorough, artifact));
  }

  private static TargetReport inspect(Inspector inspector, SampleArtifact artifact) {
    return inspector.artifact(
        artifact.filename(),
        artifact.filename(),
        new SeekableInMemoryByteChannel(artifact.bytes()));
  }
}
