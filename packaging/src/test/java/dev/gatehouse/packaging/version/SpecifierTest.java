package dev.gatehouse.packaging.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpecifierTest {
  @Test
  void tellsItsParts() {
    Specifier specifier = Specifier.parse(" == 1.2.* ");
    assertThat(specifier.operator()).isEqualTo(Specifier.Operator.EQUAL);
    assertThat(specifier.versionText()).isEqualTo("1.2.*");
    assertThat(specifier.version()).contains(Version.parse("1.2"));
    assertThat(specifier.isWildcard()).isTrue();
    assertThat(specifier).hasToString("==1.2.*");
  }

  @Test
  void hasNoVersionWhereItIsSomethingElse() {
    assertThat(Specifier.parse("===foo").version()).isEmpty();
    assertThat(Specifier.parse("===").versionText()).isEmpty();
  }

  @Test
  void keepsTheSpellingAndComparesTheMeaning() {
    assertThat(Specifier.parse(">=v1.0")).hasToString(">=v1.0").isEqualTo(Specifier.parse(">=1"));
    assertThat(Specifier.parse(">=1.0")).isNotEqualTo(Specifier.parse("<=1.0"));
    assertThat(Specifier.parse("===1.0")).isNotEqualTo(Specifier.parse("===1"));
  }
}
