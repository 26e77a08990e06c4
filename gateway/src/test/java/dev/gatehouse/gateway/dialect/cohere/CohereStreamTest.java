package dev.gatehouse.gateway.dialect.cohere;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CohereStreamTest {
  private static final String START =
      "{\"id\":\"c1\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],\"citations\":[]}}}";
  private static final String END =
      "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TOOL_CALL\",\"usage\":{\"billed_units\":{\"input_tokens\":37,\"output_tokens\":28},\"tokens\":{\"input_tokens\":913,\"output_tokens\":83}}}}";

  @Test
  void readsTextThoughtsAndCallsInTurn() throws Exception {
    byte[] stream =
        stream(
            START,
            "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"thinking\",\"thinking\":\"\"}}}}",
            "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"thinking\":\"Hm\"}}}}",
            "{\"type\":\"content-end\",\"index\":0}",
            "{\"type\":\"content-start\",\"index\":1,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"Ich \"}}}}",
            "{\"type\":\"content-delta\",\"index\":1,\"delta\":{\"message\":{\"content\":{\"text\":\"schaue: ☔\"}}}}",
            "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{}}}}",
            "{\"type\":\"citation-end\",\"index\":0}",
            "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\" Plan.\"}}}",
            "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}}}}",
            "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"{\\\"city\\\":\"}}}}}",
            "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"\\\"Köln\\\"}\"}}}}}",
            "{\"type\":\"tool-call-end\",\"index\":0}",
            "{\"type\":\"tool-call-start\",\"index\":1,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"now\"}}}}}",
            "{\"type\":\"tool-call-end\",\"index\":1}",
            END);

    assertThat(Replay.atEverySplit(() -> new CohereStream("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("c1", "m", Usage.NONE),
            new AnswerEvent.Thought(0, "Hm"),
            new AnswerEvent.Text(0, "Ich "),
            new AnswerEvent.Text(0, "schaue: ☔"),
            new AnswerEvent.Text(0, " Plan."),
            new AnswerEvent.ToolCall(0, 0, "a", "weather", null),
            new AnswerEvent.ToolArguments(0, 0, "{\"city\":"),
            new AnswerEvent.ToolArguments(0, 0, "\"Köln\"}"),
            new AnswerEvent.ToolCall(0, 1, "b", "now", null),
            new AnswerEvent.ToolArguments(0, 1, "{}"),
            new AnswerEvent.Stop(0, StopReason.TOOL_CALLS, null),
            new AnswerEvent.Used(new Usage(37, 0, 0, 28, 0)),
            new AnswerEvent.End());
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 500, SERVER", "TIMEOUT, 504, TIMEOUT"})
  void failsWhereTheProviderSaysSo(String reason, int status, Kind kind) throws Exception {
    byte[] stream =
        stream(
            START,
            "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\""
                + reason
                + "\",\"error\":\"It broke\"}}");

    assertThat(Replay.atEverySplit(() -> new CohereStream("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("c1", "m", Usage.NONE),
            new AnswerEvent.Failed(new ProviderError(status, kind, reason, null, "It broke")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"content-delta\"}",
        "{\"type\":\"message-start\"}",
        START + "@" + START,
        START + "@{\"type\":\"tool-call-delta\",\"delta\":{\"message\":{\"tool_calls\":{}}}}",
        START
            + "@{\"type\":\"tool-call-start\",\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"a\"}}}}",
        START + "@{\"type\":\"message-end\",\"delta\":{}}",
        START + "@" + END + "@" + END,
        START + "@not JSON",
      })
  void refusesWhatIsNoAnswer(String events) {
    byte[] stream = stream(events.split("@", -1));
    assertThatThrownBy(() -> Replay.inTwo(new CohereStream("m"), stream, 0))
        .isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void refusesEveryCut() {
    byte[] stream = stream(START, END);
    // Without its last two line ends the last event is still whole.
    for (int length = 0; length < stream.length - 2; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> Replay.inTwo(new CohereStream("m"), cut, 0))
          .as("cut at byte %d", length)
          .isInstanceOf(MalformedAnswerException.class);
    }
  }

  private static byte[] stream(String... events) {
    StringBuilder stream = new StringBuilder();
    for (String event : events) {
      stream.append("event: x\ndata: ").append(event).append("\n\n");
    }
    return stream.toString().getBytes(UTF_8);
  }
}
