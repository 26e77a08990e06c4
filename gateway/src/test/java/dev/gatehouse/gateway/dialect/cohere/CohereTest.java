package dev.gatehouse.gateway.dialect.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.Asked;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests and answers after Cohere's SDK of August 2026. */
class CohereTest {
  private static final Cohere COHERE = new Cohere();

  @Test
  void writesAWholeConversation() throws Exception {
    Asked asked = new Asked();
    asked.system = List.of(new Part.Text("Be brief."), new Part.CachePoint(false));
    asked
        .user(
            new Part.Text("What is this?"),
            new Part.Image("image/png", "iVBO", null, "low"),
            new Part.Image(null, null, "https://example.com/x.png", null))
        .assistant(
            new Part.Thought("Hm.", "another's"),
            new Part.Text("I look."),
            new Part.ToolCall("a", "weather", "{\"city\":\"Köln\",\"n\":1.50}", null))
        .user(
            new Part.ToolResult("a", "weather", List.of(new Part.Text("rain")), false),
            new Part.ToolResult("b", "weather", List.of(new Part.Text("no city")), true))
        .user("And now?")
        .assistant(new Part.Text("Rain."))
        .between("Answer in German.");
    asked.tools = List.of(Asked.weather(true, null), tool("other", null));
    asked.toolChoice = new ToolChoice.Named("weather");
    asked.maxTokens = 500;
    asked.temperature = new BigDecimal("0.70");
    asked.topP = new BigDecimal("0.9");
    asked.topK = 40;
    asked.frequencyPenalty = new BigDecimal("0.1");
    asked.presencePenalty = new BigDecimal("0.2");
    asked.seed = 7L;
    asked.stops = List.of("END");
    asked.candidates = 1;
    asked.thinking = new Thinking.Budget(1024);
    asked.format =
        new AnswerFormat.Schema("city", null, LimitedJson.answer("{\"type\":\"object\"}"), true);
    asked.streamed = true;

    assertThat(COHERE.write(asked.conversation(), "m").path()).isEqualTo("/v2/chat");
    assertThat(body(asked))
        .isEqualTo(
            LimitedJson.answer(
                """
                {"model": "command-a-03-2025", "stream": true, "messages": [
                  {"role": "system", "content": [{"type": "text", "text": "Be brief."}]},
                  {"role": "user", "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url",
                     "image_url": {"url": "data:image/png;base64,iVBO", "detail": "low"}},
                    {"type": "image_url", "image_url": {"url": "https://example.com/x.png"}}]},
                  {"role": "assistant", "tool_plan": "I look.",
                   "content": [{"type": "thinking", "thinking": "Hm."}],
                   "tool_calls": [{"id": "a", "type": "function", "function":
                     {"name": "weather", "arguments": "{\\"city\\":\\"Köln\\",\\"n\\":1.50}"}}]},
                  {"role": "tool", "tool_call_id": "a", "content": "rain"},
                  {"role": "tool", "tool_call_id": "b", "content": "{\\"error\\":\\"no city\\"}"},
                  {"role": "user", "content": [{"type": "text", "text": "And now?"}]},
                  {"role": "assistant", "content": [{"type": "text", "text": "Rain."}]},
                  {"role": "system", "content": [{"type": "text", "text": "Answer in German."}]}],
                 "max_tokens": 500, "temperature": 0.70, "p": 0.9, "k": 40,
                 "frequency_penalty": 0.1, "presence_penalty": 0.2, "seed": 7,
                 "stop_sequences": ["END"], "tool_choice": "REQUIRED",
                 "tools": [{"type": "function", "function": {"name": "weather",
                   "description": "The weather of a city", "parameters": {"type": "object",
                     "properties": {"city": {"type": "string"}}, "required": ["city"]}}}],
                 "strict_tools": true,
                 "response_format": {"type": "json_object", "json_schema": {"type": "object"}},
                 "thinking": {"type": "enabled", "token_budget": 1024}}
                """));
  }

  @Test
  void translatesThinkingAndToolChoices() throws Exception {
    assertThat(with(asked -> asked.thinking = new Thinking.Off()).path("thinking").toString())
        .isEqualTo("{\"type\":\"disabled\"}");
    assertThat(with(asked -> asked.thinking = new Thinking.Adaptive()).path("thinking").toString())
        .isEqualTo("{\"type\":\"enabled\"}");
    assertThat(with(asked -> asked.format = new AnswerFormat.Json()).path("response_format"))
        .isEqualTo(LimitedJson.answer("{\"type\":\"json_object\"}"));
    assertThat(choice(new ToolChoice.Unsaid())).isEmpty();
    assertThat(choice(new ToolChoice.Auto())).isEmpty();
    assertThat(choice(new ToolChoice.None())).isEqualTo("NONE");
    assertThat(choice(new ToolChoice.Required())).isEqualTo("REQUIRED");
  }

  private static String choice(ToolChoice choice) throws Exception {
    Tool tool = Asked.weather(null, null);
    return with(asked -> {
          asked.tools = List.of(tool);
          asked.toolChoice = choice;
        })
        .path("tool_choice")
        .asString("");
  }

  private static JsonNode with(Consumer<Asked> with) throws Exception {
    Asked asked = new Asked().user("Hello");
    with.accept(asked);
    return body(asked);
  }

  private static JsonNode body(Asked asked) throws Exception {
    // As it is sent: a number in it is of no Java type.
    return LimitedJson.answer(
        LimitedJson.bytes(COHERE.write(asked.conversation(), "command-a-03-2025").body()));
  }

  private static Tool tool(String name, @Nullable Boolean strict) {
    return new Tool(name, null, LimitedJson.object(), strict, null);
  }

  @Test
  void namesWhatCohereCannotDo() {
    assertUntranslatable("n", asked -> asked.candidates = 2);
    assertUntranslatable("parallel_tool_calls", asked -> asked.parallelTools = false);
    assertUntranslatable("reasoning_effort", asked -> asked.effort = "high");
    assertUntranslatable(
        "tools", asked -> asked.tools = List.of(tool("a", true), tool("b", false)));
    assertUntranslatable(
        "tool_choice",
        asked -> {
          asked.tools = List.of(tool("a", null));
          asked.toolChoice = new ToolChoice.Named("b");
        });
    assertUntranslatable(
        "messages", asked -> asked.user(new Part.Document("text/plain", "aGk=", null, null)));
    assertUntranslatable("messages", asked -> asked.assistant(new Part.RedactedThought("x")));
    assertUntranslatable(
        "messages",
        asked ->
            asked.user(
                new Part.ToolResult(
                    "a", "x", List.of(new Part.Image("image/png", "iVBO", null, null)), false)));
  }

  private static void assertUntranslatable(String field, Consumer<Asked> with) {
    assertThatThrownBy(() -> with(with))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void readsAWholeAnswer() throws Exception {
    assertThat(
            read(
                """
                {"id": "c1", "finish_reason": "TOOL_CALL", "message": {"role": "assistant",
                   "content": [{"type": "thinking", "thinking": "Hm."},
                               {"type": "text", "text": "Well."}],
                   "tool_plan": "I look.",
                   "tool_calls": [
                     {"id": "a", "type": "function",
                      "function": {"name": "weather", "arguments": "{\\"city\\":\\"Köln\\"}"}},
                     {"id": "b", "type": "function", "function": {"name": "now"}}],
                   "citations": []},
                 "usage": {"billed_units": {"input_tokens": 10.0, "output_tokens": 5},
                           "tokens": {"input_tokens": 70, "output_tokens": 6},
                           "cached_tokens": 64}}
                """))
        .isEqualTo(
            new Answer(
                "c1",
                "m",
                List.of(
                    new Answer.Choice(
                        List.of(
                            new Part.Thought("Hm.", null),
                            new Part.Text("Well."),
                            new Part.Text("I look."),
                            new Part.ToolCall("a", "weather", "{\"city\":\"Köln\"}", null),
                            new Part.ToolCall("b", "now", "{}", null)),
                        StopReason.TOOL_CALLS,
                        null)),
                new Usage(10, 10, 0, 5, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETE, END",
    "STOP_SEQUENCE, STOP_TEXT",
    "MAX_TOKENS, LENGTH",
    "TOOL_CALL, TOOL_CALLS",
    "OF_A_LATER_VERSION, FILTERED"
  })
  void readsWhyItStopped(String reason, StopReason stop) throws Exception {
    Answer answer =
        read(
            "{\"id\":\"c\",\"finish_reason\":\""
                + reason
                + "\",\"message\":{},"
                + "\"usage\":{\"tokens\":{\"input_tokens\":7,\"output_tokens\":2}}}");
    assertThat(answer.choices().getFirst().stop()).isEqualTo(stop);
    assertThat(answer.usage()).isEqualTo(new Usage(7, 0, 0, 2, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"id\":\"c\",\"finish_reason\":\"COMPLETE\"}",
        "{\"id\":\"c\",\"message\":{}}",
        "{\"finish_reason\":\"COMPLETE\",\"message\":{}}",
        "{\"id\":\"c\",\"finish_reason\":\"ERROR\",\"message\":{}}",
        "{\"id\":\"c\",\"finish_reason\":\"COMPLETE\",\"message\":{\"content\":[{\"type\":\"image\"}]}}",
        "{\"id\":\"c\",\"finish_reason\":\"COMPLETE\",\"message\":{\"tool_calls\":[{\"id\":\"a\"}]}}",
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(MalformedAnswerException.class);
  }

  private static Answer read(String answer) throws MalformedAnswerException {
    return COHERE.read(LimitedJson.answer(answer), "m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | invalid request: message must be at least 1 token long | INVALID_REQUEST",
        "400 | too many tokens: total number of tokens cannot exceed 128000 | CONTEXT_LENGTH",
        "401 | invalid api token | AUTHENTICATION",
        "402 | Please add or update your payment method | OUT_OF_CREDIT",
        "403 | no access | PERMISSION",
        "404 | model 'x' not found | NOT_FOUND",
        "422 | invalid type: expected string | INVALID_REQUEST",
        "429 | You are using a Trial key, which is limited to 40 API calls / minute | RATE_LIMIT",
        "429 | You are using a Trial key, which is limited to 1000 API calls / month | OUT_OF_CREDIT",
        "498 | blocked input | CONTENT_POLICY",
        "499 | request cancelled by user | SERVER",
        "500 | internal server error | SERVER",
        "503 | service unavailable | OVERLOADED",
        "504 | upstream timeout | TIMEOUT",
      })
  void tellsErrorsApart(int status, String message, ProviderError.Kind kind) {
    assertThat(
            COHERE.error(
                status, ("{\"id\":\"x\",\"message\":\"" + message + "\"}").getBytes(UTF_8)))
        .isEqualTo(new ProviderError(status, kind, null, null, message));
  }
}
