package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds secrets, and does not tell them. */
class SecretsTest {
  private static final Origin ORIGIN = Origin.of(URI.create("https://example.com/"));

  @Test
  void doNotPrintThemselves() {
    Secret secret = Secret.of("verysecret");
    assertThat(secret.reveal()).isEqualTo("verysecret");
    assertThat(secret).hasToString("(secret)");
    assertThat(Credentials.basic(ORIGIN, "ci", secret).toString()).doesNotContain("Basic");
    assertThat(Credentials.bearer(ORIGIN, secret).toString()).doesNotContain("verysecret");
  }

  @Test
  void areNotPrintedWithTheEnvironmentThatHoldsAProxysPassword() {
    OutboundSettings settings =
        OutboundSettings.of(Map.of("https_proxy", "http://u:verysecret@proxy.test"), null);
    assertThat(settings.toString()).doesNotContain("verysecret");
  }

  @Test
  void areEqualByTheirText() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b"));
  }

  @Test
  void areWrittenAsTheirSchemesSay() {
    assertThat(Credentials.basic(ORIGIN, "ci", Secret.of("p:w")).value().reveal())
        .isEqualTo("Basic Y2k6cDp3");
    assertThat(Credentials.bearer(ORIGIN, Secret.of("token")).value().reveal())
        .isEqualTo("Bearer token");
  }

  @Test
  void haveNoUserWhoseNameWouldEndEarly() {
    assertThatThrownBy(() -> Credentials.basic(ORIGIN, "a:b", Secret.of("c")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "proxy-authorization", "COOKIE", "Host"})
  void goAsCredentialsNeverAsHeadersWhichWouldFollowARedirect(String header) {
    OutboundRequest.Builder request = OutboundRequest.get(URI.create("https://example.com/"));
    assertThatThrownBy(() -> request.header(header, "verysecret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("verysecret");
  }

  @Test
  void areNotSmuggledInAHeaderOfTwoLines() {
    OutboundRequest.Builder request = OutboundRequest.get(URI.create("https://example.com/"));
    assertThatThrownBy(() -> request.header("If-None-Match", "x\r\nAuthorization: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
