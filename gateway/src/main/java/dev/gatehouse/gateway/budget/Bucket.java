package dev.gatehouse.gateway.budget;

/**
 * So many a minute, none lost and none too many: full at first, it fills evenly. All in whole
 * numbers: a unit is a 60-billionth, so that what flows in during a nanosecond is one.
 */
final class Bucket {
  private static final long MINUTE = 60_000_000_000L;

  private final long perMinute;
  private long credit;
  private long at;

  Bucket(long perMinute, long now) {
    this.perMinute = perMinute;
    this.credit = full();
    this.at = now;
  }

  long perMinute() {
    return perMinute;
  }

  /** At most 3 × 10^18: three times that is still a long. */
  private long full() {
    return perMinute * MINUTE;
  }

  private void fill(long now) {
    long elapsed = Math.clamp(now - at, 0, MINUTE);
    at = now;
    credit = Math.min(full(), credit + elapsed * perMinute);
  }

  /** How many there are now. */
  long left(long now) {
    fill(now);
    return Math.max(0, credit / MINUTE);
  }

  /** Nanoseconds until so many are there; more than it ever holds are there once it is full. */
  long nanosUntil(long count, long now) {
    fill(now);
    long wanted = Math.min(count, perMinute) * MINUTE;
    return credit >= wanted ? 0 : Math.ceilDiv(wanted - credit, perMinute);
  }

  /** Takes so many, or for a negative number gives them back; a minute's worth may be owed. */
  void take(long count, long now) {
    fill(now);
    long taken = Math.clamp(count, -2 * perMinute, 2 * perMinute) * MINUTE;
    credit = Math.clamp(credit - taken, -full(), full());
  }
}
