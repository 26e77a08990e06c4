package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Conversation;
import tools.jackson.databind.JsonNode;

/** A format in which a provider is asked how many tokens a conversation has. */
public interface TokenCounter {
  /**
   * Writes a request.
   *
   * @param model as the provider calls it
   * @throws UntranslatableException where the conversation has what this provider cannot do, or
   *     cannot count
   */
  ProviderCall write(Conversation conversation, String model) throws UntranslatableException;

  /**
   * Reads a count.
   *
   * @throws MalformedAnswerException where it is none
   */
  long read(JsonNode answer) throws MalformedAnswerException;
}
