package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's {@code usage} of chat completions. */
final class ChatUsage {
  private ChatUsage() {}

  static Usage read(JsonNode usage) {
    JsonNode input = usage.path("prompt_tokens_details");
    return new Usage(
        AnswerFields.tokens(usage, "prompt_tokens"),
        // The second is DeepSeek's name.
        AnswerFields.tokens(
            input, "cached_tokens", AnswerFields.tokens(usage, "prompt_cache_hit_tokens")),
        AnswerFields.tokens(input, "cache_write_tokens"),
        AnswerFields.tokens(usage, "completion_tokens"),
        AnswerFields.tokens(usage.path("completion_tokens_details"), "reasoning_tokens"));
  }

  static void write(ObjectNode to, Usage usage) {
    to.put("prompt_tokens", usage.input())
        .put("completion_tokens", usage.output())
        .put("total_tokens", usage.input() + usage.output());
    to.putObject("prompt_tokens_details")
        .put("cached_tokens", usage.cacheRead())
        .put("cache_write_tokens", usage.cacheWritten());
    to.putObject("completion_tokens_details").put("reasoning_tokens", usage.thinking());
  }
}
