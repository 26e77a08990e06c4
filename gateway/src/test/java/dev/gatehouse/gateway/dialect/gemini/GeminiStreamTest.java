package dev.gatehouse.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.Replay;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiStreamTest {
  @Test
  void readsTextThoughtsAndCallsInTurn() throws Exception {
    byte[] stream =
        stream(
            """
            {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}],"role":"model"},"index":0}],
             "usageMetadata":{"promptTokenCount":9},"modelVersion":"gemini-x","responseId":"r1"}
            """,
            """
            {"candidates":[{"content":{"parts":[{"text":"Ich schaue nach: ☔"}]},"index":0}]}
            """,
            """
            {"candidates":[{"content":{"parts":[
              {"functionCall":{"id":"g1","name":"weather","args":{"city":"Köln"}},"thoughtSignature":"Y2FsbA=="},
              {"functionCall":{"id":"g2","name":"now"}}]},"index":0}]}
            """,
            """
            {"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"dGV4dA=="}]},
              "finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"thoughtsTokenCount":2}}
            """);

    assertThat(Replay.atEverySplit(() -> new GeminiStream("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("r1", "gemini-x", Usage.NONE),
            new AnswerEvent.Thought(0, "Hm"),
            new AnswerEvent.Text(0, "Ich schaue nach: ☔"),
            new AnswerEvent.ToolCall(0, 0, "g1", "weather", "Y2FsbA=="),
            new AnswerEvent.ToolArguments(0, 0, "{\"city\":\"Köln\"}"),
            new AnswerEvent.ToolCall(0, 1, "g2", "now", null),
            new AnswerEvent.ToolArguments(0, 1, "{}"),
            new AnswerEvent.Thought(0, ""),
            new AnswerEvent.ThoughtSignature(0, "dGV4dA=="),
            new AnswerEvent.Stop(0, StopReason.TOOL_CALLS, null),
            new AnswerEvent.Used(new Usage(9, 0, 0, 6, 2)),
            new AnswerEvent.End());
  }

  @Test
  void keepsCandidatesApart() throws Exception {
    byte[] stream =
        stream(
            "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"b\"}]}},{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
            "{\"candidates\":[{\"index\":0,\"finishReason\":\"SAFETY\"}]}",
            "{\"candidates\":[{\"index\":1,\"finishReason\":\"STOP\"}]}",
            "{\"usageMetadata\":{\"promptTokenCount\":1}}");

    assertThat(Replay.atEverySplit(() -> new GeminiStream("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("", "m", Usage.NONE),
            new AnswerEvent.Text(1, "b"),
            new AnswerEvent.Text(0, "a"),
            new AnswerEvent.Stop(0, StopReason.FILTERED, null),
            new AnswerEvent.Stop(1, StopReason.END, null),
            new AnswerEvent.Used(new Usage(1, 0, 0, 0, 0)),
            new AnswerEvent.End());
  }

  @Test
  void readsARefusedQuestionAsAFilteredAnswer() throws Exception {
    byte[] stream =
        stream(
            "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":3}}");

    assertThat(Replay.atEverySplit(() -> new GeminiStream("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("", "m", Usage.NONE),
            new AnswerEvent.Stop(0, StopReason.FILTERED, null),
            new AnswerEvent.Used(new Usage(3, 0, 0, 0, 0)),
            new AnswerEvent.End());
  }

  @Test
  void failsWhereTheProviderSaysSo() throws Exception {
    String text = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}";
    assertThat(
            Replay.atEverySplit(
                () -> new GeminiStream("m"),
                stream(
                    text,
                    "{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}")))
        .last()
        .isEqualTo(
            new AnswerEvent.Failed(
                new ProviderError(503, Kind.OVERLOADED, "UNAVAILABLE", null, "Overloaded")));
    assertThat(
            Replay.atEverySplit(
                () -> new GeminiStream("m"),
                stream(text, "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}")))
        .last()
        .isInstanceOfSatisfying(
            AnswerEvent.Failed.class,
            failed -> assertThat(failed.error().kind()).isEqualTo(Kind.SERVER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{}}]}}]}",
        "{\"candidates\":[{\"index\":-1,\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"index\":128,\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\"}]",
        "[]",
        "null",
      })
  void refusesWhatIsNoAnswer(String piece) {
    byte[] stream = piece.isEmpty() ? new byte[0] : stream(piece);
    assertThatThrownBy(() -> Replay.inTwo(new GeminiStream("m"), stream, 0))
        .isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void refusesEveryCut() throws Exception {
    byte[] stream =
        stream(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
            "{\"candidates\":[{\"finishReason\":\"STOP\"}]}");
    // Without its last two line ends the last event is still whole.
    for (int length = 0; length < stream.length - 4; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> Replay.inTwo(new GeminiStream("m"), cut, 0))
          .as("cut at byte %d", length)
          .isInstanceOf(MalformedAnswerException.class);
    }
    List<AnswerEvent> whole = Replay.inTwo(new GeminiStream("m"), stream, 0);
    assertThat(whole).last().isEqualTo(new AnswerEvent.End());
  }

  private static byte[] stream(String... pieces) {
    StringBuilder stream = new StringBuilder();
    for (String piece : pieces) {
      stream.append("data: ").append(piece.strip().replace("\n", " ")).append("\r\n\r\n");
    }
    return stream.toString().getBytes(UTF_8);
  }
}
