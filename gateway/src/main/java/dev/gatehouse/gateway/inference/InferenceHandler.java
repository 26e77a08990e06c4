package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.inference.Call.ClientOptions;
import dev.gatehouse.gateway.key.Admission;
import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.key.KeyWatch;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.inbound.ClientWatch;
import dev.gatehouse.inbound.LoggedCaller;
import dev.gatehouse.inbound.PacedBody;
import dev.gatehouse.inbound.Peers;
import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The listener that applications ask. It finds out who asks for what, has it answered, and turns
 * every failure into an answer of the client's own format: the one place where that is done.
 *
 * <p>Nothing here changes a setting or a key: that is another listener's business (CVE-2026-35029).
 */
final class InferenceHandler extends Handler.Abstract {
  private static final Logger LOG = System.getLogger(InferenceHandler.class.getName());

  private final Keys keys;
  private final KeyWatch watch;
  private final Peers peers;
  private final Supplier<Catalog> catalog;
  private final Inference inference;
  private final BooleanSupplier ready;
  private final InstantSource clock;

  InferenceHandler(
      Keys keys,
      KeyWatch watch,
      Peers peers,
      Supplier<Catalog> catalog,
      Inference inference,
      BooleanSupplier ready,
      InstantSource clock) {
    this.keys = keys;
    this.watch = watch;
    this.peers = peers;
    this.catalog = catalog;
    this.inference = inference;
    this.ready = ready;
    this.clock = clock;
  }

  /** Ends a request with an error. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Inference.Refusal refusal;

    RefusedException(ProviderError error) {
      this(new Inference.Refusal(error, null));
    }

    RefusedException(Inference.Refusal refusal) {
      super(refusal.error().message());
      this.refusal = refusal;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    // While a provider thinks, nothing moves on the client's connection, and that is no fault.
    // Reading and writing that stand still are cut all the same: Jetty asks only where nobody waits
    // for either.
    request.addIdleTimeoutListener(_ -> false);
    String path = String.valueOf(request.getHttpURI().getCanonicalPath());
    Place place = Places.of(path);
    ClientAnswer out = new ClientAnswer(response);
    String id = UUID.randomUUID().toString();
    try {
      answer(place, path, id, request, out);
      callback.succeeded();
    } catch (RefusedException e) {
      refuse(place, id, e.refusal, request, response, out, callback);
    } catch (ClientAnswer.GoneException e) {
      LOG.log(Level.DEBUG, "The client of {0} left: {1}", path, e.getMessage());
      if (response.isCommitted()) {
        callback.failed(e);
      } else {
        // Failed, it would be told of with a stack trace, as a fault of ours.
        out.abandon();
        callback.succeeded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Could not answer " + request.getMethod() + " " + path, e);
      Inference.Refusal failed = new Inference.Refusal(OwnErrors.failed(), null);
      refuse(place, id, failed, request, response, out, callback);
    }
    return true;
  }

  private void answer(Place place, String path, String id, Request request, ClientAnswer out)
      throws RefusedException, IOException, InterruptedException {
    String method = request.getMethod();
    if (place instanceof Place.Nowhere) {
      throw new RefusedException(OwnErrors.noSuchPlace(path));
    }
    if (!place.methods().contains(method)) {
      throw new RefusedException(OwnErrors.wrongMethod(String.join(", ", place.methods())));
    }
    switch (place) {
      case Place.Nowhere _ -> throw new IllegalStateException("refused above");
      case Place.Health health -> health(health, out);
      case Place.Models models -> models(models, request, out);
      case Place.Ask ask -> ask(ask, id, request, out);
    }
  }

  private void health(Place.Health health, ClientAnswer out) throws ClientAnswer.GoneException {
    boolean able = health.live() || ready.getAsBoolean();
    String word = health.live() ? "live" : able ? "ready" : "not ready: the store cannot be read";
    out.header("Cache-Control", "no-store");
    out.text(able ? 200 : 503, (word + "\n").getBytes(US_ASCII));
  }

  private void models(Place.Models models, Request request, ClientAnswer out)
      throws RefusedException, ClientAnswer.GoneException {
    VirtualKey key = admitted(request, Endpoint.MODELS, models.name());
    ModelList list = new ModelList(catalog.get(), key);
    Optional<byte[]> body =
        models.name() == null ? Optional.of(list.all()) : list.one(models.name());
    out.whole(
        200,
        body.orElseThrow(
            () ->
                new RefusedException(OwnErrors.noSuchModel(String.valueOf(models.name()), false))));
  }

  private void ask(Place.Ask ask, String id, Request request, ClientAnswer out)
      throws RefusedException, IOException, InterruptedException {
    long begun = System.nanoTime();
    out.headers(Call.idHeaders(id));
    Secret token = token(request);
    // Before the body is read, so that a stranger costs no memory. What the body names is asked
    // for below.
    VirtualKey key = admitted(request, token, ask.operation().endpoint(), null);
    Catalog current = catalog.get();
    RequestScan scan = scan(request, current.settings().largestRequest(), ask.model());
    if (!key.terms().scope().allowsModel(scan.model())) {
      throw new RefusedException(OwnErrors.modelNotAllowed(scan.model()));
    }
    Optional<String> strange = scan.strangeField();
    if (strange.isPresent()) {
      throw new RefusedException(OwnErrors.strangeField(strange.get()));
    }
    Call call =
        new Call(
            id,
            ask.operation(),
            scan,
            options(request, scan),
            request.getHeaders().get("anthropic-beta"),
            clock.instant(),
            begun);
    Optional<Inference.Refusal> refusal;
    try (ClientWatch _ = ClientWatch.open(request, call.cancellation()::cancel)) {
      refusal = inference.answer(call, key, current, out);
    }
    if (call.cancellation().isCancelled() && !out.isBegun()) {
      out.abandon();
      return;
    }
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }

  private VirtualKey admitted(Request request, Endpoint endpoint, @Nullable String model)
      throws RefusedException {
    return admitted(request, token(request), endpoint, model);
  }

  private VirtualKey admitted(
      Request request, Secret token, Endpoint endpoint, @Nullable String model)
      throws RefusedException {
    InetAddress from = peers.address(request);
    return switch (keys.admit(token, from, endpoint, model, watch)) {
      case Admission.Admitted admitted -> {
        new LoggedCaller(from, admitted.key().name()).note(request);
        yield admitted.key();
      }
      case Admission.Unusable _ -> throw new RefusedException(OwnErrors.unusableKey());
      case Admission.EndpointNotAllowed refused ->
          throw new RefusedException(OwnErrors.endpointNotAllowed(refused.endpoint().text()));
      case Admission.ModelNotAllowed refused ->
          throw new RefusedException(OwnErrors.modelNotAllowed(refused.model()));
    };
  }

  /** Where the vendors' SDKs put the key. Several different ones are refused as none. */
  private static Secret token(Request request) throws RefusedException {
    String found = null;
    for (HttpField field : request.getHeaders()) {
      String value =
          switch (field.getLowerCaseName()) {
            case "authorization" -> bearer(field.getValue());
            case "x-api-key", "api-key", "x-goog-api-key" -> field.getValue();
            default -> null;
          };
      if (value != null && !value.isBlank()) {
        if (found != null && !found.equals(value.strip())) {
          throw new RefusedException(OwnErrors.unusableKey());
        }
        found = value.strip();
      }
    }
    if (found == null) {
      throw new RefusedException(OwnErrors.noKey());
    }
    return Secret.of(found);
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7)
        : null;
  }

  private static RequestScan scan(Request request, int most, @Nullable String model)
      throws RefusedException, IOException {
    if (request.getLength() > most) {
      throw new RefusedException(OwnErrors.tooLarge(most));
    }
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = PacedBody.read(in, request.getLength(), most + 1, System::nanoTime);
    } catch (PacedBody.TooSlowException e) {
      throw new RefusedException(OwnErrors.tooSlow());
    } catch (IOException e) {
      throw new ClientAnswer.GoneException(e);
    }
    if (body.length > most) {
      throw new RefusedException(OwnErrors.tooLarge(most));
    }
    try {
      return RequestScan.of(body, model);
    } catch (RequestScan.UnfitException e) {
      throw new RefusedException(OwnErrors.unfit(String.valueOf(e.getMessage())));
    }
  }

  private static ClientOptions options(Request request, RequestScan scan) throws RefusedException {
    try {
      return ClientHeaders.read(request.getHeaders(), scan.endUser().orElse(null));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(OwnErrors.unfit(String.valueOf(e.getMessage())));
    }
  }

  private static void refuse(
      Place place,
      String id,
      Inference.Refusal refusal,
      Request request,
      Response response,
      ClientAnswer out,
      Callback callback) {
    if (response.isCommitted()) {
      // The client has a beginning: only a cut tells it that this is not the end.
      callback.failed(new IOException(refusal.error().message()));
      return;
    }
    try {
      if (!request.consumeAvailable()) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      }
      ProviderError error = refusal.error();
      int status = error.status() == 405 ? error.status() : place.dialect().status(error);
      Duration after = refusal.retryAfter();
      if (after != null) {
        long seconds = Math.max(1, after.plusMillis(999).toSeconds());
        response.getHeaders().put("Retry-After", String.valueOf(seconds));
      }
      if (error.kind() == ProviderError.Kind.OUT_OF_CREDIT) {
        // The SDKs of OpenAI and Anthropic heed it before the status.
        response.getHeaders().put("x-should-retry", "false");
      }
      out.whole(status, LimitedJson.bytes(place.dialect().error(error, id)));
      callback.succeeded();
    } catch (ClientAnswer.GoneException e) {
      callback.failed(e);
    }
  }
}
