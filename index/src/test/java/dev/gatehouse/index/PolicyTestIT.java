package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.settings.People;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What those who keep the policy are told before they change it, and while it is in force. */
class PolicyTestIT {
  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream
        .publish(WheelBuilder.wheel("demo", "1.0").build())
        .publish(
            WheelBuilder.wheel("demo", "2.0").build(),
            offer -> offer.uploaded(RunningIndex.START.minus(Duration.ofDays(1))));
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(new Policy(Mode.VETTED, List.of(), List.of(), List.of()))
            .people(new People("#python-packages", null))
            .policies(PolicyTestIT::policy)
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  /** Denies demo 1.0, or lets in what is young. */
  private static Policy policy(String text) {
    return switch (text) {
      case "deny" ->
          new Policy(
              Mode.VETTED,
              List.of(),
              List.of(),
              List.of(
                  new DenyRule(
                      ProjectName.parse("demo"), List.of(SpecifierSet.parse("==1.0")), "told")));
      case "observe" -> Policy.observing();
      default -> throw new IllegalArgumentException("policy:1: no such policy");
    };
  }

  private JsonNode json(HttpResponse<byte[]> answer) {
    return new JsonMapper().readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private String[] administrator() {
    return new String[] {"Authorization", "Bearer " + index.administratorToken().reveal()};
  }

  private JsonNode tried(String policy) {
    HttpResponse<byte[]> answer =
        index.post("/api/policy-test", "{\"toml\": \"" + policy + "\"}", administrator());
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer);
  }

  @Test
  void tellsWhatAnotherPolicyWouldHaveRefusedAndChangesNothing() {
    assertThat(index.get("/files/demo/demo-1.0-py3-none-any.whl").statusCode()).isEqualTo(200);

    JsonNode answer = tried("deny");

    assertThat(answer.path("tested").asInt()).isOne();
    JsonNode change = answer.path("changes").get(0);
    assertThat(change.path("file").asString()).isEqualTo("demo-1.0-py3-none-any.whl");
    assertThat(change.path("requests").asInt()).isOne();
    assertThat(change.path("before").path("verdict").asString()).isEqualTo("admit");
    assertThat(change.path("after").path("verdict").asString()).isEqualTo("refuse");
    assertThat(change.path("after").path("reasons").get(0).path("text").asString())
        .contains("told");
    assertThat(index.get("/files/demo/demo-1.0-py3-none-any.whl").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhatAnotherPolicyWouldHaveLetIn() {
    assertThat(index.get("/files/demo/demo-2.0-py3-none-any.whl").statusCode()).isEqualTo(403);

    JsonNode change = tried("observe").path("changes").get(0);

    assertThat(change.path("before").path("verdict").asString()).isEqualTo("hold");
    assertThat(change.path("after").path("verdict").asString()).isEqualTo("admit");
  }

  @Test
  void saysWhatIsWrongWithThePolicy() {
    HttpResponse<byte[]> answer =
        index.post("/api/policy-test", "{\"toml\": \"nonsense\"}", administrator());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("detail").asString()).contains("policy:1: no such policy");
  }

  @Test
  void refusalsSayWhereToAsk() {
    HttpResponse<byte[]> answer = index.get("/files/demo/demo-2.0-py3-none-any.whl");

    assertThat(json(answer).path("title").asString()).endsWith(" (ask #python-packages)");
    assertThat(json(answer).path("remedy").asString()).contains("ask #python-packages;");
  }

  @Test
  void statusAndMetricsTellWhatIsInForce() {
    JsonNode status = json(index.get("/api/status", administrator()));

    assertThat(status.path("mode").asString()).isEqualTo("vetted");
    assertThat(status.path("advisories").path("as-of").isNull()).isTrue();
    assertThat(status.path("recalled").asInt()).isZero();
    assertThat(index.get("/api/status").statusCode()).isEqualTo(401);
    assertThat(new String(index.get("/metrics").body(), StandardCharsets.UTF_8))
        .contains("gatehouse_advisories_stale 0.0")
        .contains("gatehouse_advisories_age_seconds NaN")
        .contains("gatehouse_recalls 0.0");
  }

  @Test
  void statusWarnsOfAModeThatHoldsNothing() {
    index.apply(Policy.observing());

    assertThat(json(index.get("/api/status", administrator())).path("warnings").get(0).asString())
        .contains("observe");
  }
}
