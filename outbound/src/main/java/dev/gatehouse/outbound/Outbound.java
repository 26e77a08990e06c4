package dev.gatehouse.outbound;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Sends requests and gives their answers as blocking streams. Safe for use by many threads; meant
 * for virtual ones, since each waits for its answer.
 */
public final class Outbound implements AutoCloseable {
  /** pip follows 30, browsers 20; real indexes need one or two, to their file host. */
  private static final int MOST_REDIRECTS = 5;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /**
   * Where nothing else bounds the whole, the head must be there by then: one that drips, or endless
   * interim answers, would never be idle.
   */
  private static final Duration HEAD_PATIENCE = Duration.ofMinutes(2);

  private final HttpClients clients;
  private final LongSupplier nanoTime;
  private final Duration headPatience;

  /**
   * Sets the way out up; connections are made when they are needed.
   *
   * @throws IllegalArgumentException where the CA file or a proxy's address is not what it should
   *     be
   */
  public Outbound(OutboundSettings settings) {
    this(settings, System::nanoTime, HEAD_PATIENCE);
  }

  Outbound(OutboundSettings settings, LongSupplier nanoTime, Duration headPatience) {
    this.clients = new HttpClients(settings, new Proxies(settings.environment()));
    this.nanoTime = nanoTime;
    this.headPatience = headPatience;
  }

  /**
   * Sends a request and waits for the head of its answer, of whatever status.
   *
   * @throws OutboundException where there is none, also because the address, which may stand on a
   *     stranger's page, is none that can be asked
   */
  public OutboundResponse send(OutboundRequest request) throws OutboundException {
    Set<URI> seen = new HashSet<>();
    URI uri = first(request.uri());
    Deadline deadline = new Deadline(request.limits().total(), nanoTime);
    while (true) {
      seen.add(uri);
      Answer answer = sendOnce(request, uri, deadline);
      if (!request.followsRedirects() || !REDIRECTS.contains(answer.status())) {
        return answer;
      }
      URI next;
      try (answer) {
        next = target(answer, uri);
      }
      checkRedirect(uri, next, seen);
      uri = next;
    }
  }

  private static URI first(URI uri) throws OutboundException {
    try {
      return checked(uri);
    } catch (IllegalArgumentException e) {
      throw new OutboundException(
          OutboundException.Code.UNREACHABLE, "its address is none of http or https", e);
    }
  }

  private static URI target(Answer answer, URI from) throws OutboundException {
    String location =
        answer.header("Location").orElseThrow(() -> redirect("it redirects to nowhere"));
    try {
      return checked(from.resolve(location));
    } catch (IllegalArgumentException e) {
      throw redirect("it redirects to what is no http or https address");
    }
  }

  /**
   * An address as it is asked for: without its fragment, and with what is not ASCII encoded (RFC
   * 3987, section 3.1), which the client would replace by question marks.
   *
   * @throws IllegalArgumentException where it is none of http or https
   */
  private static URI checked(URI uri) {
    Origin.of(uri);
    String text = uri.toASCIIString();
    int hash = text.indexOf('#');
    if (hash < 0 && text.equals(uri.toString())) {
      return uri;
    }
    return URI.create(hash < 0 ? text : text.substring(0, hash));
  }

  private static void checkRedirect(URI from, URI to, Set<URI> seen) throws OutboundException {
    if (seen.contains(to)) {
      throw redirect("it redirects in a loop");
    }
    if (seen.size() > MOST_REDIRECTS) {
      throw redirect("it redirects more than " + MOST_REDIRECTS + " times");
    }
    if (Origin.of(from).isSecure() && !Origin.of(to).isSecure()) {
      throw redirect("it redirects from https to http");
    }
  }

  private static OutboundException redirect(String problem) {
    return new OutboundException(OutboundException.Code.REDIRECT, problem);
  }

  private Answer sendOnce(OutboundRequest request, URI uri, Deadline deadline)
      throws OutboundException {
    Origin origin = Origin.of(uri);
    boolean named = request.names(origin);
    if (!named && HostText.isPrivate(origin.host())) {
      throw CheckedResolver.refused(origin.host());
    }
    HttpClients.Client client = clients.get(named);
    try {
      Request prepared = prepare(client.http(), request, uri, origin, deadline);
      Exchange exchange =
          new Exchange(prepared, new IncomingAnswer(), client.http().getScheduler());
      return await(client, exchange, request, uri, deadline);
    } catch (RuntimeException e) {
      // The client's: it is being closed, or minds what nobody thought of.
      throw Failures.of(e);
    }
  }

  private Answer await(
      HttpClients.Client client,
      Exchange exchange,
      OutboundRequest request,
      URI uri,
      Deadline deadline)
      throws OutboundException {
    IncomingAnswer incoming = exchange.incoming();
    Duration head = request.limits().head() == null ? headPatience : request.limits().head();
    try {
      exchange.request().onRequestSuccess(incoming).send(incoming);
      request.cancellation().running(exchange);
      Response response;
      try (var _ = client.heads().start(exchange, deadline.leftOr(head))) {
        response = incoming.head();
      }
      return Answer.of(exchange, response, request, uri, nanoTime);
    } catch (ExecutionException e) {
      throw Failures.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.abort(e);
      throw Failures.interrupted(e);
    }
  }

  private static Request prepare(
      HttpClient client, OutboundRequest request, URI uri, Origin origin, Deadline deadline) {
    Request exchange =
        client
            .newRequest(uri)
            .method(request.method())
            .followRedirects(false)
            .idleTimeout(request.limits().idle().toMillis(), TimeUnit.MILLISECONDS)
            .headers(
                fields -> {
                  for (Map.Entry<String, String> header : request.headers().entrySet()) {
                    fields.put(header.getKey(), header.getValue());
                  }
                  fields.put(
                      HttpHeader.ACCEPT_ENCODING, request.isCompressed() ? "gzip" : "identity");
                  Credentials credentials = request.credentials();
                  if (credentials != null && credentials.origin().equals(origin)) {
                    fields.put(credentials.header(), credentials.value().reveal());
                  }
                });
    if (deadline.isSet()) {
      exchange.timeout(
          Math.max(1, deadline.leftOr(Duration.ZERO).toMillis()), TimeUnit.MILLISECONDS);
    }
    byte[] body = request.body();
    if (body != null) {
      exchange.body(new BytesRequestContent(request.contentType(), body));
    }
    return exchange;
  }

  /** Closes all connections; what is being read of them breaks off. */
  @Override
  public void close() throws IOException {
    clients.close();
  }
}
