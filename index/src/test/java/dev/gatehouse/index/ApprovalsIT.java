package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
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

/** Approving what a lock settles on: shown first, then all of it or nothing. */
class ApprovalsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SampleArtifact OLD = WheelBuilder.wheel("old", "1.0").build();
  private static final SampleArtifact YOUNG = WheelBuilder.wheel("young", "1.0").build();
  private static final SampleArtifact OTHER_YOUNG =
      WheelBuilder.wheel("young", "1.0").buildTag("2").file("young/second.py", "X = 2\n").build();
  private static final SampleArtifact DENIED = WheelBuilder.wheel("denied", "1.0").build();

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream
        .publish(OLD)
        .publish(DENIED)
        .publish(YOUNG, offer -> offer.uploaded(RunningIndex.START.minus(Duration.ofDays(1))));
    DenyRule deny = new DenyRule(ProjectName.parse("denied"), List.of(), "MAL-1");
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(new Policy(Mode.VETTED, List.of(), List.of(), List.of(deny)))
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private static String[] as(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private String administrator() {
    return index.administratorToken().reveal();
  }

  private String approver(String name) {
    return json(index.post(
            "/api/clients",
            "{\"name\": \"%s\", \"roles\": [\"approver\"]}".formatted(name),
            as(administrator())))
        .path("token")
        .asString("");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static String at(SampleArtifact artifact) {
    return "/files/" + artifact.project() + "/" + artifact.filename();
  }

  private static String version(SampleArtifact artifact) {
    return "{\"project\": \"%s\", \"version\": \"1.0\", \"sha256\": [\"%s\"]}"
        .formatted(artifact.project(), artifact.sha256().hex());
  }

  private HttpResponse<byte[]> plan(String versions, String token) {
    return index.post("/api/approvals/plan", "{\"versions\": [" + versions + "]}", as(token));
  }

  private HttpResponse<byte[]> approve(String versions, String token) {
    return index.post(
        "/api/approvals",
        "{\"reason\": \"what we run\", \"versions\": [" + versions + "]}",
        as(token));
  }

  private static String now(JsonNode file) {
    return verdict(file, "now");
  }

  private static String then(JsonNode file) {
    return verdict(file, "then");
  }

  private static String verdict(JsonNode file, String when) {
    return file.path(when).path("verdict").asString("")
        + " "
        + file.path(when).path("reasons").path(0).path("code").asString("");
  }

  @Test
  void showsWhatIsAndWhatWouldBe() {
    String ann = approver("ann");
    JsonNode versions =
        json(plan(String.join(",", version(OLD), version(YOUNG), version(DENIED)), ann))
            .path("versions");

    JsonNode old = versions.path(0).path("files").path(0);
    assertThat(now(old)).isEqualTo("pending not-inspected");
    assertThat(old.path("approvable").asBoolean()).isTrue();
    JsonNode young = versions.path(1).path("files").path(0);
    assertThat(now(young)).isEqualTo("hold too-young");
    assertThat(then(young)).as("one of two approvers").isEqualTo("hold too-young");
    JsonNode denied = versions.path(2).path("files").path(0);
    assertThat(now(denied)).isEqualTo("refuse denied");
    assertThat(denied.path("approvable").asBoolean(true)).isFalse();

    approve(version(YOUNG), ann);
    JsonNode second =
        json(plan(version(YOUNG), approver("bob"))).path("versions").path(0).path("files").path(0);
    assertThat(then(second)).isEqualTo("pending not-inspected");
    assertThat(then(json(plan(version(YOUNG), ann)).path("versions").path(0).path("files").path(0)))
        .as("the same person again")
        .isEqualTo("hold too-young");
  }

  @Test
  void whatIsAdmittedNeedsNoApproval() {
    index.get(at(OLD));

    JsonNode file =
        json(plan(version(OLD), administrator())).path("versions").path(0).path("files").path(0);

    assertThat(now(file)).isEqualTo("admit vetted");
    assertThat(file.path("approvable").asBoolean(true)).isFalse();
  }

  @Test
  void changesNothingByShowing() {
    plan(version(YOUNG), administrator());

    assertThat(json(index.get("/api/audit-log", as(administrator()))).path("entries")).isEmpty();
    assertThat(upstream.requestsTo(FakeIndex.fileOf(YOUNG))).isEmpty();
  }

  @Test
  void approvesInOneGoWithAnEntryForEachVersion() {
    String ann = approver("ann");

    assertThat(approve(version(YOUNG) + "," + version(OLD), ann).statusCode()).isEqualTo(200);
    approve(version(YOUNG), approver("bob"));

    assertThat(index.get(at(YOUNG)).body()).isEqualTo(YOUNG.bytes());
    JsonNode entries = json(index.get("/api/audit-log", as(administrator()))).path("entries");
    assertThat(
            entries
                .valueStream()
                .map(
                    entry ->
                        entry.path("actor").asString("")
                            + " "
                            + entry.path("subject").asString("")))
        .containsExactly("ann young==1.0", "ann old==1.0", "bob young==1.0");
    assertThat(entries.path(0).path("detail").asString(""))
        .isEqualTo("what we run; sha256 " + YOUNG.sha256());
  }

  @Test
  void approvesNothingWhereOneFileIsNotListedAsItWasShown() {
    String unknown = version(OLD).replace(OLD.sha256().hex(), "a".repeat(64));
    plan(version(YOUNG) + "," + version(OLD), administrator());

    HttpResponse<byte[]> answer = approve(version(YOUNG) + "," + unknown, administrator());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("detail").asString("")).contains("nothing was approved");
    assertThat(json(index.get("/api/why/young/1.0", as(administrator()))).path("decisions"))
        .isEmpty();
  }

  @Test
  void meansTheHashesThatAreNamedAndNoOthers() {
    upstream.publish(OTHER_YOUNG);
    plan(version(YOUNG), administrator());

    JsonNode version = json(plan(version(YOUNG), administrator())).path("versions").path(0);

    assertThat(version.path("files")).hasSize(1);
    assertThat(version.path("files").path(0).path("file").asString("")).isEqualTo(YOUNG.filename());
    JsonNode all =
        json(plan("{\"project\": \"young\", \"version\": \"1.0\"}", administrator()))
            .path("versions")
            .path(0);
    assertThat(all.path("files")).hasSize(2);
  }

  @Test
  void saysWhatCannotBeCovered() {
    String foreign = version(OLD).replace(OLD.sha256().hex(), "a".repeat(64));
    JsonNode versions =
        json(plan(
                String.join(
                    ",",
                    foreign,
                    "{\"project\": \"nosuch\", \"version\": \"1.0\"}",
                    "{\"project\": \"old\", \"version\": \"9.9\"}"),
                administrator()))
            .path("versions");

    assertThat(versions.valueStream().map(version -> version.path("problem").asString("")))
        .containsExactly(
            "none of its files has a hash that the lock names",
            "no upstream of this index has the project",
            "the project's page lists no file of this version");
    assertThat(versions.path(0).path("unmatched").path(0).asString("")).isEqualTo("a".repeat(64));
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertThat(plan("", administrator()).statusCode()).isEqualTo(400);
    assertThat(
            approve("{\"project\": \"old\", \"version\": \"1.0\"}", administrator()).statusCode())
        .isEqualTo(400);
    assertThat(
            approve(version(OLD).replace(OLD.sha256().hex(), "xyz"), administrator()).statusCode())
        .isEqualTo(400);
    assertThat(index.post("/api/approvals", "{}").statusCode()).isEqualTo(401);
    assertThat(index.post("/api/approvals/plan", "{}").statusCode()).isEqualTo(401);
    assertThat(index.post("/api/approvals/other", "{}", as(administrator())).statusCode())
        .isEqualTo(404);
  }
}
