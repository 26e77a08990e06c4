package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.dialect.ChatCompletions;
import dev.gatehouse.gateway.dialect.LimitedJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before any path is looked at: a malformed request, an ambiguous path. */
final class MalformedRequests implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    ProviderError error =
        new ProviderError(
            status,
            status >= 500 ? Kind.SERVER : Kind.INVALID_REQUEST,
            "http_" + status,
            null,
            "The request was not taken: " + HttpStatus.getMessage(status) + ".");
    byte[] body = LimitedJson.bytes(ChatCompletions.OPENAI.error(error, ""));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
