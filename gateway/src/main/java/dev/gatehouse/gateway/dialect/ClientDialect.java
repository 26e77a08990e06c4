package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A format in which clients ask. */
public interface ClientDialect {
  /**
   * Reads a request.
   *
   * @throws UntranslatableException where it is not of this format, or asks what no conversation
   *     can hold; it names the field
   */
  Conversation read(JsonNode request) throws UntranslatableException;

  /**
   * Writes a whole answer.
   *
   * @param model what the client called the model
   * @param at when it was created
   */
  ObjectNode write(Answer answer, Conversation asked, String model, Instant at);

  /**
   * Begins to write a streamed answer.
   *
   * @param requestId what the call is called where an error ends it
   */
  AnswerWriter stream(Conversation asked, String model, Instant at, String requestId);

  /**
   * The HTTP status with which the vendor sends such an error. Its SDKs choose the exception's
   * class by it, and whether they try again: they do at 408, 409, 429 and from 500 on.
   */
  int status(ProviderError error);

  /**
   * Writes an error so that the vendor's SDK raises the class that it stands for.
   *
   * @param requestId what the call is called, for formats whose errors say it
   */
  ObjectNode error(ProviderError error, String requestId);

  /** Writes one streamed answer. */
  interface AnswerWriter {
    /** What of the answer's events is to be sent now; may be nothing. */
    List<ServerEvent> write(AnswerEvent event);
  }
}
