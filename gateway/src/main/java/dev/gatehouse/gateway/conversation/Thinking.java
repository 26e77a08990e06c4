package dev.gatehouse.gateway.conversation;

/** Whether and how much the model is to think before it answers. */
public sealed interface Thinking {
  /** Not at all. */
  record Off() implements Thinking {}

  /** As much as the model finds right. */
  record Adaptive() implements Thinking {}

  /** With at most so many tokens. */
  record Budget(int tokens) implements Thinking {}
}
