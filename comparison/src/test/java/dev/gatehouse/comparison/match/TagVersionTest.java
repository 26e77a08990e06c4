package dev.gatehouse.comparison.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagVersionTest {
  @ParameterizedTest
  @CsvSource({
    "v1.2, acme, 1.2, 0",
    "1.2, acme, 1.2, 0",
    "V1.2.0, acme, 1.2, 0",
    "release-1.2, acme, 1.2, 0",
    "release/1.2, acme, 1.2, 0",
    "rel_1_2_3, acme, 1.2.3, 0",
    "r1.2, acme, 1.2, 0",
    "version-1.2rc1, acme, 1.2rc1, 0",
    "acme-v1.2, acme, 1.2, 0",
    "acme==1.2, acme, 1.2, 0",
    "acme@1.2, acme, 1.2, 0",
    "acme/v1.2, acme, 1.2, 0",
    "Acme_Tools-1.2, acme-tools, 1.2, 0",
    "core-v2.46.4, acme, 2.46.4, 1",
    "py3-1.2, acme, 1.2, 1",
    "v33.6, protobuf, 6.33.6, 2",
    "v1.2, acme, 1.2+local, 0",
  })
  void readsTheStylesOfTags(String tag, String project, String version, int rank) {
    TagVersion named = TagVersion.parse(tag).orElseThrow();

    assertThat(named.fits(ProjectName.parse(project), Version.parse(version))).hasValue(rank);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "nightly", "stable", "release", "", "v", "1.2-"})
  void passesOverTagsThatNameNoVersion(String tag) {
    assertThat(TagVersion.parse(tag)).isEmpty();
  }

  @Test
  void takesNoOtherVersion() {
    TagVersion named = TagVersion.parse("v1.2").orElseThrow();

    assertThat(named.fits(ProjectName.parse("acme"), Version.parse("1.20"))).isEmpty();
    assertThat(named.fits(ProjectName.parse("acme"), Version.parse("1.2.post1"))).isEmpty();
  }

  @Test
  void knowsATagOfAnotherProject() {
    ProjectName acme = ProjectName.parse("acme");

    assertThat(TagVersion.parse("other-1.2").orElseThrow().isOf(acme)).isFalse();
    assertThat(TagVersion.parse("release-1.2").orElseThrow().isOf(acme)).isTrue();
  }
}
