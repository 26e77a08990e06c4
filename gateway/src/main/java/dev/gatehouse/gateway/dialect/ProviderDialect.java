package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A format in which a provider is asked. */
public interface ProviderDialect {
  /**
   * Writes a request.
   *
   * @param model as the provider calls it
   * @throws UntranslatableException where the conversation has what this provider cannot do
   */
  ProviderCall write(Conversation conversation, String model) throws UntranslatableException;

  /**
   * Reads a whole answer.
   *
   * @throws MalformedAnswerException where it is none
   */
  Answer read(JsonNode answer, String model) throws MalformedAnswerException;

  /** Begins to read a streamed answer. */
  AnswerReader stream(String model);

  /** Reads the body of an answer whose status is an error's, whatever it holds. */
  ProviderError error(int status, byte[] body);

  /** Reads one streamed answer out of the bytes as they come. */
  interface AnswerReader {
    /**
     * Takes the next bytes, split anywhere, and gives what they complete.
     *
     * @throws MalformedAnswerException where they are not of this format
     */
    void take(byte[] bytes, int offset, int length, Consumer<AnswerEvent> to)
        throws MalformedAnswerException;

    /**
     * Says that there are no more bytes.
     *
     * @throws MalformedAnswerException where the answer is not whole
     */
    void end(Consumer<AnswerEvent> to) throws MalformedAnswerException;
  }
}
