package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;

/**
 * Hears of the final answer only. Interim ones (1xx) that the client knows it passes over itself;
 * those it does not know it would give as an answer without a body, whose status is then that of
 * the next: an empty page that looks like a good one.
 */
final class FinalAnswerListener extends InputStreamResponseListener {
  private static final int FIRST_FINAL = 200;

  @Override
  public void onHeaders(Response response) {
    if (response.getStatus() >= FIRST_FINAL) {
      super.onHeaders(response);
      return;
    }
    var _ =
        response.abort(
            new OutboundException(
                Code.MALFORMED,
                "it answered with the unknown interim status " + response.getStatus()));
  }
}
