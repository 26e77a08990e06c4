package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InstalledInventoryTest {
  private static final List<Map<String, String>> DEMO =
      List.of(Map.of("project", "demo", "version", "1.0"));

  private static TargetReport environment(String path, List<Problem> problems) {
    return new TargetReport(
        path, Kind.ENVIRONMENT, null, List.of(), problems, Map.of("installed", DEMO));
  }

  private static Map<String, Object> sent(boolean everything, TargetReport... reports) {
    AtomicReference<Map<String, Object>> sent = new AtomicReference<>(Map.of());
    InstalledInventory.of(new Report("1", List.of(reports)), everything)
        .submit("build-7", sent::set);
    return sent.get();
  }

  @Test
  void tellsOfEachEnvironmentByItsWholePath() {
    assertThat(sent(true, environment("venv", List.of())))
        .isEqualTo(
            Map.of(
                "host",
                "build-7",
                "complete",
                true,
                "environments",
                List.of(
                    Map.of(
                        "environment",
                        Path.of("venv").toAbsolutePath().toString(),
                        "complete",
                        true,
                        "distributions",
                        DEMO))));
  }

  @Test
  void tellsOfTheEnvironmentsInAnImage() {
    TargetReport image =
        new TargetReport(
            "/images/app.tar",
            Kind.IMAGE,
            null,
            List.of(),
            List.of(),
            Map.of("environments", List.of(Map.of("path", "/srv/venv", "installed", DEMO))));

    assertThat(String.valueOf(sent(false, image).get("environments")))
        .contains("/images/app.tar:/srv/venv");
  }

  @Test
  void isOfTheWholeMachineOnlyWhereAllOfItWasLookedAt() {
    TargetReport failed =
        new TargetReport(
            "/other",
            Kind.ENVIRONMENT,
            null,
            List.of(),
            List.of(new Problem(null, "Could not read it.")),
            Map.of());

    assertThat(sent(true, environment("/venv", List.of()))).containsEntry("complete", true);
    assertThat(sent(false, environment("/venv", List.of()))).containsEntry("complete", false);
    assertThat(sent(true, environment("/venv", List.of()), failed))
        .containsEntry("complete", false);
  }

  @Test
  void saysWhichEnvironmentWasNotReadWholly() {
    Problem unread = new Problem("x", "Could not read it.");

    assertThat(String.valueOf(sent(true, environment("/venv", List.of(unread)))))
        .contains("complete=false");
  }
}
