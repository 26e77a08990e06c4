package dev.gatehouse.packaging.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "v1.0, 1.0",
    "V1.0, 1.0",
    "' 1.0 ', 1.0",
    "01.02, 1.2",
    "1!2.0, 1!2.0",
    "0!2.0, 2.0",
    "1.0alpha1, 1.0a1",
    "1.0-Beta.2, 1.0b2",
    "1.0_preview_3, 1.0rc3",
    "1.0c4, 1.0rc4",
    "1.0a, 1.0a0",
    "1.0a-, 1.0a0",
    "1.0-1, 1.0.post1",
    "1.0rev2, 1.0.post2",
    "1.0-r-3, 1.0.post3",
    "1.0POST, 1.0.post0",
    "1.0dev, 1.0.dev0",
    "1.0a1post2dev3, 1.0a1.post2.dev3",
    "1.0a-.dev1, 1.0a0.dev1",
    "1.0+Ubuntu-01_x, 1.0+ubuntu.1.x",
    "99999999999999999999999.1, 99999999999999999999999.1",
  })
  void readsEverySpellingAndPrintsTheNormalOne(String spelling, String normal) {
    assertThat(Version.parse(spelling)).hasToString(normal);
    assertThat(Version.parse(normal)).isEqualTo(Version.parse(spelling)).hasToString(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "v",
        "foo",
        "1.",
        ".1",
        "1..2",
        "1!",
        "!1",
        "1!!2",
        "1.0+",
        "1.0+a.",
        "1.0+a..b",
        "1.0+a+b",
        "1.0--1",
        "1.0-",
        "1.0-1-1",
        "1.0a1b1",
        "1.0dev1post1",
        "1.0postdevx",
        "1.0 1",
        "1.0\0",
        "1.0*",
        "1.0.*",
        "-1",
        "1,0",
        "1.0x",
        "١.0",
        "1.0+\u212a",
        "1.0po\u017ft1",
        "1/0",
        "../1"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThat(Version.parseIfValid(text)).isEmpty();
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("a version is written as PEP 440 has it");
  }

  @Test
  void takesAsManyCharactersAsAFileNameHolds() {
    assertThat(Version.parseIfValid("1".repeat(255))).isPresent();
    assertThat(Version.parseIfValid("1".repeat(256))).isEmpty();
  }

  /**
   * "Summary of permitted suffixes and relative ordering" of PEP 440, and local versions after it.
   */
  @Test
  void putsVersionsInOrder() {
    List<Version> order =
        List.of(
                "0.9",
                "1.dev0",
                "1.0.dev456",
                "1.0a1",
                "1.0a2.dev456",
                "1.0a12.dev456",
                "1.0a12",
                "1.0b1.dev456",
                "1.0b2",
                "1.0b2.post345.dev456",
                "1.0b2.post345",
                "1.0rc1.dev456",
                "1.0rc1",
                "1.0",
                "1.0+abc.5",
                "1.0+abc.7",
                "1.0+5",
                "1.0+5.a",
                "1.0+5.0",
                "1.0+10",
                "1.0.post456.dev34",
                "1.0.post456",
                "1.0.15",
                "1.1.dev1",
                "1.10",
                "1!0.1",
                "2!0")
            .stream()
            .map(Version::parse)
            .toList();
    IntStream.range(1, order.size())
        .forEach(
            i -> {
              assertThat(order.get(i - 1)).isLessThan(order.get(i));
              assertThat(order.get(i))
                  .isGreaterThan(order.get(i - 1))
                  .isNotEqualTo(order.get(i - 1));
            });
    assertThat(order.reversed().stream().sorted()).containsExactlyElementsOf(order);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0.0",
    "1!1.0, 1!1",
    "0, 0.0",
    "1.0a0, 1.0.0alpha",
    "1+01, 1.0+1",
    "1.0.post0, 1-0"
  })
  void isEqualWhereTheOrderSaysSo(String one, String other) {
    assertThat(Version.parse(one))
        .isEqualTo(Version.parse(other))
        .isEqualByComparingTo(Version.parse(other))
        .hasSameHashCodeAs(Version.parse(other));
  }

  @Test
  void tellsItsParts() {
    Version version = Version.parse("1!2.3.0rc4.post5.dev6+local.7");
    assertThat(version.epoch()).isEqualTo(1);
    assertThat(version.release())
        .containsExactly(BigInteger.TWO, BigInteger.valueOf(3), BigInteger.ZERO);
    assertThat(version.pre()).hasToString("Optional[rc4]");
    assertThat(version.post()).contains(BigInteger.valueOf(5));
    assertThat(version.dev()).contains(BigInteger.valueOf(6));
    assertThat(version.local()).contains("local.7");
    assertThat(version.publicVersion()).hasToString("1!2.3.0rc4.post5.dev6");
    assertThat(version.baseVersion()).hasToString("1!2.3.0");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, false, false, false",
    "1.0a1, true, false, false",
    "1.0.post1, false, true, false",
    "1.0.dev1, true, false, true",
    "1.0.post1.dev1, true, true, true",
    "1.0+dev, false, false, false"
  })
  void tellsWhatKindOfReleaseItIs(
      String text, boolean prerelease, boolean postrelease, boolean devrelease) {
    Version version = Version.parse(text);
    assertThat(version.isPrerelease()).isEqualTo(prerelease);
    assertThat(version.isPostrelease()).isEqualTo(postrelease);
    assertThat(version.isDevrelease()).isEqualTo(devrelease);
  }
}
