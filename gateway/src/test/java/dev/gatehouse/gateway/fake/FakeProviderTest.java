package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.fake.FakeProvider.Which;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The fakes are worth something only where they refuse what their vendors do. */
class FakeProviderTest {
  private static FakeProviders providers;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    providers = FakeProviders.start(true, false);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    providers.close();
  }

  private static final String CHAT =
      "{'model':'m','messages':[{'role':'user','content':'Hello.'}]}";
  private static final String MESSAGES =
      "{'model':'m','max_tokens':100,'messages':[{'role':'user','content':'Hello.'}]}";
  private static final String GEMINI = "{'contents':[{'role':'user','parts':[{'text':'Hello.'}]}]}";

  private static final String GEMINI_PATH = "/v1beta/models/gemini-2.5-pro:generateContent";
  private static final String AZURE_PATH =
      "/openai/deployments/d/chat/completions?api-version=2024-10-21";

  private static Map<String, String> key(Which which) {
    return switch (which) {
      case OPENAI, COHERE -> Map.of("authorization", "Bearer " + FakeProvider.KEY);
      case COMPATIBLE, BEDROCK -> Map.of();
      case AZURE -> Map.of("api-key", FakeProvider.KEY);
      case ANTHROPIC -> Map.of("x-api-key", FakeProvider.KEY, "anthropic-version", "2023-06-01");
      case GEMINI -> Map.of("x-goog-api-key", FakeProvider.KEY);
    };
  }

  private static HttpResponse<String> post(
      Which which, String path, Map<String, String> headers, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(providers.get(which).uri() + path))
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> post(Which which, String path, String body)
      throws IOException, InterruptedException {
    return post(which, path, key(which), "application/json", body);
  }

  private static String path(Which which) {
    return switch (which) {
      case OPENAI, COMPATIBLE -> "/v1/chat/completions";
      case AZURE -> AZURE_PATH;
      case ANTHROPIC -> "/v1/messages";
      case GEMINI -> GEMINI_PATH;
      case COHERE -> "/v2/chat";
      case BEDROCK -> "/model/m/converse";
    };
  }

  private static String good(Which which) {
    return switch (which) {
      case OPENAI, COMPATIBLE, AZURE, COHERE -> CHAT;
      case ANTHROPIC -> MESSAGES;
      case GEMINI -> GEMINI;
      case BEDROCK -> "{'messages':[{'role':'user','content':[{'text':'Hello.'}]}]}";
    };
  }

  /** Each but Bedrock's, which {@link AwsSignatureTest} is about. */
  private static Stream<Which> withKeys() {
    return Stream.of(Which.values()).filter(which -> which != Which.BEDROCK);
  }

  @ParameterizedTest
  @MethodSource("withKeys")
  void answersARequestAsTheReferenceHasIt(Which which) throws Exception {
    HttpResponse<String> answer = post(which, path(which), good(which));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("You said: Hello.");
    assertThat(providers.get(which).requests().getLast().json())
        .isEqualTo(Json.read(good(which).replace('\'', '"')));
  }

  private static Stream<Arguments> faulty() {
    return Stream.of(
            List.of(Which.OPENAI, "'model':'m'", "'model':'m','frobnicate':1", "frobnicate"),
            List.of(Which.OPENAI, "'content':", "'contents':1,'content':", "messages[0].contents"),
            List.of(Which.OPENAI, "'content':'Hello.'", "'content':7", "messages[0].content"),
            List.of(Which.OPENAI, "'role':'user'", "'role':'human'", "messages[0].role"),
            List.of(Which.OPENAI, "'model':'m',", "", "model"),
            List.of(Which.OPENAI, "'model':'m'", "'model':'m','temperature':3", "temperature"),
            List.of(Which.OPENAI, "'model':'m'", "'model':'m','tool_choice':'auto'", "tool_choice"),
            List.of(
                Which.OPENAI,
                "'model':'m'",
                "'model':'m','tools':[{'type':'function','function':{'name':'f','schema':{}}}]",
                "tools[0].function.schema"),
            List.of(
                Which.OPENAI,
                "{'role':'user','content':'Hello.'}",
                "{'role':'tool','content':'x','tool_call_id':'1'}",
                "messages[0].tool_call_id"),
            List.of(Which.OPENAI, "'model':'m'", "'model':'m','model':'n'", "Duplicate"),
            List.of(Which.COMPATIBLE, "'model':'m'", "'model':'m','logprobs':true", "logprobs"),
            List.of(Which.AZURE, "'model':'m'", "'model':'m','x':1", "x"),
            List.of(Which.ANTHROPIC, "'max_tokens':100,", "", "max_tokens"),
            List.of(Which.ANTHROPIC, "'model':'m'", "'model':'m','n':1", "n: unknown"),
            List.of(Which.ANTHROPIC, "'content':'Hello.'", "'content':''", "messages[0].content"),
            List.of(Which.ANTHROPIC, "'role':'user'", "'role':'assistant'", "messages[0].role"),
            List.of(Which.ANTHROPIC, "'model':'m'", "'model':'m','stream':null", "stream"),
            List.of(
                Which.ANTHROPIC,
                "'model':'m'",
                "'model':'m','thinking':{'type':'enabled','budget_tokens':1024}",
                "max_tokens"),
            List.of(Which.GEMINI, "'text':", "'txt':1,'text':", "contents[0].parts[0].txt"),
            List.of(
                Which.GEMINI,
                "{'contents'",
                "{'generationConfig':{'max_output_tokens':5},'contents'",
                "generationConfig.max_output_tokens"),
            List.of(Which.GEMINI, "'role':'user'", "'role':'assistant'", "contents[0].role"),
            List.of(Which.COHERE, "'model':'m'", "'model':'m','top_p':0.5", "top_p"),
            List.of(Which.COHERE, "'model':'m'", "'model':'m','tool_choice':'auto'", "tool_choice"))
        .map(row -> Arguments.of(row.toArray()));
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void refusesWhatTheReferenceDoesNotHave(Which which, String from, String to, String where)
      throws Exception {
    assertThat(good(which)).contains(from);

    HttpResponse<String> answer = post(which, path(which), good(which).replace(from, to));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(where);
  }

  @ParameterizedTest
  @MethodSource("withKeys")
  void refusesAWrongKeyOneInTheQueryAndASecondOne(Which which) throws Exception {
    String good = good(which);
    if (which != Which.COMPATIBLE) {
      assertThat(post(which, path(which), Map.of(), "application/json", good).statusCode())
          .isEqualTo(401);
    }
    String query = (path(which).contains("?") ? "&" : "?") + "key=" + FakeProvider.KEY;
    assertThat(post(which, path(which) + query, good).statusCode()).isIn(400, 404);
    Map<String, String> two = new java.util.HashMap<>(key(which));
    two.putIfAbsent("authorization", "Bearer other");
    two.putIfAbsent("x-api-key", "other");
    assertThat(post(which, path(which), two, "application/json", good).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWrongHeaders() throws Exception {
    assertThat(
            post(
                    Which.ANTHROPIC,
                    "/v1/messages",
                    Map.of("x-api-key", FakeProvider.KEY),
                    "application/json",
                    MESSAGES)
                .statusCode())
        .isEqualTo(400);
    assertThat(
            post(Which.OPENAI, "/v1/chat/completions", key(Which.OPENAI), "text/plain", CHAT)
                .statusCode())
        .isEqualTo(400);
    Map<String, String> passedOn = new java.util.HashMap<>(key(Which.OPENAI));
    passedOn.put("x-litellm-tags", "a");
    assertThat(
            post(Which.OPENAI, "/v1/chat/completions", passedOn, "application/json", CHAT)
                .statusCode())
        .isEqualTo(400);
    assertThat(post(Which.AZURE, "/openai/deployments/d/chat/completions", CHAT).statusCode())
        .isEqualTo(404);
  }

  @Test
  void writesEachVendorsShapeOfAnError() throws Exception {
    String text = "#status-429-after-3";
    for (Which which : withKeys().toList()) {
      HttpResponse<String> answer = post(which, path(which), good(which).replace("Hello.", text));
      JsonNode body = Json.read(answer.body());

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).hasValue("3");
      String kind =
          switch (which) {
            case OPENAI, AZURE, COMPATIBLE -> body.path("error").path("code").asString("");
            case ANTHROPIC -> body.path("error").path("type").asString("");
            case GEMINI -> body.path("error").path("status").asString("");
            case COHERE -> body.path("message").asString("").isEmpty() ? "" : "message";
            case BEDROCK -> "";
          };
      assertThat(kind)
          .isIn("rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED", "message");
    }
  }

  @Test
  void failsOnlyOnceWhereAskedTo() throws Exception {
    String body = CHAT.replace("Hello.", "#once-503-a");

    assertThat(post(Which.OPENAI, "/v1/chat/completions", body).statusCode()).isEqualTo(503);
    assertThat(post(Which.OPENAI, "/v1/chat/completions", body).statusCode()).isEqualTo(200);
  }
}
