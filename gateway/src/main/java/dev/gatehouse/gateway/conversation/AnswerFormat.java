package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What form the answer's text is to have. */
public sealed interface AnswerFormat {
  /** Any. */
  record Text() implements AnswerFormat {}

  /** Some JSON object. */
  record Json() implements AnswerFormat {}

  /**
   * JSON that satisfies a JSON Schema.
   *
   * @param name what it is called towards the model; of letters, digits, {@code _} and {@code -}
   * @param description what it is for; null: unsaid
   * @param strict whether it must satisfy the schema exactly; null: unsaid
   */
  record Schema(
      String name, @Nullable String description, JsonNode schema, @Nullable Boolean strict)
      implements AnswerFormat {}
}
