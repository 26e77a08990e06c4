package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;

/**
 * Passes over the interim answers that the client knows (RFC 9110, section 15.2), up to a number of
 * each request's. Without a bound, a server that sends them without end would keep the thread that
 * selects for itself: as long as there is something to read, nobody else gets a turn, not even
 * whoever would break it off.
 */
final class InterimAnswers {
  /** A server that works on a request may say so every few seconds, for minutes. */
  private static final int MOST = 100;

  private static final String COUNT = InterimAnswers.class.getName();

  private InterimAnswers() {}

  static void addTo(HttpClient client) {
    client
        .getProtocolHandlers()
        .put(
            new ContinueProtocolHandler() {
              @Override
              protected Runnable onContinue(Request request) {
                count(request);
                return super.onContinue(request);
              }
            });
    client
        .getProtocolHandlers()
        .put(
            new ProcessingProtocolHandler() {
              @Override
              protected void onProcessing(Request request, HttpFields headers) {
                count(request);
              }
            });
    client
        .getProtocolHandlers()
        .put(
            new EarlyHintsProtocolHandler() {
              @Override
              protected void onEarlyHints(Request request, HttpFields hints) {
                count(request);
              }
            });
  }

  private static void count(Request request) {
    int count = request.getAttributes().get(COUNT) instanceof Integer before ? before + 1 : 1;
    request.attribute(COUNT, count);
    if (count > MOST) {
      var _ =
          request.abort(
              new OutboundException(
                  Code.MALFORMED, "it gave more than " + MOST + " interim answers"));
    }
  }
}
