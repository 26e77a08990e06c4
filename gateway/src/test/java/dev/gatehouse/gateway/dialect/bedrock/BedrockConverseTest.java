package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.ToolChoice;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.Asked;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockConverseTest {
  private static final String CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final BedrockConverse BEDROCK = new BedrockConverse();

  @Test
  void asksAtTheModelsAddress() throws Exception {
    Asked asked = new Asked().user("Hello");
    assertThat(BEDROCK.write(asked.conversation(), CLAUDE).path())
        .isEqualTo("/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse");
    asked.streamed = true;
    assertThat(
            BEDROCK
                .write(asked.conversation(), "arn:aws:bedrock:us-east-1:1:inference-profile/x")
                .path())
        .isEqualTo(
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse-stream");
    assertThatThrownBy(() -> BEDROCK.write(asked.conversation(), ".."))
        .isInstanceOf(UntranslatableException.class);
  }

  @Test
  void writesAWholeConversation() throws Exception {
    Asked asked = new Asked();
    asked.system = List.of(new Part.Text("Be brief."), new Part.CachePoint(true));
    asked
        .user(
            new Part.Text("What is this?"),
            new Part.Image("image/jpeg", "/9j/", null, "auto"),
            new Part.Document("application/pdf", "JVBERi0=", null, "Q3 report.pdf"),
            new Part.Document("text/plain", "aGk=", null, "Q3 report.pdf"),
            new Part.CachePoint(false))
        .assistant(
            new Part.Thought("Hm.", "c2ln"),
            new Part.RedactedThought("b3BhcXVl"),
            new Part.Text(""),
            new Part.ToolCall("call_1", "weather", "{\"city\":\"Köln\",\"n\":1.50}", "gemini's"))
        .user(
            new Part.ToolResult(
                "call_1",
                "weather",
                List.of(
                    new Part.Text("rain"),
                    new Part.Image("image/png", "iVBO", null, null),
                    new Part.CachePoint(false)),
                true))
        .user("And now?")
        .between("Answer in German.");
    asked.tools = List.of(Asked.weather(true, new Part.CachePoint(false)));
    asked.toolChoice = new ToolChoice.Named("weather");
    asked.maxTokens = 500;
    asked.temperature = new BigDecimal("0.70");
    asked.topP = new BigDecimal("0.9");
    asked.topK = 40;
    asked.frequencyPenalty = BigDecimal.ZERO;
    asked.stops = List.of("END");
    asked.candidates = 1;
    asked.thinking = new Thinking.Budget(1024);
    asked.effort = "high";
    asked.format =
        new AnswerFormat.Schema(
            "city", "A city", LimitedJson.answer("{\"type\":\"object\"}"), true);

    assertThat(BEDROCK.write(asked.conversation(), CLAUDE).body())
        .isEqualTo(
            LimitedJson.answer(
                """
                {"messages": [
                  {"role": "user", "content": [
                    {"text": "What is this?"},
                    {"image": {"format": "jpeg", "source": {"bytes": "/9j/"}}},
                    {"document": {"format": "pdf", "name": "Q3 report-pdf",
                                  "source": {"bytes": "JVBERi0="}}},
                    {"document": {"format": "txt", "name": "Q3 report-pdf (2)",
                                  "source": {"bytes": "aGk="}}},
                    {"cachePoint": {"type": "default"}}]},
                  {"role": "assistant", "content": [
                    {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "c2ln"}}},
                    {"reasoningContent": {"redactedContent": "b3BhcXVl"}},
                    {"toolUse": {"toolUseId": "call_1", "name": "weather",
                                 "input": {"city": "Köln", "n": 1.50}}}]},
                  {"role": "user", "content": [
                    {"toolResult": {"toolUseId": "call_1", "status": "error", "content": [
                      {"text": "rain"},
                      {"image": {"format": "png", "source": {"bytes": "iVBO"}}}]}},
                    {"cachePoint": {"type": "default"}},
                    {"text": "And now?"}]},
                  {"role": "system", "content": [{"text": "Answer in German."}]}],
                 "system": [{"text": "Be brief."}, {"cachePoint": {"type": "default", "ttl": "1h"}}],
                 "inferenceConfig": {"maxTokens": 500, "temperature": 0.70, "topP": 0.9,
                                     "stopSequences": ["END"]},
                 "additionalModelResponseFieldPaths": ["/stop_sequence"],
                 "toolConfig": {
                   "tools": [
                     {"toolSpec": {"name": "weather", "description": "The weather of a city",
                        "inputSchema": {"json": {"type": "object",
                          "properties": {"city": {"type": "string"}}, "required": ["city"]}},
                        "strict": true}},
                     {"cachePoint": {"type": "default"}}],
                   "toolChoice": {"tool": {"name": "weather"}}},
                 "outputConfig": {
                   "textFormat": {"type": "json_schema", "structure": {"jsonSchema": {
                     "schema": "{\\"type\\":\\"object\\"}", "name": "city",
                     "description": "A city"}}},
                   "effort": "high"},
                 "additionalModelRequestFields": {
                   "top_k": 40, "thinking": {"type": "enabled", "budget_tokens": 1024}}}
                """));
  }

  @Test
  void leavesToolsOutWhereNoneIsToBeCalled() throws Exception {
    Asked asked = new Asked().user("Hello");
    asked.tools = List.of(Asked.weather(null, null));
    asked.toolChoice = new ToolChoice.None();
    assertThat(BEDROCK.write(asked.conversation(), CLAUDE).body().has("toolConfig")).isFalse();
    asked.assistant(new Part.ToolCall("1", "weather", "{}", null));
    assertThatThrownBy(() -> BEDROCK.write(asked.conversation(), CLAUDE))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo("tool_choice"));
  }

  @Test
  void namesWhatConverseCannotDo() throws Exception {
    assertUntranslatable("n", CLAUDE, asked -> asked.candidates = 2);
    assertUntranslatable("seed", CLAUDE, asked -> asked.seed = 7L);
    assertUntranslatable(
        "frequency_penalty", CLAUDE, asked -> asked.frequencyPenalty = BigDecimal.ONE);
    assertUntranslatable(
        "presence_penalty", CLAUDE, asked -> asked.presencePenalty = BigDecimal.ONE);
    assertUntranslatable("parallel_tool_calls", CLAUDE, asked -> asked.parallelTools = false);
    assertUntranslatable(
        "response_format", CLAUDE, asked -> asked.format = new AnswerFormat.Json());
    assertUntranslatable("reasoning_effort", CLAUDE, asked -> asked.effort = "minimal");
    assertUntranslatable("top_k", "meta.llama3-70b-instruct-v1:0", asked -> asked.topK = 4);
    assertUntranslatable(
        "thinking", "amazon.nova-pro-v1:0", asked -> asked.thinking = new Thinking.Adaptive());
    assertUntranslatable(
        "messages",
        CLAUDE,
        asked -> asked.user(new Part.Image(null, null, "https://example.com/x.png", null)));
    assertUntranslatable(
        "messages", CLAUDE, asked -> asked.user(new Part.Image("image/tiff", "AA==", null, null)));
    assertUntranslatable(
        "messages", CLAUDE, asked -> asked.user(new Part.Image("image/png", "AA==", null, "high")));
    assertUntranslatable(
        "messages",
        CLAUDE,
        asked -> asked.user(new Part.Document(null, null, "s3://bucket/key", null)));
    assertUntranslatable(
        "messages",
        CLAUDE,
        asked -> asked.user(new Part.Document("application/zip", "AA==", null, null)));
  }

  private static void assertUntranslatable(String field, String model, Consumer<Asked> with) {
    Asked asked = new Asked().user("Hello");
    with.accept(asked);
    assertThatThrownBy(() -> BEDROCK.write(asked.conversation(), model))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void readsAWholeAnswer() throws Exception {
    assertThat(
            read(
                """
                {"output": {"message": {"role": "assistant", "content": [
                   {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "c2ln"}}},
                   {"reasoningContent": {"redactedContent": "b3BhcXVl"}},
                   {"text": "I look."},
                   {"citationsContent": {"content": [{"text": "It "}, {"text": "rains."}],
                                         "citations": [{"title": "a"}]}},
                   {"toolUse": {"toolUseId": "t1", "name": "weather",
                                "input": {"city": "Köln", "n": 1.50}}}]}},
                 "stopReason": "tool_use",
                 "usage": {"inputTokens": 10, "outputTokens": 7, "totalTokens": 47,
                           "cacheReadInputTokens": 20, "cacheWriteInputTokens": 10,
                           "cacheDetails": [{"ttl": "5m", "inputTokens": 4}, {"ttl": "1h", "inputTokens": 6}]},
                 "metrics": {"latencyMs": 300}, "later": true}
                """))
        .isEqualTo(
            new Answer(
                "",
                CLAUDE,
                List.of(
                    new Answer.Choice(
                        List.of(
                            new Part.Thought("Hm.", "c2ln"),
                            new Part.RedactedThought("b3BhcXVl"),
                            new Part.Text("I look."),
                            new Part.Text("It rains."),
                            new Part.ToolCall(
                                "t1", "weather", "{\"city\":\"Köln\",\"n\":1.50}", null)),
                        StopReason.TOOL_CALLS,
                        null)),
                new Usage(40, 20, 10, 6, 7, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END",
    "stop_sequence, STOP_TEXT",
    "max_tokens, LENGTH",
    "model_context_window_exceeded, LENGTH",
    "tool_use, TOOL_CALLS",
    "guardrail_intervened, FILTERED",
    "content_filtered, FILTERED",
    "of_a_later_version, FILTERED",
  })
  void readsWhyItStopped(String reason, StopReason stop) throws Exception {
    Answer.Choice choice =
        read("""
             {"output": {"message": {"content": [{"text": "x"}]}}, "stopReason": "%s",
              "additionalModelResponseFields": {"stop_sequence": "END"}, "usage": {}}
             """
                .formatted(reason))
            .choices()
            .getFirst();
    assertThat(choice.stop()).isEqualTo(stop);
    assertThat(choice.stopText()).isEqualTo("END");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]",
        "{\"output\": {}, \"stopReason\": \"end_turn\", \"usage\": {}}",
        "{\"output\": {\"message\": {}}, \"usage\": {}}",
        "{\"output\": {\"message\": {}}, \"stopReason\": \"end_turn\"}",
        "{\"output\": {\"message\": {}}, \"stopReason\": \"malformed_tool_use\", \"usage\": {}}",
        "{\"output\": {\"message\": {}}, \"stopReason\": \"end_turn\", \"usage\": {\"inputTokens\": -1}}",
        "{\"output\": {\"message\": {\"content\": [{\"image\": {}}]}}, \"stopReason\": \"end_turn\", \"usage\": {}}",
        "{\"output\": {\"message\": {\"content\": [{\"text\": 1}]}}, \"stopReason\": \"end_turn\", \"usage\": {}}",
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(MalformedAnswerException.class);
  }

  private static Answer read(String answer) throws MalformedAnswerException {
    return BEDROCK.read(LimitedJson.answer(answer), CLAUDE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"message\":\"The provided model identifier is invalid.\"} | INVALID_REQUEST",
        "400 | {\"message\":\"Input is too long for requested model.\"} | CONTEXT_LENGTH",
        "400 | {\"message\":\"prompt is too long: 250000 tokens > 200000 maximum\"} | CONTEXT_LENGTH",
        "400 | {\"__type\":\"com.amazon#ServiceQuotaExceededException\",\"message\":\"x\"} | RATE_LIMIT",
        "403 | {\"message\":\"You don't have access to the model\"} | PERMISSION",
        "403 | {\"message\":\"The security token included in the request is expired\"} | AUTHENTICATION",
        "403 | {\"Message\":\"Signature expired: 20260101T000000Z\"} | AUTHENTICATION",
        "404 | {\"message\":\"Could not resolve the foundation model\"} | NOT_FOUND",
        "408 | {\"message\":\"Model has timed out\"} | TIMEOUT",
        "413 | | TOO_LARGE",
        "424 | {\"message\":\"The system encountered an unexpected error\"} | SERVER",
        "429 | {\"message\":\"Too many tokens, please wait before trying again.\"} | RATE_LIMIT",
        "429 | {\"message\":\"Model is not ready for inference\"} | OVERLOADED",
        "500 | <html><title>Oops</title></html> | SERVER",
        "503 | {\"message\":\"Bedrock is unable to process your request.\"} | OVERLOADED",
      })
  void tellsErrorsApart(int status, String body, ProviderError.Kind kind) {
    ProviderError error = BEDROCK.error(status, body == null ? new byte[0] : body.getBytes(UTF_8));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.status()).isEqualTo(status);
  }

  @Test
  void keepsTheSessionTokenThatAwsRepeats() {
    String said =
        "The request signature we calculated does not match the signature you provided. The"
            + " Canonical String for this request should have been 'POST\\n/model/x\\n"
            + "x-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE\\n'";
    assertThat(BEDROCK.error(403, ("{\"message\":\"" + said + "\"}").getBytes(UTF_8)).message())
        .doesNotContain("IQoJ")
        .contains("does not take the signature");
  }
}
