package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Thinking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a client says how much is to be thought, in either vendor's words. */
final class ThinkingFields {
  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  private ThinkingFields() {}

  /** Anthropic's {@code thinking}, which LiteLLM's clients also put into chat completions. */
  static @Nullable Thinking thinking(Fields of) throws UntranslatableException {
    Fields thinking = of.object("thinking");
    if (thinking == null) {
      return null;
    }
    String type = thinking.needText("type");
    thinking.only(
        "display", "summarized", "cannot be translated: thoughts are passed on as they come.");
    Integer budget = thinking.count("budget_tokens");
    thinking.end();
    if ((budget != null) != type.equals("enabled")) {
      throw thinking.cannot("budget_tokens", "belongs to the type \"enabled\", and only there.");
    }
    if (budget != null) {
      return new Thinking.Budget(budget);
    }
    return switch (type) {
      case "disabled" -> new Thinking.Off();
      case "adaptive" -> new Thinking.Adaptive();
      default ->
          throw thinking.cannot(
              "type", "cannot be translated: use \"enabled\", \"disabled\" or \"adaptive\".");
    };
  }

  /**
   * A word for the effort; null: unsaid.
   *
   * @throws UntranslatableException where it is none that a vendor has
   */
  static @Nullable String effort(Fields of, String name) throws UntranslatableException {
    String word = of.text(name);
    if (word != null && !EFFORTS.contains(word)) {
      throw of.cannot(name, "has to be one of " + String.join(", ", EFFORTS) + ".");
    }
    return word;
  }
}
