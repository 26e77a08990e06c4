package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.ClientDialect;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.ServerEvent;
import dev.gatehouse.gateway.dialect.ServerSentEvents;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.provider.ProviderRequest;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries a conversation to a provider of another format. What the provider cannot do is the
 * client's error, unless the operator said that it is to be left out.
 */
final class TranslatingCarrier implements Carrier {
  private static final int BUFFER_BYTES = 8 << 10;

  /** How many fields of one request are left out, at most. */
  private static final int MOST_DROPPED = 20;

  private final ProviderClient client;

  TranslatingCarrier(ProviderClient client) {
    this.client = client;
  }

  /** A request in both words. */
  private record Translated(Conversation asked, ProviderCall call) {}

  @Override
  public Outcome carry(Attempt attempt) {
    ProviderDialect dialect = ProviderDialects.of(attempt.deployment().provider().type());
    Translated translated;
    String path;
    try {
      translated = translate(attempt, dialect);
      path = path(attempt, translated.call());
    } catch (UntranslatableException e) {
      return Failures.ofRequest(e);
    }
    try (OutboundResponse response = send(attempt, path, translated.call())) {
      attempt.call().answeredAt();
      if (response.status() != 200) {
        return Failures.ofStatus(attempt.deployment(), response, dialect::error);
      }
      return attempt.call().request().isStreamed()
          ? new Streaming(attempt, dialect, translated.asked()).relay(response)
          : whole(attempt, dialect, translated.asked(), response);
    } catch (ClientAnswer.GoneException e) {
      return new Outcome.Left(Outcome.Took.NOTHING);
    } catch (IOException e) {
      return Failures.ofTransport(attempt.deployment(), e);
    }
  }

  private static Translated translate(Attempt attempt, ProviderDialect dialect)
      throws UntranslatableException {
    JsonNode request = LimitedJson.request(attempt.call().request().body());
    ClientDialect asking = attempt.call().operation().dialect();
    for (int dropped = 0; ; dropped++) {
      try {
        if (request instanceof ObjectNode object) {
          object.put("model", attempt.call().request().model());
        }
        Conversation asked = asking.read(request);
        return new Translated(asked, dialect.write(asked, attempt.deployment().model()));
      } catch (UntranslatableException e) {
        boolean droppable =
            attempt.dropsUnsupported()
                && dropped < MOST_DROPPED
                && request instanceof ObjectNode object
                && object.has(e.field())
                && object.remove(e.field()) != null;
        if (!droppable) {
          throw e;
        }
      }
    }
  }

  private OutboundResponse send(Attempt attempt, String path, ProviderCall call)
      throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(call.headers());
    headers.putAll(attempt.call().providerHeaders(attempt.deployment().provider().type()));
    return client.send(
        attempt.deployment().provider(),
        new ProviderRequest(
            path, headers, LimitedJson.bytes(call.body()), attempt.call().request().isStreamed()),
        attempt.timeout(),
        attempt.call().cancellation());
  }

  /** Azure's addresses name the deployment. */
  private static String path(Attempt attempt, ProviderCall call) throws UntranslatableException {
    return attempt.deployment().provider().type() == ProviderType.AZURE
        ? NativeAddress.path(Operation.CHAT_COMPLETIONS, attempt.deployment())
        : call.path();
  }

  private static Outcome whole(
      Attempt attempt, ProviderDialect dialect, Conversation asked, OutboundResponse response)
      throws IOException {
    Call call = attempt.call();
    byte[] body = WholeBody.read(response);
    Answer answer;
    try {
      Answer read = dialect.read(LimitedJson.answer(body), attempt.deployment().model());
      answer =
          new Answer(id(read.id(), response, call), read.model(), read.choices(), read.usage());
    } catch (MalformedAnswerException e) {
      return Failures.ofAnswer(attempt.deployment(), String.valueOf(e.getMessage()));
    }
    ObjectNode written =
        call.operation().dialect().write(answer, asked, call.request().model(), call.at());
    attempt.putHeaders(answer.usage());
    Outcome.Took took = new Outcome.Took(answer.usage(), 0);
    attempt.settle(took);
    try {
      attempt.out().whole(200, LimitedJson.bytes(written));
    } catch (ClientAnswer.GoneException e) {
      return new Outcome.Left(took);
    }
    return new Outcome.Answered(took);
  }

  /** Bedrock names an answer in a header; who names it nowhere gets the call's own id. */
  private static String id(String read, OutboundResponse response, Call call) {
    return read.isEmpty() ? response.header("x-amzn-requestid").orElse(call.id()) : read;
  }

  /** One streamed answer on its way. */
  private static final class Streaming {
    private final Attempt attempt;
    private final ProviderDialect.AnswerReader reader;
    private final ClientDialect.AnswerWriter writer;
    private final List<AnswerEvent> events = new ArrayList<>();
    private @Nullable Usage usage;
    private @Nullable ProviderError error;
    private long seenTokens;

    Streaming(Attempt attempt, ProviderDialect dialect, Conversation asked) {
      Call call = attempt.call();
      this.attempt = attempt;
      this.reader = dialect.stream(attempt.deployment().model());
      this.writer =
          call.operation().dialect().stream(asked, call.request().model(), call.at(), call.id());
    }

    Outcome relay(OutboundResponse response) {
      try {
        read(response);
      } catch (ClientAnswer.GoneException e) {
        return new Outcome.Left(took());
      } catch (IOException e) {
        return failed(Failures.ofTransport(attempt.deployment(), e));
      } catch (MalformedAnswerException e) {
        return failed(Failures.ofAnswer(attempt.deployment(), String.valueOf(e.getMessage())));
      }
      return ended();
    }

    private void read(OutboundResponse response) throws IOException, MalformedAnswerException {
      Consumer<AnswerEvent> to = event -> events.add(named(event, response));
      InputStream in = response.body();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        reader.take(buffer, 0, count, to);
        pass();
      }
      reader.end(to);
      pass();
    }

    private AnswerEvent named(AnswerEvent event, OutboundResponse response) {
      return event instanceof AnswerEvent.Begin begin
          ? new AnswerEvent.Begin(
              id(begin.id(), response, attempt.call()), begin.model(), begin.usage())
          : event;
    }

    private void pass() throws ClientAnswer.GoneException {
      for (AnswerEvent event : events) {
        if (event instanceof AnswerEvent.Used used) {
          usage = used.usage();
        }
        if (event instanceof AnswerEvent.Failed failure) {
          error = failure.error();
        }
        seenTokens += tokens(event);
        // Before anything was sent, an error may still lead to another try.
        if (error == null || attempt.out().isBegun()) {
          send(writer.write(event));
        }
      }
      events.clear();
    }

    private Outcome.Took took() {
      return new Outcome.Took(usage, seenTokens);
    }

    /** About one for four characters, and one at least. */
    private static long tokens(AnswerEvent event) {
      return switch (event) {
        case AnswerEvent.Text text -> 1 + text.text().length() / 4;
        case AnswerEvent.Thought thought -> 1 + thought.text().length() / 4;
        case AnswerEvent.ToolArguments arguments -> 1 + arguments.json().length() / 4;
        default -> 0;
      };
    }

    private void send(List<ServerEvent> written) throws ClientAnswer.GoneException {
      for (ServerEvent event : written) {
        if (!attempt.out().isBegun()) {
          attempt.beginEvents();
        }
        byte[] bytes = ServerSentEvents.write(event);
        attempt.out().write(bytes, 0, bytes.length);
      }
    }

    private Outcome ended() {
      if (error != null && !attempt.out().isBegun()) {
        return Failures.ofError(error);
      }
      if (!attempt.out().isBegun()) {
        return Failures.ofAnswer(attempt.deployment(), "it ended before anything came");
      }
      try {
        attempt.settle(took());
        attempt.out().end();
      } catch (ClientAnswer.GoneException e) {
        return new Outcome.Left(took());
      }
      return new Outcome.Answered(took());
    }

    private Outcome failed(Outcome.Failed failure) {
      if (!attempt.out().isBegun()) {
        return failure;
      }
      try {
        send(writer.write(new AnswerEvent.Failed(failure.error())));
        attempt.settle(took());
        attempt.out().end();
      } catch (ClientAnswer.GoneException e) {
        return new Outcome.Left(took());
      }
      return new Outcome.Answered(took());
    }
  }
}
