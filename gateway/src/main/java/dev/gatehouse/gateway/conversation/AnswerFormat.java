package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What form the answer's text is to have. */
public sealed interface AnswerFormat {
  /** Any. */
  record Text() implements AnswerFormat {}

  /** Some JSON object. */
  record Json() implements AnswerFormat {}

  /** JSON that satisfies a JSON Schema. */
  record Schema(String name, JsonNode schema, @Nullable Boolean strict) implements AnswerFormat {}
}
