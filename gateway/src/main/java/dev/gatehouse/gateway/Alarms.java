package dev.gatehouse.gateway;

import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.key.KeyWatch;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.store.audit.AuditLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Counts refused keys, and tells of decoys: in the log, in the metrics, in the audit log, and at
 * the webhook. What takes time is done by others, so that a decoy's answer comes no later than that
 * of a key that never was.
 */
final class Alarms implements KeyWatch {
  private static final Logger LOG = System.getLogger(Alarms.class.getName());

  private final Map<Cause, Counter> refused = new EnumMap<>(Cause.class);
  private final Counter decoys;
  private final AuditLog audit;
  private final @Nullable AlarmWebhook webhook;
  private final Executor background;

  /**
   * @param webhook where the use of a decoy is told; null: nowhere
   * @param background for what takes time
   */
  Alarms(
      MeterRegistry metrics, AuditLog audit, @Nullable AlarmWebhook webhook, Executor background) {
    for (Cause cause : Cause.values()) {
      refused.put(
          cause,
          Counter.builder("gatehouse.gateway.keys.refused")
              .description("Calls with a key that is not taken, by why")
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
    this.decoys =
        Counter.builder("gatehouse.gateway.decoys.used")
            .description("Calls with a decoy: somebody took it from where it was left")
            .register(metrics);
    this.audit = audit;
    this.webhook = webhook;
    this.background = background;
  }

  @Override
  public void refused(Cause cause, @Nullable VirtualKey key, InetAddress from, Instant at) {
    Counter counter = refused.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void decoyUsed(VirtualKey decoy, InetAddress from, Endpoint endpoint, Instant at) {
    decoys.increment();
    Alarm alarm = new Alarm(decoy.name(), from, endpoint, at);
    try {
      background.execute(() -> tell(alarm));
    } catch (RejectedExecutionException e) {
      LOG.log(
          Level.ERROR,
          "The decoy {0} was used from {1} while the gateway stops, or too many alarms wait",
          alarm.decoy(),
          alarm.address());
    }
  }

  private void tell(Alarm alarm) {
    LOG.log(
        Level.ERROR,
        "The decoy {0} was used from {1} at {2} for {3}: somebody took it from where it was left",
        alarm.decoy(),
        alarm.address(),
        alarm.at(),
        alarm.endpoint().text());
    try {
      audit.append(alarm.at(), "gateway", "decoy-used", alarm.decoy(), "from " + alarm.address());
    } finally {
      if (webhook != null) {
        webhook.tell(alarm);
      }
    }
  }
}
