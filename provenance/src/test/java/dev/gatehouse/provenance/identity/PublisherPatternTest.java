package dev.gatehouse.provenance.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublisherPatternTest {
  @ParameterizedTest
  @CsvSource({
    "github:acme/demo, github:acme/demo/.github/workflows/a.yml, true",
    "github:Acme/Demo, github:acme/demo/.github/workflows/a.yml, true",
    "github:acme/demo/.github/workflows/a.yml, github:acme/demo/.github/workflows/a.yml, true",
    "github:acme/demo/.github/workflows/a.yml, github:acme/demo/.github/workflows/b.yml, false",
    "github:acme/demo/.github/workflows/a.yml, github:acme/demo/.github/workflows/A.yml, false",
    "github:acme/demo, github:acme/demo2/.github/workflows/a.yml, false",
    "github:acme/demo, gitlab:acme/demo//a.yml, false",
    "gitlab:acme/x/demo, gitlab:acme/x/demo//.gitlab-ci.yml, true",
    "gitlab:acme/x/demo//.gitlab-ci.yml, gitlab:acme/x/demo//.gitlab-ci.yml, true",
    "gitlab:acme/x/demo//other.yml, gitlab:acme/x/demo//.gitlab-ci.yml, false",
    "gitlab:acme/x, gitlab:acme/x/demo//.gitlab-ci.yml, false",
    "google:a@b.example, google:a@b.example, true",
    "google:a@b.example, github-login:a@b.example, false",
    "github-login:a@b.example, github-login:a@b.example, true",
    "activestate:acme/demo, activestate:acme/demo, true",
    "activestate:acme/demo, activestate:acme/other, false",
  })
  void meansThesePublishers(String pattern, String publisher, boolean meant) {
    assertThat(PublisherPattern.parse(pattern).matches(Publisher.parse(publisher)))
        .isEqualTo(meant);
    assertThat(PublisherPattern.parse(pattern)).hasToString(pattern);
    assertThat(Publisher.parse(publisher).text()).isEqualTo(publisher);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme/demo",
        "github:acme",
        "github:acme/demo/release.yml",
        "github:acme/demo/.github/workflows/",
        "github:acme/demo/.github/workflows/a/b.yml",
        "github:*/demo",
        "gitlab:acme",
        "google:acme",
        "activestate:acme",
        "bitbucket:acme/demo",
        "GitHub:acme/demo",
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> PublisherPattern.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("github:OWNER/REPOSITORY");
  }
}
