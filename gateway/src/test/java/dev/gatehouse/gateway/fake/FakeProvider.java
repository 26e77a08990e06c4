package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.fake.OpenAiFake.Kind;
import dev.gatehouse.inbound.ClientWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vendor on loopback. What it answers is said by words in what it is asked ({@link Director},
 * {@link Fault}); what it was asked can be read here, and at {@code GET /_/requests} by a client in
 * another language.
 */
public final class FakeProvider implements AutoCloseable {
  /** The key of all of them but Bedrock. */
  public static final String KEY = "fake-provider-key-5d41402abc4b2a76";

  public static final String AWS_ID = "AKIDEXAMPLE";
  public static final String AWS_SECRET = "fake-aws-secret-7215ee9c7d9dc229";
  public static final String AWS_REGION = "eu-central-1";

  private static final int HUGE = 32 << 20;
  private static final long LONG = 512L << 20;
  private static final Pattern SPLIT = Pattern.compile("#split-(\\d+)");

  private final Vendor vendor;
  private final boolean behindGateway;
  private final boolean bytewise;
  private final Server server;
  private final ServerConnector connector;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final Set<CountDownLatch> hanging = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final List<Received> requests = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> once = Collections.synchronizedSet(new HashSet<>());

  /** Which vendor. */
  public enum Which {
    OPENAI,
    AZURE,
    /** Ollama's or vLLM's copy of OpenAI's API, without a key. */
    COMPATIBLE,
    ANTHROPIC,
    GEMINI,
    COHERE,
    BEDROCK;

    private Vendor vendor() {
      return switch (this) {
        case OPENAI -> new OpenAiFake(Kind.OPENAI, KEY);
        case AZURE -> new OpenAiFake(Kind.AZURE, KEY);
        case COMPATIBLE -> new OpenAiFake(Kind.COMPATIBLE, null);
        case ANTHROPIC -> new AnthropicFake(KEY);
        case GEMINI -> new GeminiFake(KEY);
        case COHERE -> new CohereFake(KEY);
        case BEDROCK -> new BedrockFake(AWS_ID, AWS_SECRET, AWS_REGION, InstantSource.system());
      };
    }
  }

  private FakeProvider(Vendor vendor, boolean behindGateway, boolean bytewise) {
    this.vendor = vendor;
    this.behindGateway = behindGateway;
    this.bytewise = bytewise;
    this.server = new Server(new VirtualThreadPool());
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(5));
    server.addConnector(connector);
    server.setHandler(new Answering());
  }

  /**
   * Starts one.
   *
   * @param behindGateway whether it refuses the headers that only a client of a gateway sends
   * @param bytewise whether every byte of an answer is written by itself
   */
  public static FakeProvider start(Which which, boolean behindGateway, boolean bytewise) {
    return start(which.vendor(), behindGateway, bytewise);
  }

  private static FakeProvider start(Vendor vendor, boolean behindGateway, boolean bytewise) {
    FakeProvider provider = new FakeProvider(vendor, behindGateway, bytewise);
    try {
      provider.server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the fake provider does not start", e);
    }
    return provider;
  }

  /** Its origin, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** All that it was asked, in that order. */
  public List<Received> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Forgets what it was asked. */
  public void forget() {
    requests.clear();
  }

  /** How many answers are being written. */
  public int running() {
    return running.get();
  }

  /** How many bytes of bodies it has sent, and those who asked have taken. */
  public long sent() {
    return sent.get();
  }

  @Override
  public void close() {
    closed.countDown();
    hanging.forEach(CountDownLatch::countDown);
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the fake provider does not stop", e);
    }
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Received received = received(request);
      if (received.path().equals("/_/requests")) {
        tell(received, response);
        callback.succeeded();
        return true;
      }
      requests.add(received);
      running.incrementAndGet();
      try {
        new Sending(request, response, callback, text(received)).send(reply(received));
      } finally {
        running.decrementAndGet();
      }
      return true;
    }
  }

  private static Received received(Request request) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(field.getValue());
    }
    try (InputStream body = Content.Source.asInputStream(request)) {
      return new Received(
          request.getMethod(),
          request.getHttpURI().getPath(),
          Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
          headers,
          body.readAllBytes());
    }
  }

  private void tell(Received request, Response response) throws IOException {
    ArrayNode told = Json.array();
    for (Received received : requests()) {
      ObjectNode headers = Json.object();
      received.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
      told.add(
          Json.object(
              "headers",
              headers,
              "method",
              received.method(),
              "path",
              received.path(),
              "query",
              received.query(),
              "body",
              new String(received.body(), UTF_8)));
    }
    if (request.method().equals("DELETE")) {
      forget();
    }
    Content.Sink.write(response, true, ByteBuffer.wrap(Json.bytes(told)));
  }

  private String text(Received request) {
    try {
      return vendor.lastText(request);
    } catch (JacksonException e) {
      return "";
    }
  }

  private Reply reply(Received request) {
    try {
      if (behindGateway) {
        Checks.headersOfAGateway(request);
      }
      Reply reply = vendor.answer(request);
      String text = text(request);
      Optional<Fault.Status> status = Fault.Status.in(text);
      if (status.isPresent() && (!status.get().once() || once.add(status.get().word()))) {
        return failed(status.get());
      }
      failedByWord(text);
      return reply;
    } catch (Refusal e) {
      return vendor.error(e);
    }
  }

  private Reply failed(Fault.Status status) {
    Reply reply =
        vendor.error(new Refusal(status.status(), "", "failed as asked: " + status.status()));
    return status.after() < 0 ? reply : reply.with("retry-after", String.valueOf(status.after()));
  }

  private static void failedByWord(String text) throws Refusal {
    if (text.contains("#spent")) {
      throw new Refusal(429, "", Fault.SPENT);
    }
    if (text.contains("#too-long")) {
      throw new Refusal(400, "", Fault.TOO_LONG);
    }
    if (text.contains("#policy")) {
      throw new Refusal(400, "", Fault.POLICY);
    }
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parts.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** Sends one answer, whole or broken. */
  private final class Sending {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Optional<Fault> fault;
    private final int split;

    Sending(Request request, Response response, Callback callback, String text) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.fault = Fault.in(text);
      Matcher matcher = SPLIT.matcher(text);
      this.split = matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    void send(Reply reply) throws IOException {
      response.setStatus(reply.status());
      response.getHeaders().put("Content-Type", reply.contentType());
      reply.headers().forEach(response.getHeaders()::put);
      if (split >= 0) {
        byte[] all = joined(reply.parts());
        write(Arrays.copyOf(all, split));
        write(Arrays.copyOfRange(all, split, all.length));
        end();
      } else if (fault.isEmpty() || reply.status() != 200) {
        for (byte[] part : reply.parts()) {
          write(part);
        }
        end();
      } else {
        broken(fault.get(), reply);
      }
    }

    private void broken(Fault fault, Reply reply) throws IOException {
      List<byte[]> parts = reply.parts();
      List<byte[]> half =
          reply.streamed()
              ? parts.subList(0, parts.size() / 2)
              : List.of(Arrays.copyOf(parts.getFirst(), parts.getFirst().length / 2));
      switch (fault) {
        case HANG -> hang();
        case STALL -> {
          writeAll(half);
          hang();
        }
        case DRIP -> drip(reply);
        case CUT -> {
          writeAll(half);
          byte[] next = parts.get(parts.size() / 2);
          write(Arrays.copyOf(next, next.length / 2));
          cut();
        }
        case EARLY -> {
          writeAll(half);
          end();
        }
        case MALFORMED -> {
          writeAll(half);
          write(reply.streamed() ? malformed(reply) : "}{".getBytes(UTF_8));
          writeAll(reply.streamed() ? parts.subList(parts.size() / 2, parts.size()) : List.of());
          end();
        }
        case EMPTY -> {
          for (byte[] part : parts) {
            if (reply.contentType().equals("text/event-stream")) {
              write(": a comment\n\n\n\n".getBytes(UTF_8));
            }
            write(part);
          }
          end();
        }
        case NOTHING -> end();
        case HUGE -> {
          writeAll(half);
          write("data: {\"choices\": \"".getBytes(UTF_8));
          byte[] block = new byte[1 << 20];
          Arrays.fill(block, (byte) 'x');
          for (int sent = 0; sent < HUGE; sent += block.length) {
            Content.Sink.write(response, false, ByteBuffer.wrap(block));
          }
          write("\"}\n\n".getBytes(UTF_8));
          writeAll(parts.subList(parts.size() / 2, parts.size()));
          end();
        }
        case LONG -> {
          byte[] comment = (":" + "x".repeat(1 << 16) + "\n\n").getBytes(UTF_8);
          for (long written = 0; written < LONG; written += comment.length) {
            write(comment);
          }
          end();
        }
        case LATE_ERROR -> {
          writeAll(half);
          write(vendor.eventOfError());
          end();
        }
        case PAGE -> {
          response.setStatus(502);
          response.getHeaders().put("Content-Type", "text/html");
          write("<html><head><title>502 Bad Gateway</title></head></html>".getBytes(UTF_8));
          end();
        }
        case REDIRECT -> {
          response.setStatus(307);
          response.getHeaders().put("Location", "http://127.0.0.1:9/elsewhere");
          end();
        }
      }
    }

    private byte[] malformed(Reply reply) {
      return reply.contentType().equals("text/event-stream")
          ? "data: {\"this is\": no JSON\n\n".getBytes(UTF_8)
          : "this is no message of an event stream".getBytes(UTF_8);
    }

    /** Nothing more comes until the provider ends, or whoever asked leaves. */
    private void hang() {
      CountDownLatch end = new CountDownLatch(1);
      hanging.add(end);
      if (closed.getCount() == 0) {
        end.countDown();
      }
      try (ClientWatch _ = ClientWatch.open(request, end::countDown)) {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      cut();
    }

    private void drip(Reply reply) throws IOException {
      boolean events = reply.contentType().equals("text/event-stream");
      byte[] drop = (events ? ": drop\n\n" : " ").getBytes(UTF_8);
      try {
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
          write(drop);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      cut();
    }

    private void writeAll(List<byte[]> parts) throws IOException {
      for (byte[] part : parts) {
        write(part);
      }
    }

    private void write(byte[] bytes) throws IOException {
      if (!bytewise) {
        Content.Sink.write(response, false, ByteBuffer.wrap(bytes));
        sent.addAndGet(bytes.length);
        return;
      }
      for (int i = 0; i < bytes.length; i++) {
        Content.Sink.write(response, false, ByteBuffer.wrap(bytes, i, 1));
      }
    }

    private void end() throws IOException {
      Content.Sink.write(response, true, ByteBuffer.wrap(new byte[0]));
      callback.succeeded();
    }

    private void cut() {
      callback.failed(new IOException("cut as asked"));
    }
  }
}
