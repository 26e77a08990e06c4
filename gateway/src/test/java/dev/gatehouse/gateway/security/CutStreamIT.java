package dev.gatehouse.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are passed on as they came: a client can tell a cut one from a whole one. */
class CutStreamIT {
  private static final String SO =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"},\"finish_reason\":null}]}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  @TempDir private static Path folder;
  private static Lab lab;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    lab = new Lab(folder);
    token = lab.key("{'name':'app','budget':'100'}");
  }

  @AfterAll
  static void stop() throws Exception {
    lab.close();
  }

  private static String streamed(String path, String model, String stream) throws Exception {
    lab.provider.answers(
        (exchange, _) -> FakeProvider.send(exchange, 200, "text/event-stream", stream));
    HttpResponse<String> answer =
        lab.ask(
            token,
            path,
            "{\"model\":\"%s\",\"stream\":true,\"max_tokens\":9,\"input\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .formatted(model));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** Some servers never send {@code [DONE]}, and some leave out the last blank line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        SO + STOP,
        SO + STOP + "data: [DONE]",
        SO + "data: [DONE]\n\n",
        SO + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}",
        SO + STOP + ": bye\n\n"
      })
  void passesAWholeStreamOnAsItCame(String stream) throws Exception {
    assertThat(streamed("/v1/chat/completions", "fast", stream)).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: {\"choices\":[{\"index\":0,\"del", "data: {\"choices\":[]}"})
  void endsACutStreamOfChatWithAnErrorAfterItsLastWholeEvent(String rest) throws Exception {
    String body = streamed("/v1/chat/completions", "fast", SO + rest);

    assertThat(body).startsWith(SO + "data: {\"error\":{").endsWith("}\n\n");
    assertThat(body).contains("cut off").doesNotContain("[DONE]");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/v1/messages, claude, {\"type\":\"error\"",
        "/v1/responses, fast, {\"error\":{\"message\""
      })
  void endsACutStreamOfAnotherFormatWithItsOwnError(String path, String model, String error)
      throws Exception {
    String begin = "event: begins\ndata: {\"type\":\"begins\",\"error\":null}\n\n";
    String body = streamed(path, model, begin + "event: half\ndata: {\"ty");

    assertThat(body).startsWith(begin + "event: error\ndata: " + error).contains("cut off");
  }

  /** It has told the client already. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}\n\n",
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"no\"}}\n\n"
      })
  void addsNothingToTheProvidersOwnError(String error) throws Exception {
    assertThat(streamed("/v1/chat/completions", "fast", SO + error)).isEqualTo(SO + error);
  }
}
