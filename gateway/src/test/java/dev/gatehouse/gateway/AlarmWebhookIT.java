package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.fake.CapturedLog;
import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmWebhookIT {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ByHand later = new ByHand();
  private CapturedLog log;
  private HttpServer hook;
  private Outbound outbound;
  private AlarmWebhook webhook;

  /** Runs what waits when the test says so. */
  private static final class ByHand implements Later {
    private record Waiting(Duration pause, Runnable work) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private boolean hasEnded;

    @Override
    public void in(Duration pause, Runnable work) {
      if (hasEnded) {
        throw new RejectedExecutionException("ended");
      }
      waiting.add(new Waiting(pause, work));
    }

    /** Runs one after the other until nothing waits any more. */
    void pass() {
      for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
        pauses.add(next.pause());
        next.work().run();
      }
    }

    @Override
    public void end() {
      hasEnded = true;
    }
  }

  @BeforeEach
  void start() throws IOException {
    log = new CapturedLog();
    hook = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    hook.createContext("/alarm-with-a-secret", this::take);
    hook.start();
    outbound = new Outbound(OutboundSettings.direct());
    webhook = webhook(later);
  }

  @AfterEach
  void stop() throws Exception {
    webhook.end();
    outbound.close();
    hook.stop(0);
    log.close();
  }

  private AlarmWebhook webhook(Later when) {
    return new AlarmWebhook(
        outbound,
        Secret.of("http://127.0.0.1:" + hook.getAddress().getPort() + "/alarm-with-a-secret"),
        when,
        metrics);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Integer status = statuses.poll();
      exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    }
  }

  private static Alarm alarm(String decoy) {
    return new Alarm(decoy, LOOPBACK, Endpoint.CHAT, Instant.parse("2026-03-24T12:00:00Z"));
  }

  private double undelivered() {
    return metrics.get("gatehouse.gateway.alarms.undelivered").counter().count();
  }

  private List<String> lost() {
    return log.lines().stream().filter(line -> line.contains("was not delivered")).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 408, 429})
  void tellsAgainUntilItIsTaken(int status) {
    statuses.addAll(List.of(status, status));
    webhook.tell(alarm("in-the-wiki"));
    later.pass();

    assertThat(told).hasSize(3).containsOnly(told.element());
    assertThat(told.element()).contains("\"decoy\":\"in-the-wiki\"", "\"address\":\"127.0.0.1\"");
    assertThat(later.pauses)
        .containsExactly(Duration.ZERO, Duration.ofSeconds(15), Duration.ofSeconds(45));
    assertThat(undelivered()).isZero();
    assertThat(lost()).isEmpty();
  }

  @Test
  void tellsAgainWhereNobodyWasThere() throws Exception {
    int port = hook.getAddress().getPort();
    hook.stop(0);
    webhook.tell(alarm("in-the-wiki"));
    later.waiting.remove().work().run();
    assertThat(told).isEmpty();
    hook = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
    hook.createContext("/alarm-with-a-secret", this::take);
    hook.start();
    later.pass();

    assertThat(told).hasSize(1);
    assertThat(lost()).isEmpty();
  }

  @Test
  void givesUpAfterTenMinutesAndNamesTheAlarm() {
    statuses.addAll(List.of(500, 500, 500, 500, 500));
    webhook.tell(alarm("in-the-wiki"));
    later.pass();

    assertThat(told).hasSize(5);
    assertThat(later.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(undelivered()).isEqualTo(1);
    assertThat(lost())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("SEVERE")
                    .contains("in-the-wiki", "127.0.0.1", "2026-03-24T12:00:00Z", "status 500"));
    assertThat(log.lines()).noneMatch(line -> line.contains("alarm-with-a-secret"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 410})
  void doesNotTellAgainWhereThatCannotHelp(int status) {
    statuses.add(status);
    webhook.tell(alarm("in-the-wiki"));
    later.pass();

    assertThat(told).hasSize(1);
    assertThat(undelivered()).isEqualTo(1);
    assertThat(lost()).singleElement().asString().contains("in-the-wiki", "status " + status);
  }

  @Test
  void boundsWhatWaitsAndNamesWhatFindsNoPlace() {
    for (int i = 0; i < AlarmWebhook.MOST_WAITING; i++) {
      webhook.tell(alarm("in-the-wiki"));
    }
    webhook.tell(alarm("one-too-many"));
    assertThat(undelivered()).isEqualTo(1);
    assertThat(lost()).singleElement().asString().contains("one-too-many");
    later.pass();
    webhook.tell(alarm("has-a-place-again"));
    later.pass();

    assertThat(told)
        .hasSize(AlarmWebhook.MOST_WAITING + 1)
        .last()
        .asString()
        .contains("has-a-place-again");
  }

  @Test
  void namesAtItsEndWhatStillWaits() throws Exception {
    statuses.add(503);
    webhook.tell(alarm("waits-for-a-second-try"));
    later.waiting.remove().work().run();
    webhook.tell(alarm("waits-for-the-first"));
    webhook.end();
    webhook.tell(alarm("comes-too-late"));

    assertThat(undelivered()).isEqualTo(3);
    assertThat(lost())
        .hasSize(3)
        .anyMatch(line -> line.contains("waits-for-a-second-try"))
        .anyMatch(line -> line.contains("waits-for-the-first"))
        .anyMatch(line -> line.contains("comes-too-late"));
  }

  @Test
  void triesOnceMoreAtItsEndInPlaceOfWaiting() throws Exception {
    statuses.addAll(List.of(503, 503));
    AlarmWebhook real = webhook(Later.onThread("alarm-webhook", Duration.ofSeconds(30)));
    CountDownLatch failed = new CountDownLatch(2);
    log.onLine(line -> line.contains("is sent again in 15 s"), failed::countDown);
    real.tell(alarm("first"));
    real.tell(alarm("second"));
    failed.await();
    statuses.add(500);
    real.end();

    assertThat(told).hasSize(4);
    assertThat(lost()).singleElement().asString().contains("status 500");
    assertThat(undelivered()).isEqualTo(1);
  }
}
