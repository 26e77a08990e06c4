package dev.gatehouse.gateway.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param id the provider's
 * @param model as the provider calls what answered
 * @param choices at least one
 */
public record Answer(String id, String model, List<Choice> choices, Usage usage) {
  /**
   * One of the answers.
   *
   * @param stopText the text at which it ended, where {@code stop} says so and it is known
   */
  public record Choice(List<Part> parts, StopReason stop, @Nullable String stopText) {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  public Answer {
    choices = List.copyOf(choices);
  }
}
