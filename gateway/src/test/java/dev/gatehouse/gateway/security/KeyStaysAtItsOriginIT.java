package dev.gatehouse.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.security.FakeProvider.Seen;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider's key goes to that provider, whatever a client or the provider says. */
class KeyStaysAtItsOriginIT {
  private static final String CALL = "/v1/chat/completions";
  private static final List<String> MODELS = List.of("fast", "claude", "gem", "coh", "rock", "az");

  /** What a client's own request differs in, that of the provider may not. */
  private static final List<String> OF_EACH_CALL =
      List.of("content-length", "authorization", "x-amz-date");

  @TempDir private Path folder;
  private FakeProvider thief;
  private Lab lab;
  private String token;

  @BeforeEach
  void start() throws Exception {
    thief = new FakeProvider();
    lab = new Lab(folder);
    token = lab.key("{'name':'app'}");
  }

  @AfterEach
  void stop() throws Exception {
    lab.close();
    thief.close();
  }

  private static String body(String model, String more) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]%s}"
        .formatted(model, more);
  }

  @Test
  void followsNoRedirect() throws Exception {
    int asked = 0;
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      for (String target :
          List.of(
              "http://127.0.0.1:THIEF/",
              "//127.0.0.1:THIEF/x",
              "http://localhost:THIEF/v1/messages",
              "http://127.0.0.1:OWN/elsewhere",
              "/elsewhere")) {
        String location =
            target
                .replace("THIEF", String.valueOf(thief.port()))
                .replace("OWN", String.valueOf(lab.provider.port()));
        lab.provider.answers(
            (exchange, got) -> {
              exchange.getResponseHeaders().set("Location", location);
              FakeProvider.send(exchange, status, "text/plain", "");
            });
        for (String model : List.of("fast", "claude", "rock")) {
          for (String more : List.of("", ",\"stream\":true")) {
            HttpResponse<String> answer = lab.ask(token, CALL, body(model, more));
            asked++;
            assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(500);
            assertThat(answer.headers().map()).doesNotContainKey("location");
          }
        }
      }
    }
    assertThat(lab.provider.seen()).hasSize(asked);
    assertThat(thief.seen()).isEmpty();
  }

  private static Map<String, String> lasting(Seen seen) {
    Map<String, String> headers = new TreeMap<>(seen.headers());
    OF_EACH_CALL.forEach(headers::remove);
    return headers;
  }

  /** It was refused, or the provider was asked as without the client's wish. */
  private void assertChoosesNothing(String wish, Seen plain, String answer) {
    assertThat(thief.seen()).as(wish).isEmpty();
    for (Seen seen : lab.provider.seen()) {
      assertThat(seen.target()).as(wish).isEqualTo(plain.target());
      assertThat(lasting(seen)).as(wish).isEqualTo(lasting(plain));
      assertThat(seen.headers().keySet()).as(wish).isEqualTo(plain.headers().keySet());
      String sent = plain.headers().getOrDefault("authorization", "");
      if (sent.contains("Bearer")) {
        assertThat(seen.headers()).as(wish).containsEntry("authorization", sent);
      }
      assertThat(Echo.text(seen)).as(wish).doesNotContain(token);
    }
    if (lab.provider.seen().isEmpty()) {
      assertThat(answer).as(wish).matches("(?s)(HTTP/1.1 )?4\\d\\d .*");
    }
    lab.provider.forget();
  }

  private Seen plain(String model) throws Exception {
    lab.provider.forget();
    lab.ask(token, CALL, body(model, ""));
    Seen plain = lab.provider.last();
    lab.provider.forget();
    return plain;
  }

  private List<String> wishedFields() {
    String address = "\"http://127.0.0.1:" + thief.port() + "/v1\"";
    List<String> fields = new ArrayList<>();
    for (String name :
        List.of("api_base", "base_url", "api_key", "api_version", "custom_llm_provider")) {
      fields.add(",\"" + name + "\":" + address);
    }
    fields.add(",\"extra_headers\":{\"Authorization\":\"Bearer x\",\"Host\":" + address + "}");
    fields.add(",\"headers\":{\"x-api-key\":\"x\"}");
    fields.add(",\"aws_access_key_id\":\"x\",\"aws_region_name\":\"evil\"");
    fields.add(",\"\\u0061pi_base\":" + address);
    return fields;
  }

  @Test
  void refusesAFieldThatWouldChooseTheAddressOrTheKey() throws Exception {
    for (String model : MODELS) {
      Seen plain = plain(model);
      for (String field : wishedFields()) {
        HttpResponse<String> answer = lab.ask(token, CALL, body(model, field));
        assertThat(answer.statusCode()).as(model + field).isEqualTo(400);
        assertThat(lab.provider.seen()).as(model + field).isEmpty();
        assertChoosesNothing(model + field, plain, answer.statusCode() + " ");
      }
    }
  }

  @Test
  void takesNoAddressKeyOrHeaderFromAClientsHeadersAndQuery() throws Exception {
    String host = "127.0.0.1:" + thief.port();
    List<String> headers =
        List.of(
            "X-Forwarded-Host: " + host,
            "X-Forwarded-Proto: https",
            "X-Forwarded-Server: " + host,
            "X-Forwarded-For: " + host,
            "X-Host: " + host,
            "X-Original-URL: http://" + host + "/",
            "X-Rewrite-URL: http://" + host + "/",
            "Forwarded: host=" + host,
            "api-base: http://" + host,
            "x-litellm-api-base: http://" + host,
            "x-portkey-custom-host: http://" + host,
            "x-portkey-provider: evil",
            "Helicone-Target-URL: http://" + host,
            "OpenAI-Organization: evil",
            "OpenAI-Project: evil",
            "anthropic-version: 2099-01-01",
            "api-version: 2099-01-01",
            "x-goog-user-project: evil",
            "x-amz-security-token: evil",
            "x-amz-target: evil",
            "Cookie: a=b",
            "Proxy-Authorization: Basic eA==",
            "Connection: close, authorization, x-api-key",
            "User-Agent: evil",
            "Accept-Encoding: gzip",
            "X-HTTP-Method-Override: GET",
            "x-api-key: evil",
            "api-key: evil",
            "x-goog-api-key: evil",
            "Authorization: Bearer evil",
            "Authorization: Basic eA==");
    List<String> queries =
        List.of("?key=evil", "?api-version=2099", "?base_url=http://" + host, "?alt=media&a=b#c");
    for (String model : MODELS) {
      Seen plain = plain(model);
      for (String header : headers) {
        assertChoosesNothing(header, plain, raw("POST", CALL, header + "\r\n", model));
      }
      for (String query : queries) {
        assertChoosesNothing(query, plain, raw("POST", CALL + query, "", model));
      }
      assertChoosesNothing("absolute form", plain, raw("POST", "http://" + host + CALL, "", model));
      assertChoosesNothing(
          "a host of its own",
          plain,
          raw("POST", CALL, "", model).isEmpty()
              ? ""
              : Lab.raw(
                  lab.gateway.address(),
                  request("POST", CALL, "", model).replace("Host: 127.0.0.1", "Host: " + host)));
      assertChoosesNothing("a tunnel", plain, raw("CONNECT", host, "", model));
    }
    assertThat(thief.seen()).isEmpty();
  }

  private String request(String method, String target, String headers, String model) {
    return Lab.rawRequest(
        method, target, "Authorization: Bearer " + token + "\r\n" + headers, body(model, ""));
  }

  private String raw(String method, String target, String headers, String model) throws Exception {
    return Lab.raw(lab.gateway.address(), request(method, target, headers, model));
  }

  /** A key that stands where any vendor's SDK puts it opens the gateway, and goes no further. */
  @Test
  void sendsEachProviderItsOwnKeyAlone() throws Exception {
    for (String header : List.of("Authorization: Bearer ", "x-api-key: ", "api-key: ")) {
      for (String model : MODELS) {
        String answer =
            Lab.raw(
                lab.gateway.address(),
                Lab.rawRequest("POST", CALL, header + token + "\r\n", body(model, "")));
        assertThat(answer).doesNotStartWith("HTTP/1.1 4");
        Seen seen = lab.provider.last();
        String key = model.equals("rock") ? Lab.AWS_ID : Lab.keyOf(typeOf(model));
        assertThat(seen.headers().toString()).containsOnlyOnce(key).doesNotContain(token);
        for (ProviderType other : ProviderType.values()) {
          if (other != typeOf(model)) {
            assertThat(seen.headers().toString()).doesNotContain(Lab.keyOf(other));
          }
        }
        assertThat(seen.body()).doesNotContain(key);
        // Never in a query: those stand in logs.
        assertThat(URI.create(seen.target()).getQuery())
            .isIn(null, "alt=sse", "api-version=2024-10-21");
      }
    }
  }

  private static ProviderType typeOf(String model) {
    return switch (model) {
      case "fast" -> ProviderType.OPENAI;
      case "claude" -> ProviderType.ANTHROPIC;
      case "gem" -> ProviderType.GEMINI;
      case "coh" -> ProviderType.COHERE;
      case "rock" -> ProviderType.BEDROCK;
      case "az" -> ProviderType.AZURE;
      default -> throw new IllegalArgumentException(model);
    };
  }

  /** Where the model's name is a part of the provider's address. */
  @Test
  void letsAModelsNameLeadNowhere() throws Exception {
    Pattern proper =
        Pattern.compile(
            "/v1beta/models/[^/?#]*:(generateContent|streamGenerateContent\\?alt=sse)"
                + "|/openai/deployments/(?!\\.{1,2}/)[^/?#]*/chat/completions\\?api-version=2024-10-21"
                + "|/model/(?!\\.{1,2}/)[^/?#]*/converse(-stream)?");
    for (String provider : List.of("gemini", "azure", "bedrock")) {
      for (String name :
          List.of(
              "..",
              "../..",
              "../../x",
              "%2e%2e/%2e%2e/x",
              "a/../../b",
              "..\\\\..\\\\b",
              "a?key=b",
              "a#b",
              "a:generateContent?x=",
              "@127.0.0.1:" + thief.port() + "/",
              ".evil.example/",
              "http://127.0.0.1:" + thief.port(),
              "a\\r\\nHost: evil",
              "a b",
              "\\u0000")) {
        for (String more : List.of("", ",\"stream\":true")) {
          String answer =
              raw("POST", CALL, "", provider + "/" + name).lines().findFirst().orElse("");
          lab.ask(token, CALL, body(provider + "/" + name, more));
          assertThat(answer).as(name).startsWith("HTTP/1.1 ");
          assertThat(lab.provider.seen())
              .as(provider + "/" + name)
              .allSatisfy(seen -> assertThat(seen.target()).matches(proper));
        }
      }
    }
    assertThat(lab.provider.seen()).isNotEmpty();
    assertThat(thief.seen()).isEmpty();
  }

  @Test
  void connectsToNoPrivateAddressThatNobodyNamed() throws Exception {
    try (WireProvider inside = new WireProvider()) {
      GatewaySettings.Models models = Lab.models(inside.port());
      for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::1]")) {
        lab.gateway.apply(Lab.withProviders(models, unnamed(host, inside.port())));
        for (String model : MODELS) {
          HttpResponse<String> answer = lab.ask(token, CALL, body(model, ""));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        }
      }
      assertThat(inside.connections()).isZero();
      inside.says("HTTP/1.1 500 So\r\nContent-Length: 0\r\n\r\n");
      lab.gateway.apply(models);
      lab.ask(token, CALL, body("fast", ""));
      assertThat(inside.connections()).as("where it is named").isOne();
    }
  }

  private static List<ProviderSettings> unnamed(String host, int port) {
    List<ProviderSettings> providers = new ArrayList<>();
    for (ProviderType type : ProviderType.values()) {
      ProviderSettings named = Lab.provider(type.text(), type, port, false);
      providers.add(
          new ProviderSettings(
              named.name(),
              type,
              URI.create(named.baseUrl().toString().replace("127.0.0.1", host)),
              named.key(),
              named.timeout(),
              false,
              null,
              true,
              named.aws(),
              null,
              null));
    }
    return providers;
  }
}
