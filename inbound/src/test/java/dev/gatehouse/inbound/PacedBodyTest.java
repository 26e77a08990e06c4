package dev.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacedBodyTest {
  private long now;

  /** A body of so many bytes, of which some come at a time, each after a pause. */
  private InputStream coming(int bytes, int at, Duration pause) {
    return new ByteArrayInputStream(new byte[bytes]) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        now += pause.toNanos();
        return super.read(target, offset, Math.min(at, length));
      }
    };
  }

  private byte[] read(InputStream in) throws IOException {
    return PacedBody.read(in, -1, 10 << 20, () -> now);
  }

  @Test
  void cutsABodyOfWhichAByteComesEveryFewSeconds() {
    assertThatThrownBy(() -> read(coming(1000, 1, Duration.ofSeconds(4))))
        .isInstanceOf(PacedBody.TooSlowException.class)
        .hasMessageContaining("too slowly");
    assertThat(Duration.ofNanos(now)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void cutsALargeBodyThatComesMoreSlowlyThanAModem() {
    assertThatThrownBy(() -> read(coming(5 << 20, 3000, Duration.ofSeconds(1))))
        .hasMessageContaining("too slowly");
    assertThat(Duration.ofNanos(now)).isLessThan(Duration.ofMinutes(3));
  }

  @Test
  void waitsForABodyThatKeepsThePaceHoweverLongItIs() throws IOException {
    assertThat(read(coming(5 << 20, 5000, Duration.ofSeconds(1)))).hasSize(5 << 20);
    assertThat(Duration.ofNanos(now)).isGreaterThan(Duration.ofMinutes(15));
  }

  @Test
  void toleratesAPause() throws IOException {
    assertThat(read(coming(100, 50, Duration.ofSeconds(9)))).hasSize(100);
  }

  @Test
  void readsNoMoreThanIsWanted() throws IOException {
    InputStream in = coming(100, 7, Duration.ZERO);
    assertThat(PacedBody.read(in, -1, 20, () -> now)).hasSize(20);
    assertThat(in.readAllBytes()).hasSize(80);
  }
}
