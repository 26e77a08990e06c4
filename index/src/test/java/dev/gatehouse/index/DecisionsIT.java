package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
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

/** What people decide, through the administration API, and what clients then meet. */
class DecisionsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SampleArtifact OLD = WheelBuilder.wheel("demo", "1.0").build();
  private static final SampleArtifact YOUNG = WheelBuilder.wheel("demo", "2.0").build();

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream
        .publish(OLD)
        .publish(YOUNG, offer -> offer.uploaded(RunningIndex.START.minus(Duration.ofDays(1))));
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(new Policy(Mode.VETTED, List.of(), List.of(), List.of()))
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private static String at(SampleArtifact artifact) {
    return "/files/demo/" + artifact.filename();
  }

  private String[] asAdministrator() {
    return as(index.administratorToken().reveal());
  }

  private static String[] as(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private String approver(String name) {
    HttpResponse<byte[]> made =
        index.post(
            "/api/clients",
            "{\"name\": \"%s\", \"roles\": [\"approver\"]}".formatted(name),
            asAdministrator());
    return json(made).path("token").asString("");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> decide(String kind, String version, String token) {
    return index.post(
        "/api/decisions",
        """
        {"kind": "%s", "project": "demo", "version": "%s", "reason": "because"}
        """
            .formatted(kind, version),
        as(token));
  }

  private JsonNode why(String version) {
    return json(index.get("/api/why/demo/" + version, asAdministrator()));
  }

  @Test
  void aYoungFileIsReleasedByTwoPeopleAndNotByOneTwice() {
    String ann = approver("ann");
    assertThat(index.get(at(YOUNG)).statusCode()).isEqualTo(403);

    assertThat(decide("approve", "2.0", ann).statusCode()).isEqualTo(200);
    decide("approve", "2.0", ann);
    assertThat(index.get(at(YOUNG)).statusCode()).isEqualTo(403);

    decide("approve", "2.0", approver("bob"));
    assertThat(index.get(at(YOUNG)).body()).isEqualTo(YOUNG.bytes());
  }

  @Test
  void whyTellsTheVerdictTheReasonAndWhenTheHoldEnds() {
    JsonNode why = why("2.0");

    JsonNode file = why.path("files").path(0);
    assertThat(file.path("verdict").asString("")).isEqualTo("hold");
    assertThat(file.path("reasons").path(0).path("code").asString("")).isEqualTo("too-young");
    assertThat(file.path("until").asString("")).isEqualTo("2026-03-30T10:52:00Z");
    assertThat(why.path("fallback").path("version").asString("")).isEqualTo("1.0");
  }

  @Test
  void whyTellsWhatTheInspectionFound() {
    assertThat(why("1.0").path("files").path(0).path("inspection").isNull()).isTrue();
    index.get(at(OLD));

    JsonNode file = why("1.0").path("files").path(0);

    assertThat(file.path("verdict").asString("")).isEqualTo("admit");
    assertThat(file.path("inspection").path("report").path("schema").asString(""))
        .isEqualTo("gatehouse-report/1");
    assertThat(file.path("history").path(0).path("verdict").asString("")).isEqualTo("admit");
  }

  @Test
  void vettingAheadFetchesAndInspects() {
    HttpResponse<byte[]> answer =
        index.post("/api/vet", "{\"project\": \"demo\", \"version\": \"1.0\"}", asAdministrator());

    assertThat(json(answer).path("files").path(0).path("verdict").asString("")).isEqualTo("admit");
    assertThat(upstream.requestsTo(FakeIndex.fileOf(OLD))).hasSize(1);
    index.get(at(OLD));
    assertThat(upstream.requestsTo(FakeIndex.fileOf(OLD))).hasSize(1);
  }

  @Test
  void aRecallCutsTheVersionOffEverywhereAndNamesWhoHasIt() {
    assertThat(index.get(at(OLD), "User-Agent", "pip/26.2").statusCode()).isEqualTo(200);

    JsonNode recalled = json(decide("recall", "1.0", index.administratorToken().reveal()));

    JsonNode receipt = recalled.path("exposure").path("received").path(0);
    assertThat(receipt.path("address").asString("")).isEqualTo("127.0.0.1");
    assertThat(receipt.path("agent").asString("")).isEqualTo("pip/26.2");
    assertThat(receipt.path("outcome").asString("")).isEqualTo("received");
    assertThat(receipt.path("file").asString("")).isEqualTo(OLD.filename());
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(403);
    assertThat(index.get(at(OLD) + ".metadata").statusCode()).isEqualTo(403);
    assertThat(index.text("/simple/demo/")).doesNotContain(OLD.filename());
    assertThat(index.text("/pypi/demo/json")).doesNotContain("\"1.0\":[{\"filename\"");
  }

  @Test
  void aRecallHoldsAlsoWhereNothingIsVettedAndOutlivesARestart() {
    index.apply(Policy.observing());
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(200);
    decide("recall", "1.0", index.administratorToken().reveal());

    index = index.restarted();
    index.apply(Policy.observing());

    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(403);
  }

  @Test
  void aRecallThatIsWithdrawnServesAgain() {
    decide("recall", "1.0", index.administratorToken().reveal());

    HttpResponse<byte[]> answer =
        index.post(
            "/api/decisions/withdraw",
            """
            {"kind": "recall", "project": "demo", "version": "1.0", "reason": "a false alarm"}
            """,
            asAdministrator());

    assertThat(json(answer).path("withdrawn").asInt(0)).isEqualTo(1);
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void everyDecisionIsInTheLog() {
    decide("approve", "2.0", approver("ann"));
    decide("recall", "1.0", index.administratorToken().reveal());

    JsonNode entries = json(index.get("/api/audit-log", asAdministrator())).path("entries");

    assertThat(entries.valueStream().map(DecisionsIT::line))
        .containsExactly("ann approve demo==2.0", "local-administrator recall demo==1.0");
  }

  private static String line(JsonNode entry) {
    return entry.path("actor").asString("")
        + " "
        + entry.path("action").asString("")
        + " "
        + entry.path("subject").asString("");
  }

  @Test
  void nobodyDecidesWithoutTheRole() {
    String reader =
        json(index.post(
                "/api/clients", "{\"name\": \"ci\", \"roles\": [\"reader\"]}", asAdministrator()))
            .path("token")
            .asString("");

    assertThat(decide("recall", "1.0", reader).statusCode()).isEqualTo(403);
    assertThat(index.post("/api/decisions", "{}").statusCode()).isEqualTo(401);
    assertThat(index.get("/api/why/demo/1.0").statusCode()).isEqualTo(401);
    assertThat(index.get("/api/exposure/demo/1.0", as(reader)).statusCode()).isEqualTo(403);
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    String token = index.administratorToken().reveal();

    assertThat(new String(decide("bless", "1.0", token).body(), StandardCharsets.UTF_8))
        .contains("approve, refuse or recall");
    assertThat(decide("approve", "9.9", token).statusCode()).isEqualTo(404);
    assertThat(decide("approve", "one", token).statusCode()).isEqualTo(400);
    assertThat(
            index
                .post(
                    "/api/decisions",
                    """
                    {"kind": "refuse", "project": "demo", "version": "1.0", "reason": "x",
                     "until": "2020-01-01T00:00:00Z"}
                    """,
                    as(token))
                .statusCode())
        .isEqualTo(400);
  }

  private static final String INVENTORY =
      """
      {"host": "build-7", "complete": true, "environments": [
        {"environment": "/venv", "complete": true,
         "distributions": [{"project": "Demo", "version": "1.0"}]}]}
      """;

  @Test
  void aReaderTellsWhatItHasInstalledUnderItsOwnName() {
    HttpResponse<byte[]> made =
        index.post(
            "/api/clients", "{\"name\": \"ci\", \"roles\": [\"reader\"]}", asAdministrator());
    String[] reader = as(json(made).path("token").asString(""));

    assertThat(index.post("/api/inventory", INVENTORY, reader).statusCode()).isEqualTo(200);

    JsonNode installed =
        json(index.get("/api/exposure/demo/1.0", asAdministrator())).path("installed");
    assertThat(installed.size()).isOne();
    assertThat(installed.get(0).path("client").asString()).isEqualTo("ci");
    assertThat(installed.get(0).path("host").asString()).isEqualTo("build-7");
    assertThat(installed.get(0).path("environment").asString()).isEqualTo("/venv");
  }

  @Test
  void anInventoryNeedsATokenAndSense() {
    assertThat(index.post("/api/inventory", INVENTORY).statusCode()).isEqualTo(401);
    for (String wrong :
        List.of(
            INVENTORY.replace("Demo", "-"),
            INVENTORY.replace("1.0", "one"),
            INVENTORY.replace("build-7", ""),
            INVENTORY.replace("/venv", "/a\\nb"))) {
      assertThat(index.post("/api/inventory", wrong, asAdministrator()).statusCode())
          .isEqualTo(400);
    }
    assertThat(
            json(index.get("/api/exposure/demo/1.0", asAdministrator())).path("installed").size())
        .isZero();
  }
}
