package dev.gatehouse.gateway.conversation;

/** Why an answer ended. */
public enum StopReason {
  /** The model was done. */
  END,
  /** At one of the texts that the client named. */
  STOP_TEXT,
  /** It reached the most tokens. */
  LENGTH,
  /** The model waits for the results of tools. */
  TOOL_CALLS,
  /** The provider withheld the rest. */
  FILTERED,
  /** The model declined. */
  REFUSED,
  /** The provider paused; the client sends the answer back to go on. */
  PAUSED
}
