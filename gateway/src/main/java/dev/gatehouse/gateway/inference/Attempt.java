package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.routing.Deployment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try at one deployment.
 *
 * @param call what the client asks
 * @param timeout how long the whole answer, or a silence in a streamed one, may take
 * @param dropsUnsupported whether what the provider cannot do is left out
 * @param bill what is reserved for it
 */
record Attempt(
    Call call,
    Deployment deployment,
    Duration timeout,
    boolean dropsUnsupported,
    ClientAnswer out,
    Bill bill) {
  /**
   * Gives the answer its headers.
   *
   * @param usage null: not known before the answer's end
   */
  void putHeaders(@Nullable Usage usage) {
    out.headers(call.storyHeaders(deployment));
    out.headers(bill.limitHeaders());
    if (usage != null) {
      out.header("x-litellm-response-cost", bill.price(usage));
    }
  }

  /** Begins a stream of events. */
  void beginEvents() {
    putHeaders(null);
    out.beginEvents();
  }

  /** Writes down what it took; to be done before the client has the end of its answer. */
  void settle(Outcome.Took took) {
    bill.settle(took);
  }
}
