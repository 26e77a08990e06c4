package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.CompareRules;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons with the source as evidence: where the policy asks for them, and on demand. */
class ComparedIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SampleArtifact WITHOUT_SOURCE = WheelBuilder.wheel("demo", "1.0").build();

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private @Nullable RunningIndex running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    upstream.close();
  }

  private RunningIndex index(String compared) {
    VettingRules rules =
        new VettingRules(
            Duration.ZERO,
            List.of(),
            null,
            2,
            true,
            null,
            Duration.ofDays(3),
            new CompareRules(List.of(ProjectPattern.parse(compared)), 0));
    RunningIndex started =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(new Policy(Mode.VETTED, List.of(), List.of(), List.of(), rules))
            .advisories(new AdvisorySettings(null, Duration.ofHours(1), false))
            .start();
    running = started;
    return started;
  }

  private static HttpResponse<byte[]> vet(RunningIndex index, boolean compare) {
    return index.post(
        "/api/vet",
        "{\"project\": \"demo\", \"version\": \"1.0\", \"compare\": %s}".formatted(compare),
        "Authorization",
        "Bearer " + index.administratorToken().reveal());
  }

  private static JsonNode file(HttpResponse<byte[]> answer) {
    return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8)).path("files").path(0);
  }

  @Test
  void holdsWhatHasToBeComparedAndNamesNoSource() {
    upstream.publish(WITHOUT_SOURCE);
    RunningIndex index = index("demo");

    HttpResponse<byte[]> answer = index.get("/files/demo/" + WITHOUT_SOURCE.filename());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"source-incomplete\"", "its metadata names no repository");
  }

  @Test
  void comparesOnDemandWhatTheIndexServesAlready() {
    upstream.publish(WITHOUT_SOURCE);
    RunningIndex index = index("other-*");
    String path = "/files/demo/" + WITHOUT_SOURCE.filename();
    assertThat(index.get(path).statusCode()).isEqualTo(200);
    JsonNode before = file(vet(index, false));

    JsonNode after = file(vet(index, true));

    assertThat(before.path("verdict").asString("")).isEqualTo("admit");
    assertThat(before.path("inspection").path("compared").isObject()).isFalse();
    assertThat(after.path("verdict").asString("")).isEqualTo("hold");
    assertThat(after.path("inspection").path("compared").path("uncompared").path(0).asString(""))
        .contains("names no repository");
    assertThat(after.path("inspection").path("report").path("targets")).hasSize(2);
    assertThat(index.get(path).statusCode()).isEqualTo(403);
  }
}
