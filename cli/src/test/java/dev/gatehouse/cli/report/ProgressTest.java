package dev.gatehouse.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter screen = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final Progress progress =
      new Progress(new PrintWriter(screen), 80, "Looking ...", nanos::get);
  private final Progress.Item small = task("small.whl", 100);
  private final Progress.Item large =
      task("a/very\u001b[2J/" + "long/".repeat(30) + "large.whl", 300);

  private record Named(String target, long bytes) implements Progress.Item {}

  private static Progress.Item task(String name, long bytes) {
    return new Named(name, bytes);
  }

  @Test
  void staysOffTheScreenWhileTheWorkIsShort() {
    progress.begin(List.of(small));
    nanos.set(TimeUnit.MILLISECONDS.toNanos(499));
    progress.draw();
    progress.erase();

    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void drawsOneLineAndErasesIt() {
    progress.begin(List.of(small, large));
    nanos.set(TimeUnit.SECONDS.toNanos(1));
    progress.ended(small, progress.started(small));
    progress.started(large).add(100);
    progress.draw();
    progress.erase();

    assertThat(screen.toString())
        .startsWith("\r[##########..........]  50 %  1 of 2  …")
        .endsWith("long/large.whl\u001b[K\r\u001b[K")
        .doesNotContain("\n");
    assertThat(screen.toString().length()).isLessThan(80 + 8);
  }

  @Test
  void countsNoByteOfASecondPass() {
    progress.begin(List.of(small, large));
    nanos.set(TimeUnit.SECONDS.toNanos(1));
    progress.started(small).add(1_000);
    progress.draw();

    assertThat(screen.toString()).contains(" 25 % ");
  }
}
