package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://pypi.org/simple/, https://pypi.org:443",
    "HTTPS://PyPI.org, https://pypi.org:443",
    "http://[::1]/, http://[::1]:80",
    "http://user:password@example.com:8080/x?y#z, http://example.com:8080"
  })
  void isSchemeHostAndPort(String uri, String origin) {
    assertThat(Origin.of(URI.create(uri))).hasToString(origin);
  }

  @Test
  void isAnotherForAnotherSchemeOrPort() {
    Origin origin = Origin.of(URI.create("https://example.com/"));
    assertThat(Origin.of(URI.create("https://example.com:443/x"))).isEqualTo(origin);
    assertThat(Origin.of(URI.create("http://example.com:443/"))).isNotEqualTo(origin);
    assertThat(Origin.of(URI.create("https://example.com:444/"))).isNotEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/x",
        "/x",
        "https:x",
        "https://u:verysecret@a_b/",
        "http://a:0/",
        "http://a:65536/"
      })
  void isNotThereForOtherAddressesOfWhichNothingIsQuoted(String uri) {
    assertThatThrownBy(() -> Origin.of(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("verysecret");
  }
}
