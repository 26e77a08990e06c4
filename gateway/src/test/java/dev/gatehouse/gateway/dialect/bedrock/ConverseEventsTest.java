package dev.gatehouse.gateway.dialect.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.Replay;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams after botocore's model of ConverseStreamOutput. */
class ConverseEventsTest {
  private static final String END =
      "{\"usage\":{\"inputTokens\":11,\"outputTokens\":5,\"totalTokens\":16},\"metrics\":{\"latencyMs\":9}}";

  @Test
  void readsTextThoughtsAndCallsInTurn() throws Exception {
    byte[] stream =
        new EventBytes()
            .event("messageStart", "{\"role\":\"assistant\",\"p\":\"abcd\"}")
            .event("contentBlockDelta", delta(0, "\"reasoningContent\":{\"text\":\"Hm\"}"))
            .event("contentBlockDelta", delta(0, "\"reasoningContent\":{\"signature\":\"c2ln\"}"))
            .event("contentBlockStop", "{\"contentBlockIndex\":0}")
            .event(
                "contentBlockDelta",
                delta(1, "\"reasoningContent\":{\"redactedContent\":\"b3A=\"}"))
            .event("contentBlockStop", "{\"contentBlockIndex\":1}")
            .event("contentBlockDelta", delta(2, "\"text\":\"Ich schaue nach: ☔\""))
            .event("contentBlockDelta", delta(2, "\"text\":\"\""))
            .event("contentBlockDelta", delta(2, "\"citation\":{\"title\":\"a\"}"))
            .event("contentBlockStop", "{\"contentBlockIndex\":2}")
            .event("contentBlockStart", call(3, "t1", "weather"))
            .event("contentBlockDelta", delta(3, "\"toolUse\":{\"input\":\"{\\\"city\\\":\"}"))
            .event("contentBlockDelta", delta(3, "\"toolUse\":{\"input\":\"\\\"Köln\\\"}\"}"))
            .event("contentBlockStop", "{\"contentBlockIndex\":3}")
            .event("contentBlockStart", call(4, "t2", "now"))
            .event("contentBlockDelta", delta(4, "\"toolUse\":{\"input\":\"\"}"))
            .event("contentBlockStop", "{\"contentBlockIndex\":4}")
            .event("ofALaterVersion", "{}")
            .event("messageStop", "{\"stopReason\":\"tool_use\"}")
            .event("metadata", END)
            .toBytes();

    assertThat(Replay.atEverySplit(() -> new ConverseEvents("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("", "m", Usage.NONE),
            new AnswerEvent.Thought(0, "Hm"),
            new AnswerEvent.ThoughtSignature(0, "c2ln"),
            new AnswerEvent.RedactedThought(0, "b3A="),
            new AnswerEvent.Text(0, "Ich schaue nach: ☔"),
            new AnswerEvent.ToolCall(0, 0, "t1", "weather", null),
            new AnswerEvent.ToolArguments(0, 0, "{\"city\":"),
            new AnswerEvent.ToolArguments(0, 0, "\"Köln\"}"),
            new AnswerEvent.ToolCall(0, 1, "t2", "now", null),
            new AnswerEvent.ToolArguments(0, 1, "{}"),
            new AnswerEvent.Stop(0, StopReason.TOOL_CALLS, null),
            new AnswerEvent.Used(new Usage(11, 0, 0, 5, 0)),
            new AnswerEvent.End());
  }

  @Test
  void saysAtWhichTextItStopped() throws Exception {
    byte[] stream =
        started()
            .event(
                "messageStop",
                "{\"stopReason\":\"stop_sequence\",\"additionalModelResponseFields\":{\"stop_sequence\":\"END\"}}")
            .event("metadata", END)
            .toBytes();

    assertThat(Replay.atEverySplit(() -> new ConverseEvents("m"), stream))
        .contains(new AnswerEvent.Stop(0, StopReason.STOP_TEXT, "END"));
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, 429, RATE_LIMIT",
    "modelStreamErrorException, 424, SERVER",
    "validationException, 400, INVALID_REQUEST",
    "internalServerException, 500, SERVER",
    "serviceUnavailableException, 503, OVERLOADED",
    "somethingNewException, 500, SERVER",
  })
  void failsWithTheStreamsException(String type, int status, Kind kind) throws Exception {
    byte[] stream = started().exception(type, "{\"message\":\"Slow down\"}").toBytes();

    assertThat(Replay.atEverySplit(() -> new ConverseEvents("m"), stream))
        .containsExactly(
            new AnswerEvent.Begin("", "m", Usage.NONE),
            new AnswerEvent.Failed(new ProviderError(status, kind, type, null, "Slow down")));
  }

  @Test
  void failsWithTheStreamsError() throws Exception {
    byte[] stream =
        started()
            .message(
                new EventBytes.Headers()
                    .text(":message-type", "error")
                    .text(":error-code", "InternalFailure")
                    .text(":error-message", "Broken"),
                new byte[0])
            .toBytes();

    assertThat(Replay.atEverySplit(() -> new ConverseEvents("m"), stream))
        .last()
        .isEqualTo(
            new AnswerEvent.Failed(
                new ProviderError(500, Kind.SERVER, "InternalFailure", null, "Broken")));
  }

  @Test
  void refusesWhatIsNoAnswer() {
    assertMalformed(stream -> {}); // cut off before its end
    assertMalformed(stream -> stream.event("messageStop", "{\"stopReason\":\"end_turn\"}"));
    assertMalformed(stream -> stream.event("metadata", END));
    assertMalformed(stream -> stream.event("messageStart", "{}"));
    assertMalformed(stream -> stream.event("messageStop", "{}"));
    assertMalformed(
        stream -> stream.event("messageStop", "{\"stopReason\":\"malformed_tool_use\"}"));
    assertMalformed(stream -> stream.event("contentBlockDelta", "{\"delta\":"));
    assertMalformed(stream -> stream.event("contentBlockDelta", delta(0, "\"image\":{}")));
    assertMalformed(stream -> stream.event("contentBlockDelta", delta(0, "\"text\":{}")));
    assertMalformed(
        stream -> stream.event("contentBlockDelta", delta(7, "\"toolUse\":{\"input\":\"{\"}")));
    assertMalformed(
        stream ->
            stream
                .event("contentBlockStart", call(1, "a", "x"))
                .event("contentBlockStart", call(1, "b", "y")));
    assertMalformed(stream -> stream.message(new EventBytes.Headers(), new byte[0]));
    assertMalformed(
        stream ->
            stream
                .event("messageStop", "{\"stopReason\":\"end_turn\"}")
                .event("contentBlockDelta", delta(0, "\"text\":\"more\""))
                .event("metadata", END));
    assertThatThrownBy(
            () ->
                read(
                    new EventBytes()
                        .event("contentBlockDelta", delta(0, "\"text\":\"x\""))
                        .toBytes()))
        .isInstanceOf(MalformedAnswerException.class);
  }

  private static void assertMalformed(Consumer<EventBytes> with) {
    EventBytes stream = started();
    with.accept(stream);
    assertThatThrownBy(() -> read(stream.toBytes())).isInstanceOf(MalformedAnswerException.class);
  }

  private static List<AnswerEvent> read(byte[] stream) throws MalformedAnswerException {
    return Replay.inTwo(new ConverseEvents("m"), stream, stream.length);
  }

  private static EventBytes started() {
    return new EventBytes().event("messageStart", "{\"role\":\"assistant\"}");
  }

  private static String delta(int block, String delta) {
    return "{\"contentBlockIndex\":" + block + ",\"delta\":{" + delta + "}}";
  }

  private static String call(int block, String id, String name) {
    return "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\",\"name\":\"%s\"}}}"
        .formatted(block, id, name);
  }
}
