package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Thinking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What one dialect writes to a provider, the same dialect reads from a client. */
class RoundTripTest {
  private static final Messages MESSAGES = new Messages();

  static List<String> toAnthropic() throws IOException {
    return written("anthropic");
  }

  static List<String> toOpenAi() throws IOException {
    return written("openai");
  }

  private static List<String> written(String provider) throws IOException {
    List<String> written = new ArrayList<>();
    for (String name : Sections.names("requests")) {
      if (body(name, provider).startsWith("{")) {
        written.add(name);
      }
    }
    assertThat(written).hasSizeGreaterThan(15);
    return written;
  }

  private static String body(String name, String provider) throws IOException {
    return Sections.read("requests", name).sections().getOrDefault(provider, "");
  }

  private static JsonNode json(String text) throws UntranslatableException {
    return LimitedJson.request(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("toAnthropic")
  void readsAgainWhatItWroteToAnthropic(String name) throws Exception {
    JsonNode body = json(body(name, "anthropic"));
    ProviderCall again =
        body.has("max_tokens")
            ? MESSAGES.write(MESSAGES.read(body), "claude-opus-5")
            : MESSAGES.writeCount(MESSAGES.readCount(body), "claude-opus-5");
    assertThat(LimitedJson.text(again.body())).isEqualTo(LimitedJson.text(body));
  }

  @ParameterizedTest
  @MethodSource("toOpenAi")
  void readsAgainWhatItWroteToOpenAi(String name) throws Exception {
    JsonNode body = json(body(name, "openai"));
    ProviderCall again = ChatCompletions.OPENAI.write(ChatCompletions.OPENAI.read(body), "gpt-5");
    assertThat(LimitedJson.text(again.body())).isEqualTo(LimitedJson.text(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages-everything.txt", "messages-budget.txt", "messages-plain.txt"})
  void aConversationSurvivesMessages(String name) throws Exception {
    Conversation asked = MESSAGES.read(json(Sections.read("requests", name).in().getValue()));
    assertThat(MESSAGES.read(MESSAGES.write(asked, "fast").body())).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chat-plain.txt", "chat-openai-only.txt", "chat-schema.txt", "chat-json.txt"})
  void aConversationSurvivesChat(String name) throws Exception {
    ChatCompletions chat = ChatCompletions.OPENAI;
    Conversation asked = chat.read(json(Sections.read("requests", name).in().getValue()));
    assertThat(chat.read(chat.write(asked, "fast").body())).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"claude-opus-4-1-20250805", "claude-3-7-sonnet-20250219", "claude-sonnet-4-5"})
  void aModelThatTakesNoWordForTheEffortIsGivenABudget(String model) throws Exception {
    Conversation asked =
        ChatCompletions.OPENAI.read(
            json(
                "{\"model\":\"m\",\"reasoning_effort\":\"medium\",\"max_tokens\":6000,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
    Conversation read = MESSAGES.read(MESSAGES.write(asked, model).body());
    assertThat(read.thinking()).isEqualTo(new Thinking.Budget(3000));
    assertThat(read.effort()).isNull();
  }

  @Test
  void aSignatureSurvivesInAnId() {
    SignedId id = new SignedId("call_1", "sïgnature/+=");
    assertThat(id.written()).matches("[A-Za-z0-9_-]+");
    assertThat(SignedId.read(id.written())).isEqualTo(id);
    assertThat(SignedId.read("call_signed_by_me!"))
        .isEqualTo(new SignedId("call_signed_by_me!", null));
    assertThat(SignedId.read("call_1")).isEqualTo(new SignedId("call_1", null));
  }
}
