package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that give up before anything came. No provider answers, and none is waited for long. */
class LeavingClientIT {
  private static final String KEY = "one";

  /** Longer than any test waits. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Nano-USD: 200 tokens, the most that was asked for, at 2 USD the million. */
  private static final long MOST_OUTPUT = 400_000;

  @TempDir private Path folder;

  private static Socket ask(RunningGateway gateway, Which which, boolean streamed)
      throws IOException {
    return gateway.open(
        KEY,
        Json.text(
            Json.object(
                "model",
                RunningGateway.modelOf(which),
                "max_tokens",
                200,
                "stream",
                streamed,
                "messages",
                Json.array(Json.object("role", "user", "content", "#hang, please.")))));
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, false", "OPENAI, true", "ANTHROPIC, false", "ANTHROPIC, true"})
  void breaksOffWhatIsMadeForAClientThatLeft(Which which, boolean streamed) throws Exception {
    try (FakeProviders fakes = FakeProviders.start(true, false);
        RunningGateway gateway =
            RunningGateway.start(folder, fakes, List.of(Wanted.free(KEY)), PATIENCE)) {
      FakeProvider fake = fakes.get(which);
      try (Socket _ = ask(gateway, which, streamed)) {
        Waiting.until("the provider is asked", () -> fake.running() == 1);
      }
      Waiting.until("the provider is left", () -> fake.running() == 0);

      Standing standing = gateway.stop(KEY);
      assertThat(standing.reserved()).isZero();
      assertThat(standing.running()).isZero();
      // What was asked, and no more than was allowed to be answered.
      assertThat(standing.spent()).isPositive().isLessThan(MOST_OUTPUT + 100_000);
    }
  }

  /** Neither the provider nor the gateway is to blame, and nobody is to look for a fault. */
  @Test
  void saysNothingOfItInTheLogButTheStatus() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Handler listening =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
              told.add(record.getLoggerName() + ": " + record.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(listening);
    try (FakeProviders fakes = FakeProviders.start(true, false);
        RunningGateway gateway =
            RunningGateway.start(folder, fakes, List.of(Wanted.free(KEY)), PATIENCE)) {
      FakeProvider fake = fakes.get(Which.OPENAI);
      try (Socket client = ask(gateway, Which.OPENAI, false)) {
        Waiting.until("the provider is asked", () -> fake.running() == 1);
        client.shutdownOutput();
        assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
            .startsWith("HTTP/1.1 499 ");
      }
      Waiting.until("the provider is left", () -> fake.running() == 0);
      // The fake provider speaks of itself, too.
      assertThat(told).filteredOn(line -> !line.contains("cut as asked")).isEmpty();
    } finally {
      root.removeHandler(listening);
    }
  }
}
