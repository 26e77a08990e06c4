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
    try (CapturedLog log = new CapturedLog();
        FakeProviders fakes = FakeProviders.start(true, false);
        RunningGateway gateway =
            RunningGateway.start(folder, fakes, List.of(Wanted.free(KEY)), PATIENCE)) {
      FakeProvider fake = fakes.get(Which.OPENAI);
      try (Socket client = ask(gateway, Which.OPENAI, false)) {
        Waiting.until("the provider is asked", () -> fake.running() == 1);
        assertIsTakenForGone(client);
      }
      Waiting.until("the provider is left", () -> fake.running() == 0);
      try (Socket client = gateway.open(KEY, "")) {
        client
            .getOutputStream()
            .write(
                "POST /v1/messages HTTP/1.1\r\nHost: a\r\nx-api-key: %s\r\nContent-Length: 99\r\n\r\n{"
                    .formatted(gateway.token(KEY))
                    .getBytes(UTF_8));
        assertIsTakenForGone(client);
      }
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARNING ") || line.startsWith("SEVERE "))
          // The fake provider speaks of itself, too.
          .filteredOn(line -> !line.contains("cut as asked"))
          .isEmpty();
    }
  }

  private static void assertIsTakenForGone(Socket client) throws IOException {
    client.shutdownOutput();
    assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).contains("HTTP/1.1 499 ");
  }
}
