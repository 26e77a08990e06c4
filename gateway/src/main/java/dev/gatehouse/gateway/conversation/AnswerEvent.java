package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A step of a streamed answer. {@code choice} counts the answers from 0. The parts of one answer
 * come one after the other, each as its begin, its deltas and nothing else: a begin of another kind
 * ends the part before it. Tool calls are told apart by {@code call}, counted from 0 within their
 * choice, since some providers interleave them.
 */
public sealed interface AnswerEvent {
  /**
   * It begins; always the first.
   *
   * @param usage what is known already, such as the input tokens
   */
  record Begin(String id, String model, Usage usage) implements AnswerEvent {}

  /** More text. */
  record Text(int choice, String text) implements AnswerEvent {}

  /** More of what the model thinks. */
  record Thought(int choice, String text) implements AnswerEvent {}

  /** The signature of the thought that just came. */
  record ThoughtSignature(int choice, String signature) implements AnswerEvent {}

  /** A thought, encrypted. */
  record RedactedThought(int choice, String data) implements AnswerEvent {}

  /** A tool call begins. */
  record ToolCall(int choice, int call, String id, String name, @Nullable String signature)
      implements AnswerEvent {}

  /** More of a call's arguments, JSON text in pieces of any size. */
  record ToolArguments(int choice, int call, String json) implements AnswerEvent {}

  /** A choice is at its end. */
  record Stop(int choice, StopReason reason, @Nullable String stopText) implements AnswerEvent {}

  /** What it took, all of it; the last one counts. */
  record Used(Usage usage) implements AnswerEvent {}

  /** The provider broke off with an error; nothing comes after it. */
  record Failed(ProviderError error) implements AnswerEvent {}

  /** It is whole; always the last, where it did not fail. */
  record End() implements AnswerEvent {}
}
