package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long WINDOW = Pace.WINDOW.toNanos();
  private static final int ENOUGH = (int) (Pace.LEAST_BYTES_A_SECOND * Pace.WINDOW.toSeconds());

  private final Pace pace = new Pace();

  @Test
  void isKeptByTheLeastRate() {
    for (int second = 0; second < 1000; second++) {
      assertThat(pace.keepsUp(SECOND, (int) Pace.LEAST_BYTES_A_SECOND)).isTrue();
    }
  }

  @Test
  void isNotKeptByADrip() {
    for (int second = 1; second < Pace.WINDOW.toSeconds(); second++) {
      assertThat(pace.keepsUp(SECOND, 1)).as("second %d", second).isTrue();
    }
    assertThat(pace.keepsUp(SECOND, 1)).isFalse();
  }

  @Test
  void isNotKeptByOneByteLess() {
    assertThat(pace.keepsUp(WINDOW, ENOUGH - 1)).isFalse();
    assertThat(new Pace().keepsUp(WINDOW, ENOUGH)).isTrue();
  }

  @Test
  void isNotKeptByADripAfterAFastStart() {
    assertThat(pace.keepsUp(SECOND, 1 << 30)).isTrue();
    assertThat(pace.keepsUp(WINDOW, 1)).isTrue();
    assertThat(pace.keepsUp(WINDOW, 1)).isFalse();
  }

  @Test
  void doesNotSufferFromASlowReader() throws IOException {
    AtomicLong time = new AtomicLong();
    try (PacedStream stream =
        new PacedStream(new ByteArrayInputStream(new byte[9]), true, time::get)) {
      int read = stream.read();
      while (read >= 0) {
        time.addAndGet(2 * WINDOW);
        read = stream.read();
      }
      assertThat(stream.isEnded()).isTrue();
    }
  }

  @Test
  void doesNotMatterToAnAnswerThatIsMadeWhileItComes() throws IOException {
    AtomicLong time = new AtomicLong();
    try (PacedStream stream = new PacedStream(slow(time), false, time::get)) {
      assertThat(stream.readAllBytes()).hasSize(9);
    }
    try (PacedStream stream = new PacedStream(slow(time), true, time::get)) {
      assertThatThrownBy(stream::readAllBytes).hasMessageContaining("too slowly");
    }
  }

  private static InputStream slow(AtomicLong time) {
    return new FilterInputStream(new ByteArrayInputStream(new byte[9])) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        time.addAndGet(2 * WINDOW);
        return super.read(target, offset, 1);
      }
    };
  }
}
