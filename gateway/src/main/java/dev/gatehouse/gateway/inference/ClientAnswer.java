package dev.gatehouse.gateway.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/**
 * The answer to a client while it is written. Writing waits for a client that reads slowly, and
 * fails when it left or takes nothing for too long.
 */
final class ClientAnswer {
  private static final byte[] NOTHING = {};
  private static final int LEFT = 499;

  private final Response response;
  private boolean begun;

  /** What is sent with what comes next. */
  private byte[] held = NOTHING;

  ClientAnswer(Response response) {
    this.response = response;
  }

  /** The client takes no more: it left, or was too slow. Nobody is to be told. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Whether the client has seen a beginning, after which nothing can be tried again. */
  boolean isBegun() {
    return begun;
  }

  /** Adds a header; to be done before it is begun. */
  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  void headers(Map<String, String> headers) {
    headers.forEach(this::header);
  }

  /** Begins a stream of events. */
  void beginEvents() {
    begun = true;
    response.setStatus(200);
    header(HttpHeader.CONTENT_TYPE.asString(), "text/event-stream; charset=utf-8");
    header(HttpHeader.CACHE_CONTROL.asString(), "no-cache");
    // nginx would otherwise gather what should arrive at once.
    header("X-Accel-Buffering", "no");
  }

  /** Sends bytes now. */
  void write(byte[] bytes, int from, int to) throws GoneException {
    sendHeld();
    send(false, ByteBuffer.wrap(bytes, from, to - from));
  }

  /** Sends bytes together with the end or the next bytes, which follow at once. */
  void hold(byte[] bytes, int from, int to) throws GoneException {
    sendHeld();
    held = Arrays.copyOfRange(bytes, from, to);
  }

  private void sendHeld() throws GoneException {
    if (held.length > 0) {
      byte[] due = held;
      held = NOTHING;
      send(false, ByteBuffer.wrap(due));
    }
  }

  /** Sends all that there is. */
  void whole(int status, byte[] body) throws GoneException {
    begun = true;
    response.setStatus(status);
    header(HttpHeader.CONTENT_TYPE.asString(), "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    send(true, ByteBuffer.wrap(body));
  }

  /** Sends a short text. */
  void text(int status, byte[] ascii) throws GoneException {
    begun = true;
    response.setStatus(status);
    header(HttpHeader.CONTENT_TYPE.asString(), "text/plain; charset=us-ascii");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, ascii.length);
    send(true, ByteBuffer.wrap(ascii));
  }

  /**
   * Ends what nobody waits for any more. The status is nginx's for it, for the access log; a client
   * that closed only its own half reads it.
   */
  void abandon() {
    begun = true;
    response.setStatus(LEFT);
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
  }

  /** Ends a stream. */
  void end() throws GoneException {
    send(true, ByteBuffer.wrap(held));
  }

  private void send(boolean last, ByteBuffer bytes) throws GoneException {
    try {
      Content.Sink.write(response, last, bytes);
    } catch (IOException e) {
      throw new GoneException(e);
    }
  }
}
