package dev.gatehouse.gateway;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a webhook of alarms. An alarm may be a thief's only trace: where the webhook does not take
 * it, as while it is restarted, it is sent again a few times over ten minutes. One that was not
 * taken in the end is counted and named in the log. Its address may hold a secret, and is not
 * named.
 */
final class AlarmWebhook {
  private static final Logger LOG = System.getLogger(AlarmWebhook.class.getName());
  private static final JsonMapper JSON = new JsonMapper();
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 64 << 10);

  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final int PAUSES_GROW_BY = 3;

  /** How many alarms may wait, so that who uses a decoy without end does not fill the memory. */
  static final int MOST_WAITING = 256;

  private final Outbound outbound;
  private final URI address;
  private final Later later;
  private final Counter undelivered;
  private final Set<Delivery> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /** An alarm on its way; each is another, also where the same decoy is used twice in a moment. */
  private static final class Delivery {
    private final Alarm alarm;

    Delivery(Alarm alarm) {
      this.alarm = alarm;
    }
  }

  /**
   * @param later ended with this
   */
  AlarmWebhook(Outbound outbound, Secret address, Later later, MeterRegistry metrics) {
    this.outbound = outbound;
    this.address = URI.create(address.reveal());
    this.later = later;
    this.undelivered =
        Counter.builder("gatehouse.gateway.alarms.undelivered")
            .description("Alarms that the webhook did not take; they are in the audit log")
            .register(metrics);
  }

  /** Tells of an alarm, soon. */
  void tell(Alarm alarm) {
    Delivery delivery = new Delivery(alarm);
    if (waiting.size() >= MOST_WAITING) {
      lost(alarm, "too many are waiting");
      return;
    }
    waiting.add(delivery);
    var _ = schedule(delivery, 1, Duration.ZERO, FIRST_PAUSE);
  }

  /** Whether there will be a try; else it is given up. */
  private boolean schedule(Delivery delivery, int number, Duration pause, Duration next) {
    try {
      later.in(pause, () -> attempt(delivery, number, next));
      return true;
    } catch (RejectedExecutionException e) {
      giveUp(delivery, "the gateway stops");
      return false;
    }
  }

  private void attempt(Delivery delivery, int number, Duration pause) {
    Outcome outcome = post(delivery.alarm);
    if (outcome.isTaken()) {
      waiting.remove(delivery);
    } else if (!outcome.mayBeTakenLater() || number == TRIES || ending) {
      giveUp(delivery, outcome.problem());
    } else if (schedule(delivery, number + 1, pause, pause.multipliedBy(PAUSES_GROW_BY))) {
      LOG.log(
          Level.WARNING,
          "The webhook for alarms {0}; the alarm of the decoy {1} is sent again in {2} s",
          outcome.problem(),
          delivery.alarm.decoy(),
          pause.toSeconds());
    }
  }

  /** What came of one try. */
  private record Outcome(boolean isTaken, boolean mayBeTakenLater, String problem) {}

  private Outcome post(Alarm alarm) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", "decoy-used");
    body.put("decoy", alarm.decoy());
    body.put("address", alarm.address());
    body.put("endpoint", alarm.endpoint().text());
    body.put("at", alarm.at().toString());
    OutboundRequest request =
        OutboundRequest.to("POST", address)
            .named(Origin.of(address))
            .redirects(false)
            .limits(LIMITS)
            .body(JSON.writeValueAsBytes(body), "application/json")
            .build();
    try (OutboundResponse response = outbound.send(request)) {
      int status = response.status();
      return new Outcome(
          status / 100 == 2,
          status >= 500 || status == 408 || status == 429,
          "answered with status " + status);
    } catch (OutboundException e) {
      return new Outcome(false, true, "cannot be reached: " + e.problem());
    }
  }

  private void giveUp(Delivery delivery, String problem) {
    if (waiting.remove(delivery)) {
      lost(delivery.alarm, "the webhook for alarms " + problem);
    }
  }

  private void lost(Alarm alarm, String why) {
    undelivered.increment();
    LOG.log(
        Level.ERROR,
        "The alarm of the decoy {0}, used from {1} at {2}, was not delivered: {3}. It is in the audit log",
        alarm.decoy(),
        alarm.address(),
        alarm.at(),
        why);
  }

  /** Ends it, once it was tried once more to tell what waits. */
  void end() throws InterruptedException {
    ending = true;
    later.end();
    waiting.forEach(delivery -> giveUp(delivery, "did not take it before the stop"));
  }
}
