package dev.gatehouse.gateway;

import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.key.KeyWatch;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.audit.AuditLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts refused keys, and tells of decoys: in the log, in the metrics, in the audit log, and at
 * the webhook. What takes time is done by others, so that a decoy's answer comes no later than that
 * of a key that never was.
 */
final class Alarms implements KeyWatch {
  private static final Logger LOG = System.getLogger(Alarms.class.getName());
  private static final JsonMapper JSON = new JsonMapper();
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 64 << 10);

  private final Map<Cause, Counter> refused = new EnumMap<>(Cause.class);
  private final Counter decoys;
  private final AuditLog audit;
  private final Outbound outbound;
  private final @Nullable Secret webhook;
  private final Executor background;

  /**
   * @param webhook where the use of a decoy is told; null: nowhere
   * @param background for what takes time
   */
  Alarms(
      MeterRegistry metrics,
      AuditLog audit,
      Outbound outbound,
      @Nullable Secret webhook,
      Executor background) {
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
    this.outbound = outbound;
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
    try {
      background.execute(() -> tell(decoy, from, endpoint, at));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.ERROR, "The decoy " + decoy.name() + " was used while the gateway stops", e);
    }
  }

  private void tell(VirtualKey decoy, InetAddress from, Endpoint endpoint, Instant at) {
    LOG.log(
        Level.ERROR,
        "The decoy {0} was used from {1} at {2} for {3}: somebody took it from where it was left",
        decoy.name(),
        from.getHostAddress(),
        at,
        endpoint.text());
    audit.append(at, "gateway", "decoy-used", decoy.name(), "from " + from.getHostAddress());
    if (webhook != null) {
      post(webhook, decoy, from, endpoint, at);
    }
  }

  private void post(
      Secret address, VirtualKey decoy, InetAddress from, Endpoint endpoint, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", "decoy-used");
    body.put("decoy", decoy.name());
    body.put("address", from.getHostAddress());
    body.put("endpoint", endpoint.text());
    body.put("at", at.toString());
    URI uri = URI.create(address.reveal());
    OutboundRequest request =
        OutboundRequest.to("POST", uri)
            .named(Origin.of(uri))
            .redirects(false)
            .limits(LIMITS)
            .body(JSON.writeValueAsBytes(body), "application/json")
            .build();
    try (OutboundResponse response = outbound.send(request)) {
      if (response.status() / 100 != 2) {
        LOG.log(Level.ERROR, "The webhook for alarms answered with status {0}", response.status());
      }
    } catch (IOException e) {
      // The address may hold a secret, and is not named.
      LOG.log(Level.ERROR, "The webhook for alarms cannot be reached: {0}", e.getMessage());
    }
  }
}
