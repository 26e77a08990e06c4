package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.Thinking;
import dev.gatehouse.gateway.conversation.Tool;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a conversation for a test; what is not set was not said. */
public final class Asked {
  public List<Part> system = List.of();
  public List<Message> messages = new ArrayList<>();
  public List<Tool> tools = List.of();
  public ToolChoice toolChoice = new ToolChoice.Unsaid();
  public AnswerFormat format = new AnswerFormat.Text();
  public @Nullable Integer maxTokens;
  public @Nullable BigDecimal temperature;
  public @Nullable BigDecimal topP;
  public @Nullable Integer topK;
  public @Nullable BigDecimal frequencyPenalty;
  public @Nullable BigDecimal presencePenalty;
  public @Nullable Long seed;
  public List<String> stops = List.of();
  public @Nullable Integer candidates;
  public @Nullable Boolean parallelTools;
  public @Nullable Thinking thinking;
  public @Nullable String effort;
  public boolean streamed;

  public Asked user(Part... parts) {
    messages.add(new Message(Message.Role.USER, List.of(parts)));
    return this;
  }

  public Asked user(String text) {
    return user(new Part.Text(text));
  }

  public Asked assistant(Part... parts) {
    messages.add(new Message(Message.Role.ASSISTANT, List.of(parts)));
    return this;
  }

  public Asked between(String text) {
    messages.add(new Message(Message.Role.SYSTEM, List.of(new Part.Text(text))));
    return this;
  }

  /** A tool with a city as its only argument. */
  public static Tool weather(@Nullable Boolean strict, Part.@Nullable CachePoint cache)
      throws Exception {
    return new Tool(
        "weather",
        "The weather of a city",
        LimitedJson.answer(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}"),
        strict,
        cache);
  }

  public Conversation conversation() {
    return new Conversation(
        "fast",
        system,
        messages,
        tools,
        toolChoice,
        format,
        maxTokens,
        temperature,
        topP,
        topK,
        frequencyPenalty,
        presencePenalty,
        seed,
        stops,
        candidates,
        parallelTools,
        thinking,
        effort,
        "user-1",
        streamed,
        false);
  }
}
