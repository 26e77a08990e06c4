package dev.gatehouse.packaging.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecifierSetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "==1.82.7 | 1.82.7 | 1.82.8",
        "==1.0 | 1.0.0 | 1.0.post1",
        "==1.0 | 1.0+local | 1.0.1",
        "==1.0+local | 1.0+LOCAL | 1.0",
        "==1.1.* | 1.1.post1 | 1.10",
        "==1.1.* | 1.1a1 | 1.2.dev0",
        "==1.1.* | 1.1+x | 1",
        "==1.0.* | 1 | 1.1",
        "==1!1.* | 1!1.5 | 1.5",
        "!=1.1.* | 1.2 | 1.1.7",
        "!=1.0 | 1.0.1 | 1.0+local",
        "~=2.2 | 2.3 | 3.0",
        "~=2.2 | 2.2.post3 | 2.1",
        "~=1.4.5a4 | 1.4.9 | 1.5",
        "~=2.2.0 | 2.2.9 | 2.3",
        "~=v1.0 | 1.5 | 2.0",
        "~=1.0.A1 | 1.5 | 2.0",
        "<=1.0 | 1.0+local | 1.0.post1",
        ">=1.0 | 1.0+local | 1.0rc1",
        "<1.0 | 0.9 | 1.0rc1",
        "<1.0rc1 | 1.0b1 | 1.0rc1",
        "<1.0.post1 | 1.0 | 1.0.post1.dev0",
        ">1.7 | 1.7.1 | 1.7.post2",
        ">1.7.post2 | 1.7.post3 | 1.7.post2",
        ">1.7 | 1.7.0.0.1 | 1.7+local",
        "===1.0 | 1.0 | 1.0.0",
        "===1.0-X | 1.0-x | 1.0",
        ">=1.0,<2,!=1.5 | 1.4 | 1.5",
        ">=1.0,<2,!=1.5 | 1.6 | 2.0",
      })
  void containsOneAndNotTheOther(String set, String inside, String outside) {
    assertThat(SpecifierSet.parse(set).contains(inside, true)).as(inside).isTrue();
    assertThat(SpecifierSet.parse(set).contains(outside, true)).as(outside).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "=1.0",
        "=>1.0",
        "==",
        "==foo",
        "== 1.0 1",
        ">=1.0.*",
        "<1.*",
        "~=1.*",
        "~=1",
        "~=1.0+local",
        "<=1.0+x",
        ">1+x",
        "==1.0a1.*",
        "==1.0+x.*",
        "==1.0 .*",
        "==1.*.*",
        "==.*",
        "==1.0.dev1.*",
        "===a b",
        "===a;b",
        "===a)",
        ">=1.0;<2",
        ">=1.0 <2",
        "(>=1.0)",
        "~= 1",
        "==1.0\0"
      })
  void refusesWhatIsNoSpecifierSet(String text) {
    assertThatThrownBy(() -> SpecifierSet.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void saysWhichClauseIsWrong() {
    assertThatThrownBy(() -> SpecifierSet.parse(">=1.0, <=wrong"))
        .hasMessage("the version of \"<=wrong\" is not one of PEP 440");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ,"})
  void containsEveryVersionWhenItIsEmpty(String empty) {
    assertThat(SpecifierSet.parse(empty).contains(Version.parse("1.0"))).isTrue();
    assertThat(SpecifierSet.parse(empty).contains(Version.parse("1.0a1"))).isTrue();
    assertThat(SpecifierSet.parse(empty).contains(Version.parse("1.0a1"), false)).isFalse();
    assertThat(SpecifierSet.parse(empty).contains("no version", false)).isTrue();
  }

  @Test
  void leavesPrereleasesOutWhereTheyAreNotAllowed() {
    SpecifierSet set = SpecifierSet.parse(">=1.0a1");
    assertThat(set.contains(Version.parse("1.0b1"))).isTrue();
    assertThat(set.contains(Version.parse("1.0b1"), true)).isTrue();
    assertThat(set.contains(Version.parse("1.0b1"), false)).isFalse();
    assertThat(set.contains(Version.parse("1.0"), false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    ">=1.0a1, true",
    ">=1.0, false",
    "!=1.0a1, false",
    "==1.0.dev1, true",
    "===1.0rc1, true",
    "===x, false"
  })
  void tellsWhetherItAsksForPrereleases(String set, boolean asks) {
    assertThat(SpecifierSet.parse(set).namesPrerelease()).isEqualTo(asks);
  }

  @ParameterizedTest
  @CsvSource({"==1.82.6, 1.82.6", "== v1.0, 1.0", "===1.0, 1.0", "'==1.0,==1.0', 1.0"})
  void namesTheOneVersionThatItIsExactAbout(String set, String version) {
    assertThat(SpecifierSet.parse(set).exactVersion()).contains(Version.parse(version));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "==1.0.*",
        ">=1.0",
        "~=1.0",
        "!=1.0",
        "===foo",
        "==1.0,==1.1",
        "==1.0,>=1.0",
        "<=1.0"
      })
  void namesNoVersionWhereItMeansMore(String set) {
    assertThat(SpecifierSet.parse(set).exactVersion()).isEmpty();
  }

  @Test
  void isEqualWhateverTheOrderOfItsClauses() {
    SpecifierSet set = SpecifierSet.parse(">=1.0, <2,>= 1.0.0");
    assertThat(set)
        .isEqualTo(SpecifierSet.parse("<2.0,>=1"))
        .hasSameHashCodeAs(SpecifierSet.parse("<2.0,>=1"));
    assertThat(set)
        .isNotEqualTo(SpecifierSet.parse("<2.0,>1"))
        .isNotEqualTo(SpecifierSet.parse("<2"));
    assertThat(SpecifierSet.parse("~=1.0")).isNotEqualTo(SpecifierSet.parse("~=1.0.0"));
  }

  @Test
  void printsItsClausesInTheOrderOfTheirText() {
    assertThat(SpecifierSet.parse(" >= 1.0 ,!=1.5,==1.*, ")).hasToString("!=1.5,==1.*,>=1.0");
  }

  @Test
  void isBounded() {
    assertThat(SpecifierSet.parse(",".repeat(4_096)).specifiers()).isEmpty();
    assertThatThrownBy(() -> SpecifierSet.parse(",".repeat(4_097)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("4096");
  }
}
