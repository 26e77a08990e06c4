package dev.gatehouse.pins.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Validator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the times on an index's pages. */
class IndexCheckTest {
  private static final ProjectName DEMO = ProjectName.parse("demo");
  private static final Sha256 BYTES = Sha256.parse("a".repeat(64));
  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

  @TempDir private Path folder;
  private PinFile file;

  @BeforeEach
  void pin() throws IOException {
    Path requirements = folder.resolve("requirements.txt");
    Files.writeString(requirements, "demo==1.0 --hash=sha256:" + BYTES.hex() + "\n");
    file = new PinFileReader(_ -> Optional.empty()).read(requirements);
  }

  private static Map<ProjectName, PageOutcome> page(
      @Nullable Instant uploaded, @Nullable Instant firstSeen) {
    PageFile wheel =
        PageFile.builder(
                ArtifactName.parse("demo-1.0-py3-none-any.whl", DEMO),
                URI.create("https://a.example/demo-1.0-py3-none-any.whl"))
            .sha256(BYTES)
            .uploadTime(uploaded)
            .firstSeen(firstSeen)
            .build();
    ProjectPage page = ProjectPage.of(DEMO, List.of(wheel));
    return Map.of(DEMO, new PageOutcome.Fresh(page, Validator.none(), null, List.of()));
  }

  private CheckResult checked(Map<ProjectName, PageOutcome> pages) {
    CheckResult result = new CheckResult();
    IndexCheck.of(file, pages, NOW, Duration.ofDays(7), result);
    return result;
  }

  private List<String> rules(CheckResult result) {
    return result.findings(file.path()).stream().map(finding -> finding.rule().name()).toList();
  }

  @Test
  void whatWasUploadedYesterdayIsTooYoungAlsoOnAGatehouse() {
    assertThat(rules(checked(page(YESTERDAY, null)))).containsExactly("pins-too-young");
    assertThat(rules(checked(page(YESTERDAY, NOW)))).containsExactly("pins-too-young");
  }

  @Test
  void whatAGatehouseDatedItselfHasTheAgeThatItsPolicyGivesIt() {
    CheckResult result = checked(page(YESTERDAY, YESTERDAY));

    assertThat(rules(result)).isEmpty();
    assertThat(result.problems(file.path())).isEmpty();
  }

  @Test
  void anAgeThatNobodyKnowsIsLeftOpen() {
    assertThat(checked(page(null, null)).problems(file.path())).hasSize(1);
  }

  @Test
  void whatAGatehouseDatedItselfSaysNothingOfAPastMoment() {
    CheckResult result = new CheckResult();

    AsOfCheck.of(file, page(YESTERDAY, YESTERDAY), KnownBad.builtIn(), NOW, result);

    assertThat(rules(result)).isEmpty();
    assertThat(result.problems(file.path())).isNotEmpty();
  }
}
