package dev.gatehouse.packaging.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectPatternTest {
  @ParameterizedTest
  @CsvSource({
    "acme, acme, true",
    "Acme, ACME, true",
    "acme, acme-core, false",
    "acme-*, acme-core, true",
    "ACME_*, acme.core, true",
    "acme.*, acme_core, true",
    "acme-*, acme, false",
    "acme-*, acmecore, false",
    "acme*, acme, true",
    "acme*, acmecore, true",
    "acme*, acm, false",
    "*, anything, true",
  })
  void matchesProjectsByTheirNormalForm(String pattern, String project, boolean matches) {
    assertThat(ProjectPattern.parse(pattern).matches(ProjectName.parse(project)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "acme, acme, true",
    "acme, acme-core, false",
    "acme-*, acme-core, true",
    "acme-*, acme, false",
    "acme-*, acme-core-*, true",
    "acme-a*, acme-b*, false",
    "acme*, acme-*, true",
    "*, acme, true",
    "*, *, true",
  })
  void tellsWhetherSomeProjectIsMeantByBoth(String one, String other, boolean overlap) {
    ProjectPattern left = ProjectPattern.parse(one);
    ProjectPattern right = ProjectPattern.parse(other);
    assertThat(left.overlaps(right)).isEqualTo(overlap);
    assertThat(right.overlaps(left)).isEqualTo(overlap);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a*b", "*a", "**", "a**", "-*", ".*", "_a*", "a?", "[a]*", "a b*", "é*", "a/*", "a-"
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> ProjectPattern.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("a pattern is");
  }

  @Test
  void normalisesAsNamesDo() {
    assertThat(ProjectPattern.parse("Acme._-*"))
        .hasToString("acme-*")
        .isEqualTo(ProjectPattern.parse("acme-*"));
    assertThatThrownBy(() -> new ProjectPattern("Acme-*")).isInstanceOf(MalformedException.class);
  }
}
