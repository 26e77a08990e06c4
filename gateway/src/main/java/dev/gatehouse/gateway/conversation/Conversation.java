package dev.gatehouse.gateway.conversation;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a model. Null or empty: it did not say.
 *
 * @param model as the client calls it
 * @param system the instructions before the conversation; text and cache points only
 * @param messages in their order
 * @param maxTokens the most that the answer may have, thinking included
 * @param stops texts at which the answer ends
 * @param candidates how many answers are wanted
 * @param parallelTools whether several tools may be called at once
 * @param effort how much effort the model is to put into the answer, thinking included: {@code
 *     minimal}, {@code low}, {@code medium}, {@code high}, {@code xhigh} or {@code max}; who wants
 *     none at all says {@link Thinking.Off}
 * @param user the client's own user, for the provider's abuse detection
 * @param streamed whether the answer is wanted as it comes
 * @param streamedUsage whether the usage is wanted at a streamed answer's end, where the client's
 *     format leaves the choice
 */
public record Conversation(
    String model,
    List<Part> system,
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    AnswerFormat format,
    @Nullable Integer maxTokens,
    @Nullable BigDecimal temperature,
    @Nullable BigDecimal topP,
    @Nullable Integer topK,
    @Nullable BigDecimal frequencyPenalty,
    @Nullable BigDecimal presencePenalty,
    @Nullable Long seed,
    List<String> stops,
    @Nullable Integer candidates,
    @Nullable Boolean parallelTools,
    @Nullable Thinking thinking,
    @Nullable String effort,
    @Nullable String user,
    boolean streamed,
    boolean streamedUsage) {
  public Conversation {
    system = List.copyOf(system);
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    stops = List.copyOf(stops);
  }
}
