package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each vendor's stream of events, sent in two HTTP chunks split at every byte, gives the client the
 * same as in one piece, whatever lies at the split: an event's end, an escape, half a character.
 */
class ReplayIT {
  /**
   * Every split takes over a minute, and is taken in memory by the tests of each format; over HTTP
   * every seventh is, unless -Dgatehouse.replay.step=1 asks for all.
   */
  private static final int STEP = Integer.getInteger("gatehouse.replay.step", 7);

  @TempDir private static Path folder;
  private static FakeProviders fakes;
  private static RunningGateway gateway;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    fakes = FakeProviders.start(true, false);
    gateway = RunningGateway.start(folder, fakes, List.of(Wanted.free("key")));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    gateway.close();
    fakes.close();
  }

  /** What differs from one answer to the next is made equal. */
  private static String ask(String path, ObjectNode body, int split)
      throws IOException, InterruptedException {
    ArrayNode messages =
        Json.array(Json.object("role", "user", "content", "Hi. #split-%06d".formatted(split)));
    body.set("messages", messages);
    HttpRequest request =
        HttpRequest.newBuilder(gateway.address().resolve(path))
            .header("authorization", "Bearer " + gateway.token("key"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Json.text(body)))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer
        .body()
        .replaceAll("#split-\\d{6}", "#split")
        .replaceAll("\"created\":\\d+", "\"created\":0")
        .replaceAll("\"id\":\"(chatcmpl|msg)[-_][^\"]*\"", "\"id\":\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, v1/chat/completions",
    "AZURE, v1/chat/completions",
    "ANTHROPIC, v1/messages",
    "ANTHROPIC, v1/chat/completions",
    "GEMINI, v1/chat/completions",
    "COHERE, v1/messages",
    "BEDROCK, v1/chat/completions",
    "OPENAI, v1/messages",
  })
  void isTheSameWhereverItIsSplit(Which which, String path) throws Exception {
    ObjectNode body =
        Json.object("model", RunningGateway.modelOf(which), "max_tokens", 200, "stream", true);
    long before = fakes.get(which).sent();
    String whole = ask(path, body, 0);
    long length = fakes.get(which).sent() - before;

    assertThat(whole).contains("世界");
    for (int split = 1; split < length; split += STEP) {
      assertThat(ask(path, body, split)).as("split at " + split).isEqualTo(whole);
    }
  }
}
