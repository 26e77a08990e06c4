package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.AnswerEvent;

/** For the formats that hold one answer, whose clients cannot ask for more. */
final class FirstChoice {
  private FirstChoice() {}

  static boolean has(AnswerEvent event) {
    return switch (event) {
      case AnswerEvent.Text of -> of.choice() == 0;
      case AnswerEvent.Thought of -> of.choice() == 0;
      case AnswerEvent.ThoughtSignature of -> of.choice() == 0;
      case AnswerEvent.RedactedThought of -> of.choice() == 0;
      case AnswerEvent.ToolCall of -> of.choice() == 0;
      case AnswerEvent.ToolArguments of -> of.choice() == 0;
      case AnswerEvent.Stop of -> of.choice() == 0;
      case AnswerEvent.Begin of -> true;
      case AnswerEvent.Used of -> true;
      case AnswerEvent.Failed of -> true;
      case AnswerEvent.End of -> true;
    };
  }
}
