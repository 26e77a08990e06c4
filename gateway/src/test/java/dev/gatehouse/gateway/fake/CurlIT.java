package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the documentation shows first, typed into a shell. Skipped where there is no curl. */
class CurlIT {
  private static final String GREETING = "Grüße, 世界 🙂! You said: Hello.";

  @TempDir private Path folder;

  @BeforeAll
  static void findCurl() throws InterruptedException {
    String missing = "";
    try {
      new ProcessBuilder("curl", "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      missing = "there is no curl: " + e.getMessage();
    }
    assumeTrue(missing.isEmpty(), missing);
  }

  private interface Use {
    void of(RunningGateway gateway) throws Exception;
  }

  private void withGateway(Use use) throws Exception {
    try (FakeProviders fakes = FakeProviders.start(true, false);
        RunningGateway gateway = RunningGateway.start(folder, fakes, List.of(Wanted.free("app")))) {
      use.of(gateway);
    }
  }

  /** Sends a body, and gives all that comes back. */
  private static String curl(String body, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "--disable", "--noproxy", "*", "--silent", "--show-error"));
    command.addAll(List.of("--header", "Content-Type: application/json", "--data-binary", "@-"));
    command.addAll(List.of(arguments));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = curl.getOutputStream()) {
      in.write(body.getBytes(UTF_8));
    }
    String output = new String(curl.getInputStream().readAllBytes(), UTF_8);
    assertThat(curl.waitFor()).as(output).isZero();
    return output;
  }

  private static String body(Which which, boolean streamed) {
    return Json.text(
        Json.object(
            "model",
            RunningGateway.modelOf(which),
            "max_tokens",
            100,
            "stream",
            streamed,
            "messages",
            Json.array(Json.object("role", "user", "content", "Hello."))));
  }

  @Test
  void asksForAWholeAnswer() throws Exception {
    withGateway(
        gateway -> {
          String chat =
              curl(
                  body(Which.BEDROCK, false),
                  gateway.address() + "v1/chat/completions",
                  "--header",
                  "Authorization: Bearer " + gateway.token("app"));
          assertThat(Json.read(chat.getBytes(UTF_8)).at("/choices/0/message/content").asString(""))
              .isEqualTo(GREETING);

          String messages =
              curl(
                  body(Which.ANTHROPIC, false),
                  gateway.address() + "v1/messages",
                  "--header",
                  "anthropic-version: 2023-06-01",
                  "--header",
                  "x-api-key: " + gateway.token("app"));
          assertThat(Json.read(messages.getBytes(UTF_8)).at("/content/0/text").asString(""))
              .isEqualTo(GREETING);
        });
  }

  @Test
  void asksForAnAnswerAsItComes() throws Exception {
    withGateway(
        gateway -> {
          String chat =
              curl(
                  body(Which.BEDROCK, true),
                  gateway.address() + "v1/chat/completions",
                  "--no-buffer",
                  "--include",
                  "--header",
                  "Authorization: Bearer " + gateway.token("app"));
          assertThat(chat)
              .startsWith("HTTP/1.1 200 OK")
              .containsIgnoringCase("content-type: text/event-stream")
              .endsWith("\n\ndata: [DONE]\n\n");
          StringBuilder text = new StringBuilder();
          for (JsonNode chunk : events(chat)) {
            text.append(chunk.at("/choices/0/delta/content").asString(""));
          }
          assertThat(text).hasToString(GREETING);

          String messages =
              curl(
                  body(Which.ANTHROPIC, true),
                  gateway.address() + "v1/messages",
                  "--no-buffer",
                  "--header",
                  "x-api-key: " + gateway.token("app"));
          assertThat(messages).startsWith("event: message_start\n");
          assertThat(events(messages))
              .extracting(event -> event.path("type").asString(""))
              .contains("content_block_delta")
              .endsWith("message_stop");
        });
  }

  private static List<JsonNode> events(String answer) {
    return answer
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> Json.read(line.substring("data: ".length()).getBytes(UTF_8)))
        .toList();
  }

  @Test
  void isToldInJsonWhatIsWrong() throws Exception {
    withGateway(
        gateway -> {
          String refused =
              curl(
                  body(Which.ANTHROPIC, false),
                  gateway.address() + "v1/messages",
                  "--write-out",
                  "\n%{http_code} %header{request-id}",
                  "--header",
                  "x-api-key: nobody's");
          List<String> lines = refused.lines().toList();
          JsonNode error = Json.read(lines.getFirst().getBytes(UTF_8));
          assertThat(error.at("/error/type").asString("")).isEqualTo("authentication_error");
          assertThat(error.path("request_id").asString("")).isNotEmpty();
          assertThat(lines.getLast()).isEqualTo("401 " + error.path("request_id").asString(""));
        });
  }
}
