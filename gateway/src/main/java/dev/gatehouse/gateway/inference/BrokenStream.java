package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.ServerEvent;
import dev.gatehouse.gateway.dialect.ServerSentEvents;

/** Ends a stream that was begun and cannot be brought to its end: with an error, never silently. */
final class BrokenStream {
  private BrokenStream() {}

  /** Tells the client in its own format, in which its vendor's SDK raises an error. */
  static void end(Attempt attempt, ProviderError error) {
    Operation operation = attempt.call().operation();
    String name =
        switch (operation) {
          case MESSAGES, COUNT_TOKENS, RESPONSES -> "error";
          case CHAT_COMPLETIONS, EMBEDDINGS, RERANK -> null;
        };
    String data =
        new String(LimitedJson.bytes(operation.dialect().error(error, attempt.call().id())), UTF_8);
    byte[] event = ServerSentEvents.write(new ServerEvent(name, data));
    try {
      attempt.out().write(event, 0, event.length);
      attempt.out().end();
    } catch (ClientAnswer.GoneException e) {
      // There is nobody left to be told.
    }
  }
}
