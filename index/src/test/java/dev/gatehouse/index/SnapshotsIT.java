package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.net.Socket;
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

/** Naming what is admitted, serving it under its own address, and going back to it. */
class SnapshotsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SampleArtifact OLD = WheelBuilder.wheel("demo", "1.0").build();
  private static final SampleArtifact NEW = WheelBuilder.wheel("demo", "2.0").build();
  private static final SampleArtifact OTHER = WheelBuilder.wheel("other", "1.0").build();
  private static final Policy VETTED = new Policy(Mode.VETTED, List.of(), List.of(), List.of());

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(OLD).publish(OTHER);
    index = RunningIndex.in(data).upstream(upstream.uri()).policy(VETTED).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private String[] asAdministrator() {
    return new String[] {"Authorization", "Bearer " + index.administratorToken().reveal()};
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static String at(SampleArtifact artifact) {
    return "/files/" + artifact.project() + "/" + artifact.filename();
  }

  /** {@code demo} is installed, and named; then there is a newer one, which is installed, too. */
  private void madeMarch() {
    assertThat(index.get(at(OLD), "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    assertThat(create("march").statusCode()).isEqualTo(201);
    upstream.publish(NEW);
    index.later(Duration.ofMinutes(11));
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<byte[]> create(String name) {
    return index.post("/api/snapshots", "{\"name\": \"%s\"}".formatted(name), asAdministrator());
  }

  private HttpResponse<byte[]> use(String name) {
    return index.post("/api/snapshot-in-use", "{\"name\": %s}".formatted(name), asAdministrator());
  }

  private HttpResponse<byte[]> decide(String kind, String version) {
    return index.post(
        "/api/decisions",
        """
        {"kind": "%s", "project": "demo", "version": "%s", "reason": "because"}
        """
            .formatted(kind, version),
        asAdministrator());
  }

  private List<String> logged() {
    return json(index.get("/api/audit-log", asAdministrator()))
        .path("entries")
        .valueStream()
        .map(entry -> entry.path("action").asString("") + " " + entry.path("subject").asString(""))
        .toList();
  }

  @Test
  void listsWhatIsAdmittedAndHere() {
    index.get(at(OLD));

    JsonNode made = json(create("march"));

    assertThat(made.path("files").asInt()).isEqualTo(1);
    assertThat(made.path("by").asString("")).isEqualTo("local-administrator");
    JsonNode shown = json(index.get("/api/snapshots/march", asAdministrator()));
    assertThat(shown.path("listed")).hasSize(1);
    JsonNode file = shown.path("listed").path(0);
    assertThat(file.path("file").asString("")).isEqualTo(OLD.filename());
    assertThat(file.path("sha256").asString("")).isEqualTo(OLD.sha256().hex());
    assertThat(file.path("verdict").asString("")).isEqualTo("admit");
  }

  @Test
  void isNotMadeOfNothing() {
    index.get("/simple/demo/");

    HttpResponse<byte[]> answer = create("march");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("code").asString("")).isEqualTo("nothing-admitted");
    assertThat(json(index.get("/api/snapshots", asAdministrator())).path("snapshots")).isEmpty();
  }

  @Test
  void isAnIndexOfItsOwn() {
    madeMarch();

    assertThat(index.text("/snapshot/march/simple/")).contains("demo").doesNotContain("other");
    assertThat(index.text("/snapshot/march/simple/demo/"))
        .contains("href=\"../../files/demo/" + OLD.filename());
    assertThat(index.get("/snapshot/march" + at(OLD)).body()).isEqualTo(OLD.bytes());
    assertThat(index.get("/snapshot/march" + at(OLD) + ".metadata").statusCode()).isEqualTo(200);
    JsonNode document = json(index.get("/snapshot/march/pypi/demo/json"));
    assertThat(document.path("info").path("version").asString("")).isEqualTo("1.0");
    assertThat(document.path("urls").path(0).path("url").asString(""))
        .isEqualTo(index.address() + "snapshot/march" + at(OLD));
    assertThat(index.get("/snapshot/march/simple/demo").headers().firstValue("Location"))
        .contains("demo/");
  }

  @Test
  void passesOverWhatItDoesNotListAndSaysWhy() {
    madeMarch();

    HttpResponse<byte[]> newer = index.get("/snapshot/march" + at(NEW));

    assertThat(newer.statusCode()).isEqualTo(403);
    assertThat(new String(newer.body(), StandardCharsets.UTF_8))
        .contains("only what the snapshot march lists is served");
    assertThat(index.statusLine("/snapshot/march" + at(NEW)))
        .startsWith("HTTP/1.1 403 Gatehouse holds demo 2.0: only what the snapshot march lists");
    assertThat(index.text("/snapshot/march/simple/demo/"))
        .contains("data-yanked=\"Gatehouse: hold: only what the snapshot march lists");
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(200);
    assertThat(index.text("/simple/demo/")).doesNotContain("data-yanked");
  }

  @Test
  void staysWhatItIsForEver() {
    madeMarch();

    assertThat(create("march").statusCode()).isEqualTo(409);
    assertThat(json(index.get("/api/snapshots/march", asAdministrator())).path("listed"))
        .hasSize(1);
    assertThat(index.ask("DELETE", "/api/snapshots/march", asAdministrator()).statusCode())
        .isEqualTo(204);
    assertThat(index.get("/snapshot/march/simple/demo/").statusCode()).isEqualTo(404);
    assertThat(json(create("march")).path("title").asString(""))
        .isEqualTo("There was a snapshot march once");
    assertThat(index.ask("DELETE", "/api/snapshots/march", asAdministrator()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void neverBringsBackWhatWasTakenBack() {
    madeMarch();

    decide("recall", "1.0");

    assertThat(index.get("/snapshot/march" + at(OLD)).statusCode()).isEqualTo(403);
    assertThat(index.text("/snapshot/march/simple/demo/")).doesNotContain(OLD.filename());
    assertThat(use("\"march\"").statusCode()).isEqualTo(200);
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(403);
  }

  @Test
  void neverServesWhatIsRefusedDeniedOrGoneSince() {
    madeMarch();
    String inMarch = "/snapshot/march" + at(OLD);

    decide("refuse", "1.0");
    assertThat(index.get(inMarch).statusCode()).isEqualTo(403);
    index.post(
        "/api/decisions/withdraw",
        "{\"kind\": \"refuse\", \"project\": \"demo\", \"version\": \"1.0\", \"reason\": \"x\"}",
        asAdministrator());
    assertThat(index.get(inMarch).statusCode()).isEqualTo(200);

    DenyRule deny = new DenyRule(ProjectName.parse("demo"), List.of(), "MAL-1");
    index.apply(new Policy(Mode.VETTED, List.of(), List.of(), List.of(deny)));
    assertThat(index.get(inMarch).statusCode()).isEqualTo(403);
    index.apply(VETTED);

    upstream.unlist(OLD);
    index.later(Duration.ofMinutes(11));
    assertThat(json(index.get(inMarch)).path("code").asString("")).isEqualTo("upstream-removed");
  }

  @Test
  void theIndexGoesBackToItAndForwardAgain() {
    madeMarch();

    assertThat(use("\"march\"").statusCode()).isEqualTo(200);

    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(200);
    assertThat(json(index.get(at(NEW))).path("code").asString("")).isEqualTo("not-in-snapshot");
    assertThat(index.get(at(NEW), "Range", "bytes=0-9").statusCode()).isEqualTo(403);
    assertThat(index.get(at(NEW) + ".metadata").statusCode()).isEqualTo(403);
    assertThat(index.get(at(OTHER)).statusCode()).isEqualTo(403);
    assertThat(json(index.get("/pypi/demo/json")).path("info").path("version").asString(""))
        .isEqualTo("1.0");
    assertThat(index.ask("DELETE", "/api/snapshots/march", asAdministrator()).statusCode())
        .isEqualTo(409);

    assertThat(use("null").statusCode()).isEqualTo(200);

    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(200);
    assertThat(logged())
        .containsExactly("snapshot-create march", "snapshot-use march", "snapshot-end march");
  }

  @Test
  void staysBackAcrossARestartAndInEveryMode() {
    madeMarch();
    use("\"march\"");

    index = index.restarted();
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(403);
    assertThat(index.server().snapshotInUse()).contains("march");

    index.apply(Policy.observing());
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(403);
    assertThat(index.get(at(OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void anotherSnapshotIsServedWhateverTheIndexWentBackTo() {
    madeMarch();
    create("april");

    use("\"march\"");

    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(403);
    assertThat(index.get("/snapshot/april" + at(NEW)).body()).isEqualTo(NEW.bytes());
    assertThat(index.get("/snapshot/march" + at(NEW)).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsToBeInspectedIsJudgedByTheSnapshotThatIsAsked() {
    index.apply(Policy.observing());
    madeMarch();
    // A part is only given of what is kept.
    assertThat(index.get(at(NEW), "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    create("april");
    index.apply(VETTED);
    use("\"march\"");

    assertThat(index.get("/snapshot/april" + at(NEW)).body()).isEqualTo(NEW.bytes());
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(403);
  }

  @Test
  void goingBackEndsWhatIsOnItsWayButNotWhatASnapshotGives() throws Exception {
    SampleArtifact large = WheelBuilder.wheel("demo", "3.0").padding(30_000_000).build();
    madeMarch();
    upstream.publish(large);
    index.later(Duration.ofMinutes(11));
    assertThat(index.get(at(large)).statusCode()).isEqualTo(200);
    create("april");
    try (Socket client = asking(at(large));
        Socket other = asking("/snapshot/april" + at(large))) {
      assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
      assertThat(other.getInputStream().readNBytes(100_000)).hasSize(100_000);

      use("\"march\"");

      assertThat(client.getInputStream().readAllBytes().length + 100_000L).isLessThan(large.size());
      assertThat(other.getInputStream().readAllBytes().length + 100_000L)
          .isGreaterThan(large.size());
    }
  }

  private Socket asking(String path) throws IOException {
    Socket socket = new Socket(index.address().getHost(), index.address().getPort());
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void whyTellsWhichSnapshotIsInForceAndWhichListTheVersion() {
    madeMarch();
    create("april");
    use("\"march\"");

    JsonNode why = json(index.get("/api/why/demo/2.0", asAdministrator()));

    assertThat(why.path("snapshot-in-use").asString("")).isEqualTo("march");
    assertThat(why.path("snapshots").valueStream().map(name -> name.asString("")))
        .containsExactly("april");
    assertThat(why.path("files").path(0).path("reasons").path(0).path("code").asString(""))
        .isEqualTo("not-in-snapshot");
    assertThat(
            json(index.get("/api/status", asAdministrator())).path("warnings").path(0).asString(""))
        .startsWith("Only what the snapshot march lists is served");
  }

  @Test
  void isExportedAsConstraints() {
    madeMarch();
    index.get(at(OTHER));
    create("april");

    assertThat(export("april", "constraints").path("text").asString(""))
        .contains("\ndemo==2.0\nother==1.0\n")
        .contains("# demo: it also has 1.0\n");

    decide("recall", "2.0");
    JsonNode without = export("april", "constraints");
    assertThat(without.path("text").asString(""))
        .contains("\ndemo==1.0\nother==1.0\n")
        .contains("# left out, since it is not served any more: " + NEW.filename());
    assertThat(without.path("left-out").path(0).path("reasons").path(0).path("code").asString(""))
        .isEqualTo("recalled");
  }

  @Test
  void isExportedAsALockFile() {
    madeMarch();

    assertThat(export("march", "pylock").path("text").asString(""))
        .endsWith(
            """
            lock-version = "1.0"
            created-by = "gatehouse"

            [[packages]]
            name = "demo"
            version = "1.0"
            index = "%1$ssnapshot/march/simple/"
            wheels = [
                { name = "%2$s", upload-time = 2026-01-01T00:00:00Z, url = "%1$ssnapshot/march/files/demo/%2$s", size = %3$d, hashes = { sha256 = "%4$s" } },
            ]
            """
                .formatted(index.address(), OLD.filename(), OLD.size(), OLD.sha256().hex()));
    assertThat(index.get("/api/snapshots/march/export?to=poetry", asAdministrator()).statusCode())
        .isEqualTo(400);
  }

  private JsonNode export(String name, String format) {
    return json(index.get("/api/snapshots/" + name + "/export?to=" + format, asAdministrator()));
  }

  @Test
  void nobodyChangesThemWithoutTheRole() {
    madeMarch();

    assertThat(index.post("/api/snapshots", "{\"name\": \"april\"}").statusCode()).isEqualTo(401);
    assertThat(index.post("/api/snapshot-in-use", "{\"name\": \"march\"}").statusCode())
        .isEqualTo(401);
    assertThat(index.ask("DELETE", "/api/snapshots/march").statusCode()).isEqualTo(401);
    assertThat(index.get(at(NEW)).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    madeMarch();

    assertThat(create("../march").statusCode()).isEqualTo(400);
    assertThat(create("March").statusCode()).isEqualTo(400);
    assertThat(use("\"may\"").statusCode()).isEqualTo(404);
    assertThat(index.post("/api/snapshot-in-use", "{}", asAdministrator()).statusCode())
        .isEqualTo(400);
    assertThat(index.get("/snapshot/may/simple/demo/").statusCode()).isEqualTo(404);
    assertThat(index.get("/snapshot/march/api/clients", asAdministrator()).statusCode())
        .isEqualTo(404);
    assertThat(index.get("/snapshot/march").statusCode()).isEqualTo(404);
  }
}
