package dev.gatehouse.comparison.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://github.com/acme/demo | https://github.com/acme/demo |",
        "http://www.github.com/acme/demo/ | https://github.com/acme/demo |",
        "https://github.com/acme/demo.git | https://github.com/acme/demo |",
        "git+https://user:secret@github.com/acme/demo.git@v1#egg=demo | https://github.com/acme/demo |",
        "git://github.com/acme/demo.git | https://github.com/acme/demo |",
        "ssh://git@github.com:22/acme/demo | https://github.com/acme/demo |",
        "git@github.com:acme/demo.git | https://github.com/acme/demo |",
        "github.com/acme/demo | https://github.com/acme/demo |",
        "https://github.com/acme/demo/issues?q=is#new | https://github.com/acme/demo |",
        "https://github.com/acme/demo#readme | https://github.com/acme/demo |",
        "https://github.com/acme/mono/tree/main/libs/demo | https://github.com/acme/mono | libs/demo",
        "https://github.com/acme/mono/blob/v1.0/README.md | https://github.com/acme/mono |",
        "https://gitlab.com/acme/group/demo | https://gitlab.com/acme/group/demo |",
        "https://gitlab.com/acme/group/demo/-/issues | https://gitlab.com/acme/group/demo |",
        "https://gitlab.com/acme/mono/-/tree/main/libs/demo | https://gitlab.com/acme/mono | libs/demo",
        "https://bitbucket.org/acme/demo/src/master/sub | https://bitbucket.org/acme/demo | sub",
        "https://git.sr.ht/~acme/demo/tree | https://git.sr.ht/~acme/demo |",
        "https://codeberg.org/acme/demo/src/branch/main | https://codeberg.org/acme/demo |",
        "https://codeberg.org/acme/demo/src/tag/v1/sub/x | https://codeberg.org/acme/demo | sub/x",
        "https://acme.github.io/demo/guide | https://github.com/acme/demo |",
        "https://forge.example/acme/demo.git | https://forge.example/acme/demo |"
      })
  void leadsToItsRepository(String written, String repository, String folder) {
    ForgeAddress found = ForgeAddress.parse(written).orElseThrow();

    assertThat(found.repository()).hasToString(repository);
    assertThat(found.folder()).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UNKNOWN",
        "demo",
        "mailto:a@example.com",
        "https://github.com/acme",
        "https://github.com/sponsors/acme",
        "https://acme.github.io/",
        "https://example.com",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://github.com/acme/../../etc",
        "https://github.com/acme/de mo",
        "https://github.com/acme/%2e%2e",
        "https://[::1]/acme/demo"
      })
  void leadsNowhere(String written) {
    assertThat(ForgeAddress.parse(written)).isEmpty();
  }

  @Test
  void isReadInBoundedTime() {
    assertThat(ForgeAddress.parse("https://github.com/" + "a/".repeat(100_000))).isEmpty();
  }
}
