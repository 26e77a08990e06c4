package dev.gatehouse.provenance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublisherCheckTest {
  @TempDir Path folder;

  static List<String> bad() throws IOException, URISyntaxException {
    return SampleRepository.names("bad");
  }

  static List<String> good() throws IOException, URISyntaxException {
    return SampleRepository.names("good");
  }

  private TargetReport check(SampleRepository sample, String... trusting) throws IOException {
    return new PublisherCheck(List.of(trusting))
        .check(sample.name(), WorkflowFiles.read(sample.writeTo(folder)));
  }

  private static List<String> told(TargetReport report) {
    return report.findings().stream()
        .map(f -> "%s:%d %s".formatted(f.path(), f.line(), f.rule().name()))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void findsWhatWasPlantedWhereItWasPlantedAndNothingElse(String name) throws Exception {
    SampleRepository sample = SampleRepository.read(name);

    TargetReport report = check(sample);

    assertThat(sample.planted()).isNotEmpty();
    assertThat(told(report)).isEqualTo(sample.planted());
    assertThat(report.problems()).isEmpty();
    assertThat(report.status()).isEqualTo(Status.FINDINGS);
  }

  @ParameterizedTest
  @MethodSource("good")
  void findsNothingInWhatIsRight(String name) throws Exception {
    TargetReport report = check(SampleRepository.read(name));

    assertThat(told(report)).isEmpty();
    assertThat(report.status()).isEqualTo(Status.CLEAN);
  }

  @Test
  void hasEnoughSamplesAndOneForEveryRule() throws Exception {
    Set<String> planted = new TreeSet<>();
    for (String name : bad()) {
      SampleRepository.read(name)
          .planted()
          .forEach(each -> planted.add(each.substring(each.indexOf(' ') + 1)));
    }

    assertThat(bad()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(good()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(planted)
        .containsExactlyInAnyOrderElementsOf(
            PublisherRules.all().stream().map(rule -> rule.name()).toList());
  }

  @Test
  void tellsATokenForAPrivateIndexOnlyWhereItIsSaidToTrustWorkflows() throws Exception {
    SampleRepository sample = SampleRepository.read("good/private-index-by-token.txt");

    assertThat(told(check(sample))).isEmpty();
    assertThat(told(check(sample, "https://artifactory.example.com/legacy/")))
        .containsExactly(".github/workflows/release.yml:29 publisher-token-upload");
  }

  @Test
  void neverShowsATokenThatStandsThere() throws Exception {
    TargetReport report = check(SampleRepository.read("bad/hardcoded.txt"));

    assertThat(report.findings())
        .isNotEmpty()
        .extracting(Finding::toString)
        .noneMatch(text -> text.contains("THISISNOTREAL") || text.contains("horse"));
  }

  @Test
  void listsTheUploadsAndTheirSecrets() throws Exception {
    TargetReport report = check(SampleRepository.read("bad/token-twine-in-one-job.txt"));

    assertThat(report.details().get("uploads"))
        .hasToString(
            "[{path=.github/workflows/release.yml, line=23, with=twine upload, index=PyPI,"
                + " secrets=[PYPI_API_TOKEN]}]");
  }
}
