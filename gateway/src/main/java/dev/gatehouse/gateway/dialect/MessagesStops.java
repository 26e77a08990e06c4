package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.StopReason;
import org.jspecify.annotations.Nullable;

/** Anthropic's {@code stop_reason}s. */
final class MessagesStops {
  private MessagesStops() {}

  static StopReason read(@Nullable String word) {
    return switch (word == null ? "" : word) {
      case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
      case "stop_sequence" -> StopReason.STOP_TEXT;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "pause_turn" -> StopReason.PAUSED;
      case "refusal" -> StopReason.REFUSED;
      default -> StopReason.END;
    };
  }

  static String write(StopReason reason) {
    return switch (reason) {
      case END -> "end_turn";
      case STOP_TEXT -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case FILTERED, REFUSED -> "refusal";
      case PAUSED -> "pause_turn";
    };
  }
}
