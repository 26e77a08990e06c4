package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's {@code usage}, whose {@code input_tokens} are those that are in no cache. */
final class MessagesUsage {
  private MessagesUsage() {}

  /** Reads one; a field that it does not have is as {@code before}, for they are cumulative. */
  static Usage read(JsonNode usage, Usage before) {
    long cacheRead = AnswerFields.tokens(usage, "cache_read_input_tokens", before.cacheRead());
    long cacheWritten =
        AnswerFields.tokens(usage, "cache_creation_input_tokens", before.cacheWritten());
    long longer =
        AnswerFields.tokens(
            usage.path("cache_creation"), "ephemeral_1h_input_tokens", before.cacheWrittenLong());
    long uncached = AnswerFields.tokens(usage, "input_tokens", uncached(before));
    return new Usage(
        uncached + cacheRead + cacheWritten,
        cacheRead,
        cacheWritten,
        longer,
        AnswerFields.tokens(usage, "output_tokens", before.output()),
        AnswerFields.tokens(
            usage.path("output_tokens_details"), "thinking_tokens", before.thinking()));
  }

  static void write(ObjectNode to, Usage usage) {
    to.put("input_tokens", uncached(usage))
        .put("cache_creation_input_tokens", usage.cacheWritten())
        .put("cache_read_input_tokens", usage.cacheRead())
        .put("output_tokens", usage.output());
    if (usage.cacheWrittenLong() > 0) {
      to.putObject("cache_creation")
          .put("ephemeral_5m_input_tokens", usage.cacheWritten() - usage.cacheWrittenLong())
          .put("ephemeral_1h_input_tokens", usage.cacheWrittenLong());
    }
    if (usage.thinking() > 0) {
      to.putObject("output_tokens_details").put("thinking_tokens", usage.thinking());
    }
  }

  private static long uncached(Usage usage) {
    return Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWritten());
  }
}
