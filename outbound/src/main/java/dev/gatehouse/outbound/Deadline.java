package dev.gatehouse.outbound;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When an exchange must be over, redirects included; or never. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final @Nullable Long end;

  Deadline(@Nullable Duration total, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = total == null ? null : nanoTime.getAsLong() + total.toNanos();
  }

  boolean isSet() {
    return end != null;
  }

  /** How long is left, not less than nothing. */
  Duration leftOr(Duration unlimited) {
    return end == null ? unlimited : Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }
}
