package dev.gatehouse.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * LiteLLM, 24 March 2026: the repository was clean, and had no tag of the two versions; what PyPI
 * gave out was not made of it.
 */
class LitellmTest extends ComparingTest {
  private static Reenactment reenactment(String incident) {
    return Reenactments.all().stream()
        .filter(one -> one.incident().equals(incident))
        .findFirst()
        .orElseThrow();
  }

  /** The repository as it was: with all files but the attack's, tagged up to the version before. */
  private void writeTheRepository(Reenactment attack, Map<String, String> clean)
      throws IOException {
    attack
        .files()
        .forEach(
            (path, content) -> {
              if (!attack.carriers().containsKey(path)) {
                repository.file(path, content);
              }
            });
    clean.forEach(repository::file);
    repository.file("pyproject.toml", "[project]\nname = 'acme-gateway'\n");
    repository.release("v1.82.5").file("CHANGES", "1.82.6\n").release("v1.82.6");
    repository.file("CHANGES", "next\n").commit();
  }

  @Test
  void refusesTheWheelOf8WithTheStartUpFileFirst() throws IOException {
    Reenactment attack = reenactment("litellm 1.82.8");
    writeTheRepository(attack, Map.of());

    Comparison comparison = compare(attack.wheel());

    List<Finding> findings = comparison.report().findings();
    assertThat(findings.getFirst().path()).isEqualTo("acme_gateway_init.pth");
    assertThat(findings.getFirst().blocking()).isTrue();
    assertThat(findings).extracting(Finding::rule).contains(ComparisonRules.NO_TAG);
    assertThat(rules(comparison))
        .startsWith("compare-startup-file critical acme_gateway_init.pth\n")
        .contains("startup-pth-exec critical acme_gateway_init.pth\n");
    assertThat(unexplained(comparison)).containsExactly("acme_gateway_init.pth");
  }

  @Test
  void refusesTheWheelOf7WithTheChangedModuleFirst() throws IOException {
    Reenactment attack = reenactment("litellm 1.82.7");
    writeTheRepository(
        attack,
        Map.of(
            "acme_gateway/proxy/server.py",
            """
            from ..client import Client


            def serve(port=4000):
                return Client()
            """));

    Comparison comparison = compare(attack.wheel());

    List<Finding> findings = comparison.report().findings();
    assertThat(findings.getFirst())
        .satisfies(
            found -> {
              assertThat(found.path()).isEqualTo("acme_gateway/proxy/server.py");
              assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(found.blocking()).isTrue();
            });
    assertThat(rules(comparison))
        .contains(
            "compare-modified-code high acme_gateway/proxy/server.py\n", "compare-no-tag medium\n");
    assertThat(unexplained(comparison)).containsExactly("acme_gateway/proxy/server.py");
  }

  private static List<String> unexplained(Comparison comparison) {
    return comparison.files().stream()
        .filter(file -> Coverage.isUnexplained(file.type()))
        .map(FileResult::path)
        .toList();
  }
}
