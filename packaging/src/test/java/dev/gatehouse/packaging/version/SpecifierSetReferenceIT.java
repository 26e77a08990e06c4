package dev.gatehouse.packaging.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.PythonReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds specifier sets against the reference implementation: 30,000 generated sets, each with a
 * candidate.
 */
class SpecifierSetReferenceIT {
  private static final int CASES = 30_000;

  @TempDir Path folder;

  private record Case(String set, String candidate, String prereleases) {
    @Override
    public String toString() {
      return "(%s).contains(%s, %s)".formatted(set, candidate, prereleases);
    }
  }

  @Test
  void containsWhatTheReferenceContains() throws Exception {
    VersionTexts texts = new VersionTexts(442);
    PythonReference reference = new PythonReference(folder);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String set = texts.specifierSet();
      Case asked = new Case(set, texts.candidate(set), texts.prereleases());
      cases.add(asked);
      reference.ask("contains", set, meant(set), asked.candidate, asked.prereleases);
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    int contained = 0;
    for (int i = 0; i < CASES; i++) {
      Case asked = cases.get(i);
      if (!reference.isLegacy() || isUnchangedSinceLegacy(asked)) {
        String own = contains(asked);
        compared++;
        contained += own.equals("True") ? 1 : 0;
        if (!own.equals(answers.get(i))) {
          differences.add("%s: %s, reference: %s".formatted(asked, own, answers.get(i)));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(reference.isLegacy() ? CASES / 10 : CASES - 1);
    assertThat(contained).isBetween(compared / 5, compared * 4 / 5);
  }

  @Test
  void equalsWhereTheReferenceDoes() throws Exception {
    VersionTexts texts = new VersionTexts(443);
    PythonReference reference = new PythonReference(folder);
    List<String[]> cases = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String left = texts.specifierSet();
      String right =
          i % 2 == 0 ? texts.specifierSet() : left.replaceFirst("\\.0$", "").replace(" ", "");
      if (find(left).isPresent() && find(right).isPresent() && isOne(left) && isOne(right)) {
        cases.add(new String[] {left, right});
        reference.ask("equal", left, right);
      }
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      boolean own = find(cases.get(i)[0]).equals(find(cases.get(i)[1]));
      boolean changed = reference.isLegacy() && cases.get(i)[0].contains("~=");
      if (own != answers.get(i).equals("True") && !changed) {
        differences.add(
            "%s: %s, reference: %s"
                .formatted(String.join(" and ", cases.get(i)), own, answers.get(i)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(answers).contains("True", "False");
  }

  /**
   * Sets of several are sorted by their text before the reference compares them, so their spelling
   * counts there.
   */
  private static boolean isOne(String set) {
    return find(set).map(parsed -> parsed.specifiers().size() <= 1).orElse(false)
        && !set.contains("===");
  }

  private static Optional<SpecifierSet> find(String text) {
    try {
      return Optional.of(SpecifierSet.parse(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * The set with its compatible releases in normal form: the reference cuts the raw text of {@code
   * ~=} up, and so takes {@code ~=1.0.A1} for {@code ==1.0.*} instead of {@code ==1.*}, and nothing
   * for {@code ~=v1.0}.
   */
  private static String meant(String set) {
    return find(set)
        .map(
            parsed ->
                parsed.specifiers().stream()
                    .map(SpecifierSetReferenceIT::meant)
                    .collect(Collectors.joining(",")))
        .orElse(set);
  }

  private static String meant(Specifier specifier) {
    return specifier.operator() == Specifier.Operator.COMPATIBLE
        ? "~=" + specifier.version().orElseThrow()
        : specifier.toString();
  }

  private static String contains(Case asked) {
    Optional<SpecifierSet> set = find(asked.set);
    if (set.isEmpty()) {
      return "!";
    }
    Optional<Version> version = Version.parseIfValid(asked.candidate);
    boolean byDefault = asked.prereleases.equals("none") && !asked.set.contains("===");
    boolean contained =
        (byDefault && version.isPresent())
            ? set.get().contains(version.get())
            : set.get().contains(asked.candidate, !asked.prereleases.equals("false"));
    return contained ? "True" : "False";
  }

  /**
   * What packaging 21.3 answers as 26 does. Changed since: the default for pre-releases; {@code
   * ===} and texts that are no versions; {@code <} and {@code >} a pre-, post- or development
   * release; padding before a wildcard; and clauses in another spelling than the normal one, which
   * were compared as text.
   */
  private static boolean isUnchangedSinceLegacy(Case asked) {
    Optional<SpecifierSet> set = find(asked.set);
    Optional<Version> candidate = Version.parseIfValid(asked.candidate);
    if (set.isEmpty() || candidate.isEmpty()) {
      return false;
    }
    boolean prerelease = candidate.get().isPrerelease();
    return !(prerelease && asked.prereleases.equals("none"))
        && set.get().specifiers().stream()
            .allMatch(clause -> isUnchangedSinceLegacy(clause, prerelease));
  }

  private static boolean isUnchangedSinceLegacy(Specifier clause, boolean prerelease) {
    if (clause.operator() == Specifier.Operator.ARBITRARY) {
      return false;
    }
    Version version = clause.version().orElseThrow();
    boolean normal = clause.versionText().equals(version + (clause.isWildcard() ? ".*" : ""));
    boolean base = version.equals(version.baseVersion());
    return normal
        && switch (clause.operator()) {
          case LESS, GREATER -> base;
          case COMPATIBLE -> !prerelease && base && version.epoch().signum() == 0;
          case EQUAL, NOT_EQUAL ->
              !clause.isWildcard() || (!prerelease && version.epoch().signum() == 0);
          case ARBITRARY, AT_MOST, AT_LEAST -> true;
        };
  }
}
