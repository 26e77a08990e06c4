package dev.gatehouse.index.http;

import dev.gatehouse.inbound.LoggedCaller;
import dev.gatehouse.inbound.Peers;
import dev.gatehouse.inbound.ReasonPhrase;
import dev.gatehouse.index.mirror.ArrivalFailedException;
import dev.gatehouse.index.settings.IndexSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Asks who the caller is and whether it may, lets an endpoint answer, and turns every failure into
 * an answer: the one place where that is done.
 */
final class EndpointHandler extends Handler.Abstract {
  private static final Logger LOG = System.getLogger(EndpointHandler.class.getName());

  private final Set<String> methods;
  private final Access access;
  private final Peers peers;
  private final Callers callers;
  private final IndexSettings settings;
  private final Endpoint endpoint;

  EndpointHandler(
      Set<String> methods,
      Access access,
      Peers peers,
      Callers callers,
      IndexSettings settings,
      Endpoint endpoint) {
    this.methods = methods;
    this.access = access;
    this.peers = peers;
    this.callers = callers;
    this.settings = settings;
    this.endpoint = endpoint;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // What is served here is data. A browser that is sent to it neither guesses its type nor runs
    // any of it.
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Content-Security-Policy", "default-src 'none'; sandbox");
    try {
      Caller caller = callers.identify(request);
      new LoggedCaller(caller.address(), caller.name()).note(request);
      if (!methods.contains(request.getMethod())) {
        throw Problems.methodNotAllowed(request.getMethod(), String.join(", ", methods))
            .asException();
      }
      checkHost(request);
      access.check(caller, settings.anonymous());
      boolean proxyTrusted = peers.isTrusted(Peers.peer(request));
      endpoint.answer(new Exchange(request, response, callback, caller, settings, proxyTrusted));
    } catch (ProblemException e) {
      answer(e.problem(), request, response, callback);
    } catch (ArrivalFailedException e) {
      // Logged where it failed. The client has been sent a beginning: only a cut tells it that this
      // is not the end.
      callback.failed(e);
    } catch (NoLongerServedException e) {
      LOG.log(Level.WARNING, "Cut off: {0}", e.getMessage());
      callback.failed(e);
    } catch (ClientGoneException e) {
      LOG.log(Level.DEBUG, "The client of {0} left: {1}", request.getHttpURI().getPath(), e);
      callback.failed(e);
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(
          Level.ERROR, "Could not answer " + request.getMethod() + " " + request.getHttpURI(), e);
      answer(Problems.failed(), request, response, callback);
    }
    return true;
  }

  /**
   * Administration is asked by the names that this server goes by, so that no web page can rebind
   * its own to it.
   */
  private void checkHost(Request request) {
    if (access != Access.ADMINISTER && access != Access.APPROVE) {
      return;
    }
    String host = Request.getServerName(request);
    boolean known =
        Peers.isLoopbackName(host)
            || host.equalsIgnoreCase(Request.getLocalAddr(request))
            || (settings.publicUrl() != null
                && host.equalsIgnoreCase(settings.publicUrl().getHost()))
            || host.equalsIgnoreCase(settings.listen().getHostString());
    if (!known) {
      throw Problems.misdirected(host).asException();
    }
  }

  static void answer(Problem problem, Request request, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(problem.asException());
      return;
    }
    response.reset();
    response.setStatus(problem.status());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (problem.status() == 401) {
      response
          .getHeaders()
          .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Gatehouse\", charset=\"UTF-8\"");
    }
    if (!request.consumeAvailable()) {
      // What the client still sends belongs to no request: it is told not to send another after it.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    ReasonPhrase.set(request, problem.reasonPhrase());
    ByteBuffer body = ByteBuffer.wrap(problem.body());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    response.write(true, request.getMethod().equals("HEAD") ? null : body, callback);
  }
}
