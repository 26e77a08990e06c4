package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireUsageTest {
  private final WireUsage usage = new WireUsage();

  private boolean event(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return usage.event(bytes, 0, bytes.length);
  }

  @Test
  void readsTheChunkThatTellsOfUsageAlone() {
    assertThat(
            event(
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\"\"}}],\"usage\":null}\n\n"))
        .isFalse();
    assertThat(usage.usage()).isEmpty();
    assertThat(
            event(
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":3},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}\n\n"))
        .isTrue();
    assertThat(usage.usage()).hasValue(new Usage(9, 3, 0, 4, 2));
  }

  @Test
  void keepsAChunkThatTellsOfUsageAmongOtherThings() {
    assertThat(
            event(
                "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n"))
        .isFalse();
    assertThat(usage.usage()).hasValue(new Usage(1, 0, 0, 2, 0));
  }

  @Test
  void addsUpWhatAnthropicTellsInTwoEvents() {
    event(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,"
            + "\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":2,\"output_tokens\":1}}}\n\n");
    event(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":30}}\n\n");

    assertThat(usage.usage()).hasValue(new Usage(17, 5, 2, 30, 0));
  }

  /** The client left, or the provider broke off: what came is owed, and not the beginning alone. */
  @Test
  void countsWhatCameOfAnAnswerWhoseEndIsNotThere() {
    event(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,"
            + "\"cache_read_input_tokens\":5,\"output_tokens\":1}}}\n\n");
    for (int i = 0; i < 20; i++) {
      event(
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"so\"}}\n\n");
    }
    assertThat(usage.took().usage()).isEqualTo(new Usage(15, 5, 0, 21, 0));

    event(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":18}}\n\n");
    assertThat(usage.took().usage()).isEqualTo(new Usage(15, 5, 0, 18, 0));
  }

  @Test
  void tellsWhatAnthropicKeepsForAnHour() {
    event(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,"
            + "\"cache_creation_input_tokens\":9,\"cache_creation\":{\"ephemeral_5m_input_tokens\":2,"
            + "\"ephemeral_1h_input_tokens\":7},\"output_tokens\":1}}}\n\n");
    event(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"cache_creation_input_tokens\":9,"
            + "\"output_tokens\":30}}\n\n");

    assertThat(usage.usage()).hasValue(new Usage(19, 0, 9, 7, 30, 0));
  }

  /** Both vendors tell of the output's parts; only Anthropic's input is without what was cached. */
  @Test
  void addsUpWhatAnthropicTellsOfThinking() throws MalformedAnswerException {
    usage.whole(
        ("{\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":8,"
                + "\"output_tokens_details\":{\"thinking_tokens\":3}}}")
            .getBytes(UTF_8));

    assertThat(usage.usage()).hasValue(new Usage(15, 5, 0, 8, 3));
  }

  @Test
  void countsWhatOpenAiWritesToItsCache() throws MalformedAnswerException {
    usage.whole(
        ("{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":5}}}")
            .getBytes(UTF_8));
    assertThat(usage.usage()).hasValue(new Usage(9, 3, 5, 4, 0));

    usage.whole(
        ("{\"usage\":{\"input_tokens\":8,\"output_tokens\":6,"
                + "\"input_tokens_details\":{\"cached_tokens\":1,\"cache_write_tokens\":2}}}")
            .getBytes(UTF_8));
    assertThat(usage.usage()).hasValue(new Usage(8, 1, 2, 6, 0));
  }

  @Test
  void readsAResponse() throws MalformedAnswerException {
    event(
        "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"usage\":{"
            + "\"input_tokens\":8,\"input_tokens_details\":{\"cached_tokens\":1},\"output_tokens\":6,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":5}}}}\n\n");

    assertThat(usage.usage()).hasValue(new Usage(8, 1, 0, 6, 5));
  }

  @Test
  void takesNoNumberThatCannotBe() throws MalformedAnswerException {
    usage.whole(
        "{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":99999999999999999999}}"
            .getBytes(UTF_8));

    assertThat(usage.usage()).hasValue(Usage.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: [DONE]\n\n",
        "data:[DONE]",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\": [{\"finish_reason\" : \"length\"}]}\n\n",
        "data: {\"error\": {\"message\":\"no\"}}\n\n",
        "event: error\ndata: {\"type\":\"error\",\"message\":\"no\"}\n\n",
        "event: message_delta\ndata: {\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        "data: {\"type\": \"response.completed\"}\n\n",
        "data: {\"type\":\"response.incomplete\"}\n\n",
        "data: {\"type\":\"response.failed\"}\n\n"
      })
  void knowsTheEndOfAStream(String last) {
    event("data: {\"choices\":[{\"delta\":{\"content\":\"so\"},\"finish_reason\":null}]}\n\n");
    assertThat(usage.isEnded()).isFalse();

    event(last);
    assertThat(usage.isEnded()).isTrue();
    event("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n");
    assertThat(usage.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ": [DONE\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"[DONE]\"},\"finish_reason\":null}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"so\"},\"finish_reason\":\"\"}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"finish_reason\\\":\\\"stop\\\"\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"finish_reason\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"error\"}}]}\n\n",
        "data: {\"type\":\"message_start\",\"message\":{\"stop_reason\":null}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"message_stop\"}}\n\n",
        "data: {\"type\":\"response.created\",\"response\":{\"error\":null}}\n\n",
        "data: {\"finish_reason",
        "data: {\"finish_reason\":",
        "data: {\"finish_reason\":\""
      })
  void takesNothingElseForTheEndOfAStream(String other) {
    event(other);

    assertThat(usage.isEnded()).isFalse();
  }

  @Test
  void passesOverWhatIsNoJson() {
    assertThat(event("data: {\"usage\"\n\n")).isFalse();
    assertThat(usage.usage()).isEmpty();
    assertThat(usage.took().seenTokens()).isEqualTo(1);
  }
}
