package dev.gatehouse.gateway.conversation;

/** Which tools the model is to call. */
public sealed interface ToolChoice {
  /** It did not say. */
  record Unsaid() implements ToolChoice {}

  /** As the model likes. */
  record Auto() implements ToolChoice {}

  /** None. */
  record None() implements ToolChoice {}

  /** At least one, whichever. */
  record Required() implements ToolChoice {}

  /** This one. */
  record Named(String name) implements ToolChoice {}
}
