package dev.gatehouse.inbound;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Puts a reason phrase of our own into the status line. Jetty offers no setting for it, because
 * HTTP deprecates it; but it is the only text of an index that pip shows its user.
 */
public final class ReasonPhrase extends HttpStream.Wrapper {
  private final String phrase;

  private ReasonPhrase(HttpStream stream, String phrase) {
    super(stream);
    this.phrase = phrase;
  }

  /** To be called before the answer is begun. */
  public static void set(Request request, String phrase) {
    request.addHttpStreamWrapper(stream -> new ReasonPhrase(stream, phrase));
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    MetaData.Response phrased =
        response == null
            ? null
            : new MetaData.Response(
                response.getStatus(),
                phrase,
                response.getHttpVersion(),
                response.getHttpFields(),
                response.getContentLength(),
                response.getTrailersSupplier());
    super.send(request, phrased, last, content, callback);
  }
}
