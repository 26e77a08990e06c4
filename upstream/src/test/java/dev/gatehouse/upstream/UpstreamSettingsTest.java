package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.outbound.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "https://pypi.org/simple, https://pypi.org/simple/",
    "https://pypi.org/simple/, https://pypi.org/simple/",
    "http://127.0.0.1:3141, http://127.0.0.1:3141/",
    "file:/srv/wheels, file:/srv/wheels/",
    "file:///srv/wheels, file:///srv/wheels/",
  })
  void endsTheAddressWithASlash(String given, String kept) {
    assertThat(settings(given).url()).isEqualTo(URI.create(kept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://pypi.org/simple/",
        "pypi.org/simple/",
        "/srv/wheels",
        "https:/simple/",
        "https:simple",
        "file:wheels",
        "file://fileserver/wheels",
        "https://pypi.org/simple/?page=1",
        "https://pypi.org/simple/#all",
      })
  void refusesWhatIsNoAddressOfAnIndexOrFolder(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(address))
        .withMessageContaining("the upstream sample");
  }

  @Test
  void refusesAPasswordInTheAddressWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("https://ci:s3cret@pypi.example.com/simple/"))
        .withMessageContaining("credentials")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void refusesAnUpstreamWithoutAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new UpstreamSettings(
                    " ", URI.create("https://pypi.org/"), null, List.of(), List.of()))
        .withMessageContaining("name");
  }

  @Test
  void keepsItsCredentialsToItself() {
    UpstreamSettings settings =
        new UpstreamSettings(
            "sample",
            URI.create("https://pypi.org/simple/"),
            Secret.of("s3cret"),
            List.of(),
            List.of());

    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  private static UpstreamSettings settings(String address) {
    return new UpstreamSettings("sample", URI.create(address), null, List.of(), List.of());
  }
}
