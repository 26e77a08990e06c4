package dev.gatehouse.index.gate;

import dev.gatehouse.vetting.Vetting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What the vetting tells an operator's monitoring. */
public final class VettingMetrics {
  private VettingMetrics() {}

  /** Registers the gauges; each is read when the metrics are. */
  public static void register(Vetting vetting, InstantSource clock, MeterRegistry metrics) {
    Gauge.builder("gatehouse.advisories.age", () -> age(vetting, clock))
        .description("How long ago the advisories' source last confirmed them; NaN: never")
        .baseUnit("seconds")
        .register(metrics);
    Gauge.builder("gatehouse.advisories.stale", () -> vetting.known().stale() == null ? 0 : 1)
        .description("1 where the advisories are too old, so that new files are held")
        .register(metrics);
    Gauge.builder("gatehouse.advisories.records", () -> vetting.known().records())
        .description("How many advisories are known")
        .register(metrics);
    Gauge.builder("gatehouse.downloads.waiting", () -> vetting.downloads().waiting())
        .description("Records of downloads that are not written yet")
        .register(metrics);
    Gauge.builder("gatehouse.recalls", () -> vetting.decisions().recallsAfter(0).size())
        .description("Recalls that stand")
        .register(metrics);
  }

  private static double age(Vetting vetting, InstantSource clock) {
    Instant asOf = vetting.known().asOf();
    return asOf == null ? Double.NaN : Duration.between(asOf, clock.instant()).toSeconds();
  }
}
