package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.dialect.bedrock.AwsCredentials;
import dev.gatehouse.gateway.dialect.bedrock.SignatureV4;
import dev.gatehouse.outbound.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two of our own implementations against each other; SignatureV4 itself is held to AWS's suite. */
class AwsSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final byte[] BODY = "{\"messages\": []}".getBytes(UTF_8);
  private static final URI ADDRESS =
      URI.create("http://127.0.0.1:8080/model/eu.anthropic.claude-v1%3A0/converse");

  private static Received signed(String secret, String region, byte[] sent) {
    Map<String, String> headers =
        new HashMap<>(
            new SignatureV4(new AwsCredentials("AKID", Secret.of(secret), null), region, "bedrock")
                .sign("POST", ADDRESS, Map.of("content-type", "application/json"), BODY, NOW));
    headers.put("content-type", "application/json");
    headers.put("host", "127.0.0.1:8080");
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new Received("POST", ADDRESS.getRawPath(), "", all, sent);
  }

  private static void check(Received request) throws Refusal {
    AwsSignature.check(request, "AKID", "secret", "eu-west-1", NOW);
  }

  @Test
  void takesWhatIsSigned() {
    assertThatCode(() -> check(signed("secret", "eu-west-1", BODY))).doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherSecretRegionOrBody() {
    assertThatThrownBy(() -> check(signed("other", "eu-west-1", BODY)))
        .hasMessageContaining("does not match");
    assertThatThrownBy(() -> check(signed("secret", "us-east-1", BODY)))
        .hasMessageContaining("region");
    assertThatThrownBy(() -> check(signed("secret", "eu-west-1", new byte[] {1})))
        .hasMessageContaining("does not match");
  }
}
