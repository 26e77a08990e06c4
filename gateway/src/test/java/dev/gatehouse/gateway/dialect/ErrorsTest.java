package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsTest {
  private static final List<ClientDialect> CLIENTS =
      List.of(ChatCompletions.OPENAI, new Messages(), new Responses());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400|{\"error\":{\"message\":\"Bad\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":null}}|INVALID_REQUEST|invalid_request_error|Bad",
        "401|{\"error\":{\"message\":\"Incorrect API key provided: sk-abcde***wxyz.\",\"code\":\"invalid_api_key\"}}|AUTHENTICATION|invalid_api_key|Incorrect API key provided: [key]",
        "429|{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}|OUT_OF_CREDIT|insufficient_quota|You exceeded your current quota",
        "429|{\"error\":{\"message\":\"Slow down\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}|RATE_LIMIT|rate_limit_exceeded|Slow down",
        "400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens\",\"code\":\"context_length_exceeded\"}}|CONTEXT_LENGTH|context_length_exceeded|This model's maximum context length is 8192 tokens",
        "400|{\"error\":{\"code\":\"content_filter\",\"message\":\"Filtered\"}}|CONTENT_POLICY|content_filter|Filtered",
        "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the Anthropic API.\"}}|OUT_OF_CREDIT|invalid_request_error|Your credit balance is too low to access the Anthropic API.",
        "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 5 tokens > 4 maximum\"}}|CONTEXT_LENGTH|invalid_request_error|prompt is too long: 5 tokens > 4 maximum",
        "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Output blocked by content filtering policy\"}}|CONTENT_POLICY|invalid_request_error|Output blocked by content filtering policy",
        "402|{}|OUT_OF_CREDIT||The provider answered with status 402 and nothing that says why.",
        "403|{\"detail\":\"No\"}|PERMISSION||No",
        "404|{\"error\":\"model 'x' not found\"}|NOT_FOUND||model 'x' not found",
        "413|{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"Big\"}}|TOO_LARGE|request_too_large|Big",
        "529|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}|OVERLOADED|overloaded_error|Overloaded",
        "500|[{\"error\":{\"code\":500,\"message\":\"Inner\",\"status\":\"INTERNAL\"}}]|SERVER|INTERNAL|Inner",
        "502|<html><head><title>502 Bad Gateway</title></head>|SERVER||The provider answered with status 502 and a page: 502 Bad Gateway.",
        "504|<html>|TIMEOUT||The provider answered with status 504 and a page of HTML.",
        "503||OVERLOADED||The provider answered with status 503 and nothing that says why.",
        "500|{\"error\":{\"mess|SERVER||The provider answered with status 500 and a body that is cut off or not JSON.",
        "500|upstream connect error|SERVER||upstream connect error",
        "301||SERVER||The provider answered with status 301 and nothing that says why.",
        "422|{\"message\":\"a\\u0000\\n\\tb\"}|INVALID_REQUEST||a b",
      })
  void readsWhateverAProviderSends(
      int status, String body, Kind kind, String code, String message) {
    byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    ProviderError error = ChatCompletions.OPENAI.error(status, bytes);
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(message);
    assertThat(error.status()).isEqualTo(status);
    assertThat(new Messages().error(status, bytes)).isEqualTo(error);
  }

  @Test
  void cutsLongTextsBetweenCharacters() {
    String text = "a".repeat(998) + "😀".repeat(500);
    ProviderError error = ErrorBodies.read(500, text.getBytes(StandardCharsets.UTF_8));
    assertThat(error.message()).isEqualTo("a".repeat(998) + "…");
  }

  /** A spent budget once was a 429, and was tried 1.6 million times. */
  @ParameterizedTest
  @CsvSource({"402", "429", "500", "503"})
  void spentCreditIsNeverTriedAgain(int status) {
    ProviderError spent = new ProviderError(status, Kind.OUT_OF_CREDIT, null, null, "spent");
    for (ClientDialect client : CLIENTS) {
      assertThat(client.status(spent)).isBetween(400, 499).isNotIn(408, 409, 425, 429);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachKindHasAStatusThatSaysWhetherToTryAgain(Kind kind) {
    boolean again =
        switch (kind) {
          case RATE_LIMIT, OVERLOADED, TIMEOUT, SERVER -> true;
          case INVALID_REQUEST,
              AUTHENTICATION,
              PERMISSION,
              NOT_FOUND,
              TOO_LARGE,
              OUT_OF_CREDIT,
              CONTEXT_LENGTH,
              CONTENT_POLICY ->
              false;
        };
    for (ClientDialect client : CLIENTS) {
      int status = client.status(new ProviderError(200, kind, null, null, "m"));
      assertThat(status == 408 || status == 409 || status == 429 || status >= 500).isEqualTo(again);
    }
  }

  @Test
  void anOverloadedProviderIsEachVendorsOwn() {
    ProviderError overloaded = new ProviderError(529, Kind.OVERLOADED, "overloaded", null, "Busy");
    assertThat(ChatCompletions.OPENAI.status(overloaded)).isEqualTo(503);
    assertThat(new Messages().status(overloaded)).isEqualTo(529);
    assertThat(LimitedJson.text(new Messages().error(overloaded, "call-1")))
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"},\"request_id\":\"call-1\"}");
  }

  @Test
  void theFieldIsOpenAisParam() {
    ProviderError error = new ProviderError(400, Kind.INVALID_REQUEST, null, "n", "Too many");
    assertThat(LimitedJson.text(ChatCompletions.OPENAI.error(error, "call-1")))
        .isEqualTo(
            "{\"error\":{\"message\":\"Too many\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":null}}");
  }

  @Test
  void aProvidersServerErrorKeepsItsStatus() {
    assertThat(new Responses().status(new ProviderError(502, Kind.SERVER, null, null, "m")))
        .isEqualTo(502);
    assertThat(new Responses().status(new ProviderError(301, Kind.SERVER, null, null, "m")))
        .isEqualTo(500);
  }
}
