package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.StopReason;
import org.jspecify.annotations.Nullable;

/** The {@code finish_reason}s of chat completions. */
final class ChatStops {
  private ChatStops() {}

  /**
   * Reads one. Some providers say {@code stop} where the model called tools, and have words of
   * their own for a plain end.
   *
   * @param stopText at which text it ended, where the provider says so
   */
  static StopReason read(@Nullable String word, boolean called, @Nullable String stopText) {
    return switch (word == null ? "" : word) {
      case "length" -> StopReason.LENGTH;
      case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
      case "content_filter" -> StopReason.FILTERED;
      default ->
          called ? StopReason.TOOL_CALLS : stopText != null ? StopReason.STOP_TEXT : StopReason.END;
    };
  }

  static String write(StopReason reason) {
    return switch (reason) {
      case END, STOP_TEXT, PAUSED -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case FILTERED, REFUSED -> "content_filter";
    };
  }
}
