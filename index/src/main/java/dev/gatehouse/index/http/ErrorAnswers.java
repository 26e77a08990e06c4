package dev.gatehouse.index.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty refuses before any endpoint sees it (a malformed request, an ambiguous path), in our
 * form of a problem.
 */
public final class ErrorAnswers implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String title = message == null ? HttpStatus.getMessage(status) : message.toString();
    Problem problem =
        new Problem(
            status,
            "http-" + status,
            title,
            "The request was not taken: " + title + ".",
            "Correct the request.");
    EndpointHandler.answer(problem, request, response, callback);
    return true;
  }
}
