package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.ErrorBodies;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.provider.ProviderRequest;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Carries a call to a provider that speaks the client's own format: request and answer keep every
 * byte but the model's name, so that fields which nobody here knows work as well as any.
 */
final class PlainCarrier implements Carrier {
  private static final int BUFFER_BYTES = 8 << 10;

  private final ProviderClient client;

  PlainCarrier(ProviderClient client) {
    this.client = client;
  }

  @Override
  public Outcome carry(Attempt attempt) {
    Call call = attempt.call();
    Deployment deployment = attempt.deployment();
    boolean chat = call.operation() == Operation.CHAT_COMPLETIONS;
    boolean addsUsage =
        chat
            && call.request().isStreamed()
            && !call.request().asksForUsage()
            && deployment.provider().streamUsage();
    String path;
    try {
      path = NativeAddress.path(call.operation(), deployment);
    } catch (UntranslatableException e) {
      return Failures.ofRequest(e);
    }
    ProviderRequest request =
        new ProviderRequest(
            path,
            call.providerHeaders(deployment.provider().type()),
            call.request().rewritten(deployment.model(), addsUsage),
            call.request().isStreamed());
    try (OutboundResponse response =
        client.send(deployment.provider(), request, attempt.timeout(), call.cancellation())) {
      call.answeredAt();
      if (response.status() != 200) {
        return Failures.ofStatus(deployment, response, ErrorBodies::read);
      }
      return isEvents(response) ? events(attempt, response, addsUsage) : whole(attempt, response);
    } catch (ClientAnswer.GoneException e) {
      return new Outcome.Left(Outcome.Took.NOTHING);
    } catch (IOException e) {
      return Failures.ofTransport(deployment, e);
    }
  }

  private static boolean isEvents(OutboundResponse response) {
    return response.header("Content-Type").orElse("").startsWith("text/event-stream");
  }

  private static Outcome whole(Attempt attempt, OutboundResponse response) throws IOException {
    Deployment deployment = attempt.deployment();
    if (attempt.call().request().isStreamed()) {
      return Failures.ofAnswer(deployment, "it is no stream of events, which was asked for");
    }
    byte[] body = WholeBody.read(response);
    WireUsage usage = new WireUsage();
    try {
      usage.whole(body);
    } catch (MalformedAnswerException e) {
      return Failures.ofAnswer(deployment, String.valueOf(e.getMessage()));
    }
    Outcome.Took took =
        attempt.call().operation() == Operation.COUNT_TOKENS ? Outcome.Took.FREE : usage.took();
    attempt.putHeaders(took.usage());
    attempt.settle(took);
    try {
      attempt.out().whole(200, body);
    } catch (ClientAnswer.GoneException e) {
      return new Outcome.Left(took);
    }
    return new Outcome.Answered(took);
  }

  /** Passes whole events on. */
  private static final class Passing implements EventSplitter.Sink<ClientAnswer.GoneException> {
    private final Attempt attempt;
    private final OutboundResponse response;
    private final WireUsage usage;
    private final boolean dropsUsage;
    private boolean isRest;

    Passing(Attempt attempt, OutboundResponse response, WireUsage usage, boolean dropsUsage) {
      this.attempt = attempt;
      this.response = response;
      this.usage = usage;
      this.dropsUsage = dropsUsage;
    }

    /** What comes from now on is what lies behind the last blank line. */
    void rest() {
      isRest = true;
    }

    /** The rest of a stream without an end is half an event. */
    @Override
    public boolean keeps(byte[] bytes, int from, int end) {
      boolean isDropped = usage.event(bytes, from, end) && dropsUsage;
      return !isDropped && (!isRest || usage.isEnded());
    }

    @Override
    public void write(byte[] bytes, int from, int end) throws ClientAnswer.GoneException {
      if (!attempt.out().isBegun()) {
        attempt.beginEvents();
      }
      if (response.isOver()) {
        attempt.out().hold(bytes, from, end);
      } else {
        attempt.out().write(bytes, from, end);
      }
    }
  }

  private static Outcome events(Attempt attempt, OutboundResponse response, boolean dropsUsage)
      throws IOException {
    WireUsage usage = new WireUsage();
    ClientAnswer out = attempt.out();
    try {
      relay(response.body(), new Passing(attempt, response, usage, dropsUsage));
      if (!out.isBegun()) {
        return Failures.ofAnswer(attempt.deployment(), "it ended before anything came");
      }
      if (!usage.isEnded()) {
        throw new MalformedAnswerException("the provider's stream was cut off");
      }
      attempt.settle(usage.took());
      out.end();
    } catch (ClientAnswer.GoneException e) {
      return new Outcome.Left(usage.took());
    } catch (IOException | MalformedAnswerException e) {
      Outcome.Failed failed =
          e instanceof IOException io
              ? Failures.ofTransport(attempt.deployment(), io)
              : Failures.ofAnswer(attempt.deployment(), String.valueOf(e.getMessage()));
      if (!out.isBegun()) {
        return failed;
      }
      attempt.settle(usage.took());
      BrokenStream.end(attempt, failed.error());
    }
    return new Outcome.Answered(usage.took());
  }

  private static void relay(InputStream in, Passing to)
      throws IOException, MalformedAnswerException {
    EventSplitter splitter = new EventSplitter();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      splitter.take(buffer, 0, count, to);
    }
    to.rest();
    splitter.end(to);
  }
}
