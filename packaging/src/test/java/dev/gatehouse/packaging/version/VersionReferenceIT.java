package dev.gatehouse.packaging.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.PythonReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds versions against the reference implementation: 25,000 generated ones, and 25,000 pairs. */
class VersionReferenceIT {
  private static final int CASES = 25_000;

  @TempDir Path folder;

  @Test
  void readsAndNormalisesVersionsAsTheReferenceDoes() throws Exception {
    VersionTexts texts = new VersionTexts(440);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String text = texts.version();
      asked.add(text);
      reference.ask("version", text);
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      String own =
          Version.parseIfValid(asked.get(i)).map(VersionReferenceIT::described).orElse("!");
      refused += own.equals("!") ? 1 : 0;
      if (!own.equals(answers.get(i)) && isComparable(reference, asked.get(i))) {
        differences.add("%s: %s, reference: %s".formatted(asked.get(i), own, answers.get(i)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(refused).as("versions that both refuse").isBetween(CASES / 100, CASES / 5);
  }

  @Test
  void ordersVersionsAsTheReferenceDoes() throws Exception {
    VersionTexts texts = new VersionTexts(441);
    PythonReference reference = new PythonReference(folder);
    List<String[]> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String left = texts.version();
      String right = i % 3 == 0 ? texts.version() : texts.near(left);
      asked.add(new String[] {left, right});
      reference.ask("compare", left, right);
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    int equal = 0;
    for (int i = 0; i < CASES; i++) {
      String own = compared(asked.get(i)[0], asked.get(i)[1]);
      equal += own.startsWith("0") ? 1 : 0;
      if (!own.equals(answers.get(i)) && isComparable(reference, asked.get(i))) {
        differences.add(
            "%s: %s, reference: %s"
                .formatted(String.join(" and ", asked.get(i)), own, answers.get(i)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(equal).as("pairs that are equal").isBetween(CASES / 20, CASES / 2);
  }

  private static String described(Version version) {
    return "%s %s %s %s %s %s"
        .formatted(
            version,
            version.publicVersion(),
            version.baseVersion(),
            python(version.isPrerelease()),
            python(version.isPostrelease()),
            python(version.isDevrelease()));
  }

  /**
   * Packaging 21.3 took what becomes an ASCII letter in lower case, as the Kelvin sign does, for
   * one.
   */
  private static boolean isComparable(PythonReference reference, String... texts) {
    return !reference.isLegacy()
        || Stream.of(texts).allMatch(text -> text.chars().allMatch(c -> c < 128));
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }

  /** Order, equality and equality of the hashes, as the script prints them. */
  private static String compared(String left, String right) {
    Optional<Version> a = Version.parseIfValid(left);
    Optional<Version> b = Version.parseIfValid(right);
    if (a.isEmpty() || b.isEmpty()) {
      return "!";
    }
    boolean equal = a.equals(b);
    return Integer.signum(a.get().compareTo(b.get()))
        + (equal ? "1" : "0")
        + (a.hashCode() == b.hashCode() ? "1" : "0");
  }
}
