package dev.gatehouse.packaging.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {
  @ParameterizedTest
  @CsvSource({
    "litellm, litellm",
    "LiteLLM, litellm",
    "zope.interface, zope-interface",
    "friendly_bard, friendly-bard",
    "FrIeNdLy-._.-bArD, friendly-bard",
    "a, a",
    "0, 0",
    "2to3, 2to3",
    "a--b__c..d, a-b-c-d",
  })
  void readsEverySpellingAsOneName(String spelling, String normalized) {
    assertThat(ProjectName.parse(spelling)).hasToString(normalized);
    assertThat(ProjectName.parseIfValid(spelling)).contains(new ProjectName(normalized));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "..",
        "-a",
        "a-",
        "_a",
        "a.",
        " a",
        "a ",
        "a b",
        "a/b",
        "a\\b",
        "../a",
        "a%2fb",
        "a\u0000b",
        "a\nb",
        "a\n",
        "é",
        "ſ",
        "\u212a",
        "а",
        "a+b",
        "a~b",
        "a@b",
        "a:b",
        "a*"
      })
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> ProjectName.parse(text)).isInstanceOf(MalformedException.class);
    assertThat(ProjectName.parseIfValid(text)).isEmpty();
  }

  @Test
  void takesTwoHundredCharactersAndNoMore() {
    assertThat(ProjectName.parseIfValid("a".repeat(200))).isPresent();
    assertThat(ProjectName.parseIfValid("a".repeat(201))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LiteLLM", "a_b", "a.b", "a--b", "", "-a"})
  void cannotBeMadeUnlessNormalised(String text) {
    assertThatThrownBy(() -> new ProjectName(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("normalised project name");
  }

  @Test
  void saysWhatANameIs() {
    assertThatThrownBy(() -> ProjectName.parse("no name"))
        .hasMessage(
            "a project name is 1 to 200 ASCII letters, digits, '-', '_' and '.', with a letter or digit at both ends,"
                + " not \"no name\"");
  }

  @Test
  void sortsByItsNormalForm() {
    List<ProjectName> sorted =
        Stream.of("Zope", "b", "A_c", "a-b").map(ProjectName::parse).sorted().toList();
    assertThat(sorted)
        .extracting(ProjectName::normalized)
        .containsExactly("a-b", "a-c", "b", "zope");
  }
}
