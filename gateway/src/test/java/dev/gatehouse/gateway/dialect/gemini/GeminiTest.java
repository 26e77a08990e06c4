package dev.gatehouse.gateway.dialect.gemini;

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

/** Requests and answers after Google's SDK, google-genai 2.25.0. */
class GeminiTest {
  private static final Gemini GEMINI = new Gemini();

  @Test
  void asksAtTheModelsAddress() throws Exception {
    Asked asked = new Asked().user("Hello");
    assertThat(path(asked, "gemini-2.5-flash"))
        .isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
    assertThat(path(asked, "models/gemini-2.5-flash"))
        .isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
    asked.streamed = true;
    assertThat(path(asked, "tunedModels/mine?x#y"))
        .isEqualTo("/v1beta/tunedModels/mine%3Fx%23y:streamGenerateContent?alt=sse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "models/..", "../v1/x", "files/a"})
  void asksNowhereElse(String model) {
    assertThatThrownBy(() -> path(new Asked().user("Hello"), model))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo("model"));
  }

  private static String path(Asked asked, String model) throws UntranslatableException {
    return GEMINI.write(asked.conversation(), model).path();
  }

  @Test
  void writesAWholeConversation() throws Exception {
    Asked asked = new Asked();
    asked.system = List.of(new Part.Text("Be brief."), new Part.CachePoint(false));
    asked
        .user(
            new Part.Text("What is this?"),
            new Part.Image("image/jpeg", "/9j/", null, "low"),
            new Part.Image(null, null, "https://example.com/a.PNG?x=1", "low"),
            new Part.Document("application/pdf", "JVBERi0=", null, "Q3.pdf"))
        .assistant(
            new Part.Thought("Hm.", "c2ln"),
            new Part.Text("I look."),
            new Part.Thought("", "dGV4dA=="),
            new Part.ToolCall("a", "weather", "{\"city\":\"Köln\",\"n\":1.50}", "Y2FsbA=="),
            new Part.ToolCall("b", "weather", "{}", null))
        .user(
            new Part.ToolResult(
                "a",
                "weather",
                List.of(new Part.Text("rain"), new Part.Image("image/png", "iVBO", null, null)),
                false),
            new Part.ToolResult("b", "weather", List.of(new Part.Text("no city")), true))
        .user("And now?");
    asked.tools = List.of(Asked.weather(null, null));
    asked.toolChoice = new ToolChoice.Named("weather");
    asked.maxTokens = 500;
    asked.temperature = new BigDecimal("0.70");
    asked.topP = new BigDecimal("0.9");
    asked.topK = 40;
    asked.frequencyPenalty = new BigDecimal("0.1");
    asked.presencePenalty = new BigDecimal("0.2");
    asked.seed = 7L;
    asked.stops = List.of("END");
    asked.candidates = 2;
    asked.thinking = new Thinking.Budget(1024);
    asked.format =
        new AnswerFormat.Schema("city", null, LimitedJson.answer("{\"type\":\"object\"}"), true);

    assertThat(body(asked, "gemini-2.5-flash"))
        .isEqualTo(
            LimitedJson.answer(
                """
                {"systemInstruction": {"parts": [{"text": "Be brief."}]},
                 "contents": [
                  {"role": "user", "parts": [
                    {"text": "What is this?"},
                    {"inlineData": {"mimeType": "image/jpeg", "data": "/9j/"}},
                    {"fileData": {"mimeType": "image/png",
                                  "fileUri": "https://example.com/a.PNG?x=1"}},
                    {"inlineData": {"mimeType": "application/pdf", "data": "JVBERi0="}}]},
                  {"role": "model", "parts": [
                    {"text": "Hm.", "thought": true, "thoughtSignature": "c2ln"},
                    {"text": "I look."},
                    {"text": "", "thoughtSignature": "dGV4dA=="},
                    {"functionCall": {"id": "a", "name": "weather",
                                      "args": {"city": "Köln", "n": 1.50}},
                     "thoughtSignature": "Y2FsbA=="},
                    {"functionCall": {"id": "b", "name": "weather", "args": {}}}]},
                  {"role": "user", "parts": [
                    {"functionResponse": {"id": "a", "name": "weather",
                       "response": {"output": "rain"},
                       "parts": [{"inlineData": {"mimeType": "image/png", "data": "iVBO"}}]}},
                    {"functionResponse": {"id": "b", "name": "weather",
                       "response": {"error": "no city"}}},
                    {"text": "And now?"}]}],
                 "tools": [{"functionDeclarations": [
                   {"name": "weather", "description": "The weather of a city",
                    "parametersJsonSchema": {"type": "object",
                      "properties": {"city": {"type": "string"}}, "required": ["city"]}}]}],
                 "toolConfig": {"functionCallingConfig":
                   {"mode": "ANY", "allowedFunctionNames": ["weather"]}},
                 "generationConfig": {
                   "mediaResolution": "MEDIA_RESOLUTION_LOW", "maxOutputTokens": 500,
                   "temperature": 0.70, "topP": 0.9, "topK": 40, "frequencyPenalty": 0.1,
                   "presencePenalty": 0.2, "seed": 7, "candidateCount": 2,
                   "stopSequences": ["END"], "responseMimeType": "application/json",
                   "responseJsonSchema": {"type": "object"},
                   "thinkingConfig": {"thinkingBudget": 1024, "includeThoughts": true}}}
                """));
  }

  /** From the third generation on, a call without a signature is refused. */
  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, false",
    "models/gemini-2.5-pro, false",
    "gemini-3-pro, true",
    "gemini-4-argon, true"
  })
  void signsCallsOfOtherModels(String model, boolean signed) throws Exception {
    Asked asked =
        new Asked()
            .user("Hello")
            .assistant(
                new Part.ToolCall("a", "x", "{}", null), new Part.ToolCall("b", "x", "{}", null));
    JsonNode parts = body(asked, model).path("contents").path(1).path("parts");
    assertThat(parts.path(0).path("thoughtSignature").asString(""))
        .isEqualTo(signed ? "skip_thought_signature_validator" : "");
    assertThat(parts.path(1).has("thoughtSignature")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemini-2.5-pro | minimal | {\"thinkingBudget\":1024}",
        "gemini-2.5-pro | medium | {\"thinkingBudget\":8192}",
        "gemini-2.5-pro | high | {\"thinkingBudget\":24576}",
        "gemini-3-pro | low | {\"thinkingLevel\":\"LOW\"}",
      })
  void translatesEfforts(String model, String effort, String thinking) throws Exception {
    Asked asked = new Asked().user("Hello");
    asked.effort = effort;
    assertThat(body(asked, model).path("generationConfig").path("thinkingConfig"))
        .isEqualTo(LimitedJson.answer(thinking));
  }

  @Test
  void translatesThinkingAndToolChoices() throws Exception {
    assertThat(config(asked -> asked.thinking = new Thinking.Off()).toString())
        .isEqualTo("{\"thinkingConfig\":{\"thinkingBudget\":0}}");
    assertThat(config(asked -> asked.thinking = new Thinking.Adaptive()).toString())
        .isEqualTo("{\"thinkingConfig\":{\"thinkingBudget\":-1,\"includeThoughts\":true}}");
    assertThat(config(asked -> asked.format = new AnswerFormat.Json()).toString())
        .isEqualTo("{\"responseMimeType\":\"application/json\"}");
    assertThat(mode(new ToolChoice.Unsaid(), null)).isEmpty();
    assertThat(mode(new ToolChoice.Unsaid(), true)).isEqualTo("VALIDATED");
    assertThat(mode(new ToolChoice.Auto(), false)).isEqualTo("AUTO");
    assertThat(mode(new ToolChoice.None(), null)).isEqualTo("NONE");
    assertThat(mode(new ToolChoice.Required(), true)).isEqualTo("ANY");
  }

  private static JsonNode config(Consumer<Asked> with) throws Exception {
    Asked asked = new Asked().user("Hello");
    with.accept(asked);
    return body(asked, "gemini-2.5-pro").path("generationConfig");
  }

  private static String mode(ToolChoice choice, @Nullable Boolean strict) throws Exception {
    Asked asked = new Asked().user("Hello");
    asked.tools = List.of(Asked.weather(strict, null));
    asked.toolChoice = choice;
    return body(asked, "gemini-2.5-pro")
        .path("toolConfig")
        .path("functionCallingConfig")
        .path("mode")
        .asString("");
  }

  private static JsonNode body(Asked asked, String model) throws Exception {
    // As it is sent: a number in it is of no Java type.
    return LimitedJson.answer(LimitedJson.bytes(GEMINI.write(asked.conversation(), model).body()));
  }

  @Test
  void namesWhatGeminiCannotDo() throws Exception {
    List<Tool> tools = List.of(Asked.weather(null, null));
    assertUntranslatable(
        "parallel_tool_calls",
        asked -> {
          asked.tools = tools;
          asked.parallelTools = false;
        });
    assertUntranslatable("reasoning_effort", asked -> asked.effort = "xhigh");
    assertUntranslatable("messages", asked -> asked.between("Be brief."));
    assertUntranslatable("messages", asked -> asked.assistant(new Part.RedactedThought("opaque")));
    assertUntranslatable(
        "messages", asked -> asked.user(new Part.ToolResult("x", null, List.of(), false)));
    assertUntranslatable(
        "messages",
        asked ->
            asked.user(
                new Part.ToolResult(
                    "x",
                    "weather",
                    List.of(new Part.Image(null, null, "https://example.com/x.png", null)),
                    false)));
    for (String url :
        List.of("http://example.com/x.png", "https://example.com/x", "gs://bucket/x.png")) {
      assertUntranslatable("messages", asked -> asked.user(new Part.Image(null, null, url, null)));
    }
    assertUntranslatable(
        "messages",
        asked ->
            asked.user(
                new Part.Image("image/png", "AA==", null, "low"),
                new Part.Image("image/png", "AA==", null, "high")));
  }

  private static void assertUntranslatable(String field, Consumer<Asked> with) {
    Asked asked = new Asked().user("Hello");
    with.accept(asked);
    assertThatThrownBy(() -> body(asked, "gemini-2.5-flash"))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void readsAWholeAnswer() throws Exception {
    assertThat(
            read(
                """
                {"responseId": "r1", "modelVersion": "gemini-2.5-flash-001", "candidates": [
                  {"content": {"role": "model", "parts": [
                     {"text": "Hm.", "thought": true},
                     {"text": "I look.", "thoughtSignature": "dGV4dA=="},
                     {"functionCall": {"id": "g1", "name": "weather", "args": {"n": 1.50}},
                      "thoughtSignature": "Y2FsbA=="}]},
                   "finishReason": "STOP", "index": 0},
                  {"content": {"parts": [{"text": "Other"}]}, "finishReason": "MAX_TOKENS"}],
                 "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5,
                   "thoughtsTokenCount": 3, "cachedContentTokenCount": 4,
                   "toolUsePromptTokenCount": 2, "totalTokenCount": 20}}
                """))
        .isEqualTo(
            new Answer(
                "r1",
                "gemini-2.5-flash-001",
                List.of(
                    new Answer.Choice(
                        List.of(
                            new Part.Thought("Hm.", null),
                            new Part.Text("I look."),
                            new Part.Thought("", "dGV4dA=="),
                            new Part.ToolCall("g1", "weather", "{\"n\":1.50}", "Y2FsbA==")),
                        StopReason.TOOL_CALLS,
                        null),
                    new Answer.Choice(List.of(new Part.Text("Other")), StopReason.LENGTH, null)),
                new Usage(12, 4, 0, 8, 3)));
  }

  /** An answer that is read, written into the next request and compared with what came. */
  @Test
  void givesAnAnswerBackAsItCame() throws Exception {
    String parts =
        """
        [{"text": "Hm.", "thought": true, "thoughtSignature": "c2ln"},
         {"text": "I look."},
         {"functionCall": {"id": "g1", "name": "weather", "args": {"n": 1.50}},
          "thoughtSignature": "Y2FsbA=="}]
        """;
    Answer answer =
        read(
            "{\"candidates\":[{\"content\":{\"parts\":" + parts + "},\"finishReason\":\"STOP\"}]}");

    Asked next =
        new Asked()
            .user("Hello")
            .assistant(answer.choices().getFirst().parts().toArray(new Part[0]));
    assertThat(body(next, "gemini-3-pro").path("contents").path(1).path("parts"))
        .isEqualTo(LimitedJson.answer(parts));
  }

  @Test
  void givesCallsStableIdsOfTheirOwn() throws Exception {
    String answer =
        """
        {"responseId": "%s", "candidates": [{"content": {"parts": [
           {"functionCall": {"name": "now"}}, {"functionCall": {"name": "now"}}]},
         "finishReason": "STOP"}]}
        """;
    List<Part> one = read(answer.formatted("r1")).choices().getFirst().parts();
    List<Part> again = read(answer.formatted("r1")).choices().getFirst().parts();
    List<Part> other = read(answer.formatted("r2")).choices().getFirst().parts();

    assertThat(one).isEqualTo(again).doesNotContainAnyElementsOf(other).doesNotHaveDuplicates();
    assertThat(((Part.ToolCall) one.getFirst()).id()).matches("call_[0-9a-f]{24}");
    assertThat(((Part.ToolCall) one.getFirst()).arguments()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, END",
    "MAX_TOKENS, LENGTH",
    "SAFETY, FILTERED",
    "RECITATION, FILTERED",
    "PROHIBITED_CONTENT, FILTERED",
    "SPII, FILTERED",
    "BLOCKLIST, FILTERED",
    "OTHER, FILTERED",
    "OF_A_LATER_VERSION, FILTERED"
  })
  void readsWhyItStopped(String reason, StopReason stop) throws Exception {
    assertThat(
            read("{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]}")
                .choices()
                .getFirst()
                .stop())
        .isEqualTo(stop);
  }

  @Test
  void readsARefusedQuestionAsAFilteredAnswer() throws Exception {
    assertThat(read("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}").choices())
        .containsExactly(new Answer.Choice(List.of(), StopReason.FILTERED, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"candidates\":[{\"content\":{}}]}",
        "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[{\"inlineData\":{}}]}}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[{\"functionCall\":{}}]}}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":-1}}",
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(MalformedAnswerException.class);
  }

  private static Answer read(String answer) throws MalformedAnswerException {
    return GEMINI.read(LimitedJson.answer(answer), "m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | INVALID_ARGUMENT | API key not valid. Please pass a valid API key. | API_KEY_INVALID | AUTHENTICATION",
        "400 | INVALID_ARGUMENT | The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | | CONTEXT_LENGTH",
        "400 | INVALID_ARGUMENT | Request contains an invalid argument. | | INVALID_REQUEST",
        "400 | FAILED_PRECONDITION | User location is not supported for the API use. | | INVALID_REQUEST",
        "401 | UNAUTHENTICATED | Request had invalid authentication credentials. | | AUTHENTICATION",
        "403 | PERMISSION_DENIED | Gemini API has not been used in project 1 before. | SERVICE_DISABLED | PERMISSION",
        "403 | PERMISSION_DENIED | This API method requires billing to be enabled. | BILLING_DISABLED | OUT_OF_CREDIT",
        "404 | NOT_FOUND | models/x is not found for API version v1beta | | NOT_FOUND",
        "429 | RESOURCE_EXHAUSTED | You exceeded your current quota, please check your plan and billing details. | | RATE_LIMIT",
        "429 | RESOURCE_EXHAUSTED | Your prepayment credits are depleted. | | OUT_OF_CREDIT",
        "499 | CANCELLED | The operation was cancelled. | | SERVER",
        "500 | INTERNAL | An internal error has occurred. | | SERVER",
        "503 | UNAVAILABLE | The model is overloaded. Please try again later. | | OVERLOADED",
        "504 | DEADLINE_EXCEEDED | Deadline expired before operation could complete. | | TIMEOUT",
      })
  void tellsErrorsApart(
      int status, String word, String message, @Nullable String reason, ProviderError.Kind kind) {
    String body =
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\",\"details\":[{\"@type\":\"x\"%s}]}}"
            .formatted(
                status, message, word, reason == null ? "" : ",\"reason\":\"" + reason + "\"");
    ProviderError expected =
        new ProviderError(status, kind, reason == null ? word : reason, null, message);
    assertThat(GEMINI.error(status, body.getBytes(UTF_8))).isEqualTo(expected);
    assertThat(GEMINI.error(status, ("[" + body + "]").getBytes(UTF_8))).isEqualTo(expected);
  }

  @Test
  void keepsTheKeyThatGoogleRepeats() {
    String key = "AIza" + "SyD-EXAMPLE_0123456789abcdefghijklmn";
    assertThat(
            GEMINI
                .error(
                    403,
                    ("{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"message\":"
                            + "\"Permission denied: Consumer 'api_key:"
                            + key
                            + "' has been suspended.\"}}")
                        .getBytes(UTF_8))
                .message())
        .contains("has been suspended")
        .doesNotContain("SyD-EXAMPLE");
  }
}
