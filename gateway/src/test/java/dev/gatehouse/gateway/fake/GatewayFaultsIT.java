package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.fake.FakeProvider.Which;
import dev.gatehouse.gateway.fake.RunningGateway.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client sees when a provider, or another client, does what it should not. Its key may make
 * one call at a time: the call after each fault would be refused if the faulty one had left its
 * reservation.
 */
class GatewayFaultsIT {
  private static final String KEY = "one";

  /** Enough for all calls here, one at a time. */
  private static final Limits ONE_AT_A_TIME =
      new Limits(new Budget(1_000_000_000L, Period.NONE), null, null, 1L);

  @TempDir private static Path folder;
  private static FakeProviders fakes;
  private static RunningGateway gateway;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    fakes = FakeProviders.start(true, false);
    gateway =
        RunningGateway.start(
            folder,
            fakes,
            List.of(new Wanted(KEY, Set.of(), ONE_AT_A_TIME)),
            Duration.ofMillis(1500));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    // A provider that hangs would keep the gateway waiting for its end.
    fakes.close();
    gateway.close();
  }

  private static String chat(Which which, String text, boolean streamed) {
    return Json.text(
        Json.object(
            "model",
            RunningGateway.modelOf(which),
            "max_tokens",
            200,
            "stream",
            streamed,
            "messages",
            Json.array(Json.object("role", "user", "content", text))));
  }

  private static HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(gateway.address().resolve(path))
        .header("authorization", "Bearer " + gateway.token(KEY))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return client.send(request("v1/chat/completions", body), BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> ask(Which which, String text, boolean streamed)
      throws IOException, InterruptedException {
    return post(chat(which, text, streamed));
  }

  /** The slot of the only call, and the budget, are free again. */
  private static void assertNothingIsReserved() throws IOException, InterruptedException {
    HttpResponse<String> next = ask(Which.OPENAI, "Hello.", false);

    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
  }

  private static String kind(HttpResponse<String> answer) {
    return Json.read(answer.body()).path("error").path("message").asString("");
  }

  /** One that is passed on as it is, and one that is translated: the waiting is the same. */
  @ParameterizedTest
  @CsvSource({"#hang", "#drip", "#stall"})
  void waitsForAWholeAnswerOnlySoLong(String fault) throws Exception {
    for (Which which : List.of(Which.OPENAI, Which.ANTHROPIC)) {
      HttpResponse<String> answer = ask(which, fault + " and some more words", false);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(504);
      assertNothingIsReserved();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "#cut, 502",
    "#early, 502",
    "#malformed, 502",
    "#nothing, 502",
    "#redirect, 500",
    "#page, 502",
    "#status-500, 500",
    "#status-503, 503",
    "#status-429, 429",
    "#status-404, 404",
  })
  void tellsAClientWhatBecameOfAWholeAnswer(String fault, int status) throws Exception {
    for (Which which : Which.values()) {
      HttpResponse<String> answer = ask(which, fault + " and some more words", false);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(status);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(kind(answer)).as(answer.body()).isNotEmpty();
      assertThat(answer.body()).doesNotContain(FakeProvider.KEY, "Exception", "127.0.0.1");
      assertNothingIsReserved();
    }
  }

  @ParameterizedTest
  @CsvSource({"#nothing, 502", "#page, 502", "#status-503, 503", "#status-429, 429"})
  void tellsAClientWhatBecameOfAStreamThatDidNotBegin(String fault, int status) throws Exception {
    for (Which which : Which.values()) {
      HttpResponse<String> answer = ask(which, fault + " and some more words", true);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(status);
      assertThat(kind(answer)).as(answer.body()).isNotEmpty();
      assertNothingIsReserved();
    }
  }

  @Test
  void waitsForAStreamsBeginningOnlySoLong() throws Exception {
    for (Which which : List.of(Which.OPENAI, Which.ANTHROPIC)) {
      HttpResponse<String> answer = ask(which, "#hang", true);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(504);
      assertNothingIsReserved();
    }
  }

  /** 529 is Anthropic's alone; OpenAI's clients know 503 for it. */
  @Test
  void tellsOfOverloadInTheClientsWords() throws Exception {
    assertThat(ask(Which.ANTHROPIC, "#status-529", false).statusCode()).isEqualTo(503);
    assertNothingIsReserved();
    assertThat(ask(Which.ANTHROPIC, "#status-529", true).statusCode()).isEqualTo(503);
    assertNothingIsReserved();
  }

  @ParameterizedTest
  @EnumSource(
      value = Which.class,
      names = {"OPENAI", "ANTHROPIC"})
  void endsAStreamThatFallsSilentWithAnError(Which which) throws Exception {
    HttpResponse<String> answer = ask(which, "#stall and some more words, as it goes on", true);

    assertThat(answer.body()).contains("Grüße").contains("\"error\"");
    assertNothingIsReserved();
  }

  @ParameterizedTest
  @CsvSource({"#cut", "#late-error"})
  void endsABrokenStreamWithAnErrorAndNotAsIfItWereWhole(String fault) throws Exception {
    for (Which which : Which.values()) {
      HttpResponse<String> answer = ask(which, fault + " and some more words, as it goes on", true);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(which + " begins").contains("Grüße");
      assertThat(answer.body()).as(which.toString()).contains("\"error\"");
      assertNothingIsReserved();
    }
  }

  @ParameterizedTest
  @EnumSource(Which.class)
  void takesNoStreamForWholeThatEndsInItsMiddle(Which which) throws Exception {
    HttpResponse<String> answer = ask(which, "#early and some more words, as it goes on", true);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("Grüße", "\"error\"").doesNotContain("[DONE]");
    assertNothingIsReserved();
  }

  /** Translated ones: what speaks the client's own format is passed on as it came. */
  @ParameterizedTest
  @CsvSource({"#malformed", "#huge"})
  void takesNoStreamForWholeThatItCannotRead(String fault) throws Exception {
    for (Which which : List.of(Which.ANTHROPIC, Which.GEMINI, Which.COHERE, Which.BEDROCK)) {
      HttpResponse<String> answer = ask(which, fault + " and some more words, as it goes on", true);

      assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(which.toString()).contains("\"error\"").doesNotContain("[DONE]");
      assertNothingIsReserved();
    }
  }

  @Test
  void breaksOffAnEventTooLargeToBePassedOn() throws Exception {
    HttpResponse<String> answer = ask(Which.OPENAI, "#huge and some more words", true);

    assertThat(answer.body()).contains("\"error\"").hasSizeLessThan(1 << 20);
    assertNothingIsReserved();
  }

  @ParameterizedTest
  @EnumSource(Which.class)
  void passesOverEmptyEventsAndComments(Which which) throws Exception {
    HttpResponse<String> answer = ask(which, "#empty", true);

    assertThat(answer.body()).contains("世界").contains("[DONE]").doesNotContain("\"error\"");
    assertNothingIsReserved();
  }

  @ParameterizedTest
  @CsvSource({"429, 3", "503, 3", "529, 7"})
  void passesOnForHowLongToWait(int status, String seconds) throws Exception {
    HttpResponse<String> answer =
        ask(Which.ANTHROPIC, "#status-%d-after-%s".formatted(status, seconds), false);

    assertThat(answer.headers().firstValue("retry-after")).hasValue(seconds);
    assertNothingIsReserved();
  }

  private static Socket open(Which which, String text) throws IOException {
    return gateway.open(KEY, chat(which, text, true));
  }

  /**
   * @param before how many answers hung before, for other tests' sake
   */
  private static void assertTheOnlyCallEnds(FakeProvider fake, int before) {
    Waiting.until("the provider is left", () -> fake.running() == before);
    // The call's end is told to nobody: ask until its slot is free.
    Waiting.until(
        "nothing is reserved",
        () -> {
          try {
            return ask(Which.COMPATIBLE, "Hello.", false).statusCode() == 200;
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Which.class,
      names = {"OPENAI", "ANTHROPIC"})
  void leavesTheProviderWhenTheClientLeaves(Which which) throws Exception {
    FakeProvider fake = fakes.get(which);
    int before = fake.running();
    Socket socket = open(which, "#long");
    Waiting.until("the provider answers", () -> fake.running() == before + 1);
    socket.close();

    assertTheOnlyCallEnds(fake, before);
  }

  @Test
  void takesNoMoreFromAProviderThanItsClientTakes() throws Exception {
    FakeProvider fake = fakes.get(Which.OPENAI);
    int running = fake.running();
    long before = fake.sent();
    try (Socket socket = open(Which.OPENAI, "#long")) {
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      long[] last = {-1, 0};
      Waiting.until(
          "the provider waits for the client",
          () -> {
            long sent = fake.sent() - before;
            last[1] = sent == last[0] ? last[1] + 1 : 0;
            last[0] = sent;
            return last[1] >= 25;
          });
      assertThat(last[0]).isLessThan(64L << 20);
    }
    assertTheOnlyCallEnds(fake, running);
  }

  private static void assertRefusedUnasked(String body, int status, String word)
      throws IOException, InterruptedException {
    for (Which which : Which.values()) {
      fakes.get(which).forget();
    }
    HttpResponse<String> answer = post(body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(kind(answer)).contains(word);
    for (Which which : Which.values()) {
      assertThat(fakes.get(which).requests()).isEmpty();
    }
    assertNothingIsReserved();
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    assertRefusedUnasked(chat(Which.OPENAI, "x".repeat(9 << 20), false), 413, "8388608 bytes");
  }

  @Test
  void refusesJsonThatIsTooDeep() throws Exception {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertRefusedUnasked(
        "{\"model\":\"gpt-5-mini\",\"messages\":[],\"x\":" + deep + "}", 400, "deep");
  }

  @Test
  void refusesANameThatComesTwice() throws Exception {
    assertRefusedUnasked(
        "{\"model\":\"gpt-5-mini\",\"model\":\"gpt-4o\",\"messages\":[]}", 400, "twice");
  }

  @Test
  void refusesWhatIsNoJsonObject() throws Exception {
    assertRefusedUnasked("[1]", 400, "object");
    assertRefusedUnasked("{\"model\":", 400, "JSON");
    assertRefusedUnasked("", 400, "JSON");
  }

  @Test
  void refusesAnUnknownModel() throws Exception {
    assertRefusedUnasked("{\"model\":\"no-such-model\",\"messages\":[]}", 404, "no-such-model");
  }

  @Test
  void namesAFieldThatAProviderCannotBeTold() throws Exception {
    for (Which which : List.of(Which.ANTHROPIC, Which.GEMINI, Which.COHERE, Which.BEDROCK)) {
      String body = chat(which, "Hello.", false);
      assertRefusedUnasked(
          body.substring(0, body.length() - 1) + ",\"field_of_tomorrow\":1}",
          400,
          "field_of_tomorrow");
    }
  }
}
