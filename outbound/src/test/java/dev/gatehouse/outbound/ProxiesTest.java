package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Map<String, String> HTTPS_ONLY =
      Map.of("https_proxy", "http://proxy.example.com:3128", "no_proxy", "inside.example.com");

  private static boolean apply(Map<String, String> environment, String uri) {
    return new Proxies(environment).apply(Origin.of(URI.create(uri)));
  }

  @Test
  void applyToTheirSchemeOnly() {
    assertThat(apply(HTTPS_ONLY, "https://pypi.org/")).isTrue();
    assertThat(apply(HTTPS_ONLY, "http://pypi.org/")).isFalse();
  }

  @Test
  void doNotApplyToDirectHosts() {
    assertThat(apply(HTTPS_ONLY, "https://inside.example.com/")).isFalse();
  }

  /** CONNECT is a request to the proxy by http, which must not go through the http proxy. */
  @Test
  void doNotApplyToThemselves() {
    Map<String, String> both =
        Map.of(
            "https_proxy", "http://proxy.example.com:3128",
            "http_proxy", "http://proxy.example.com:3128");
    assertThat(apply(both, "http://proxy.example.com:3128/")).isFalse();
    assertThat(apply(both, "http://proxy.example.com/")).isTrue();
  }

  @Test
  void takeTheLowerCaseVariableFirstAlsoWhereItIsEmpty() {
    Map<String, String> off = Map.of("https_proxy", "", "HTTPS_PROXY", "http://proxy.example.com");
    assertThat(apply(off, "https://pypi.org/")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://user:verysecret@proxy.example.com:1080",
        "http://user:verysecret@",
        "http://user:verysecret@a b",
        "user:verysecret"
      })
  void refuseWhatIsNoAddressOfOneAndDoNotQuoteIt(String value) {
    assertThatThrownBy(() -> new Proxies(Map.of("https_proxy", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageContaining("https_proxy")
        .hasMessageNotContaining("verysecret");
  }
}
