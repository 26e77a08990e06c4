package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetIT {
  /** 15 of input at 0.25, 5 from the cache at 0.025, 9 of output at 2 USD per million. */
  private static final long COST = 15 * 250 + 5 * 25 + 9 * 2000;

  private static final int CALLS = 64;
  private static final int AFFORDABLE = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"OPENAI, false", "OPENAI, true", "ANTHROPIC, false", "BEDROCK, true"})
  void parallelCallsSpendABudgetExactly(Which which, boolean streamed) throws Exception {
    Limits limits = new Limits(new Budget(AFFORDABLE * COST, Period.NONE), null, null, null);
    try (FakeProviders fakes = FakeProviders.start(true, false);
        RunningGateway gateway =
            RunningGateway.start(folder, fakes, List.of(new Wanted("ten", Set.of(), limits)));
        HttpClient client = HttpClient.newHttpClient()) {
      String body =
          Json.text(
              Json.object(
                  "model",
                  RunningGateway.modelOf(which),
                  "max_tokens",
                  9,
                  "stream",
                  streamed,
                  "messages",
                  Json.array(Json.object("role", "user", "content", "Hello."))));
      HttpRequest request =
          HttpRequest.newBuilder(gateway.address().resolve("v1/chat/completions"))
              .header("authorization", "Bearer " + gateway.token("ten"))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(client.sendAsync(request, BodyHandlers.ofString(UTF_8)));
      }
      List<HttpResponse<String>> answers = calls.stream().map(CompletableFuture::join).toList();
      int asked = fakes.get(which).requests().size();
      Standing standing = gateway.stop("ten");

      assertThat(answers.stream().filter(answer -> answer.statusCode() == 200)).hasSize(AFFORDABLE);
      assertThat(answers.stream().filter(answer -> answer.statusCode() == 402))
          .hasSize(CALLS - AFFORDABLE)
          .allMatch(
              answer ->
                  answer
                      .headers()
                      .firstValue("x-should-retry")
                      .equals(java.util.Optional.of("false")));
      assertThat(asked).isEqualTo(AFFORDABLE);
      assertThat(standing.spent()).isEqualTo(AFFORDABLE * COST);
    }
  }
}
