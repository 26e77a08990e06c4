package dev.gatehouse.pins.project;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Poetry's version constraints (its documentation, "Dependency specification") as specifiers of PEP
 * 440: {@code ^1.2} is {@code >=1.2,<2}, {@code ~1.2} is {@code >=1.2,<1.3}, a bare version is
 * exact.
 */
final class PoetryConstraint {
  private PoetryConstraint() {}

  /**
   * Translates a constraint. Alternatives ({@code ||}) have no such specifiers; what holds of all
   * of them is that none is exact, so they become the empty set.
   *
   * @throws MalformedException where it is none
   */
  static SpecifierSet parse(String text) {
    if (text.contains("|")) {
      for (String alternative : text.split("\\|\\|?", -1)) {
        conjunction(alternative);
      }
      return SpecifierSet.parse("");
    }
    return conjunction(text);
  }

  private static SpecifierSet conjunction(String text) {
    List<String> clauses = new ArrayList<>();
    // Poetry takes a blank between two clauses for a comma, and allows one after an operator.
    String joined = text.strip().replaceAll("([<>=!~^])\\s+", "$1").replaceAll("[,\\s]+", ",");
    for (String clause : joined.split(",", -1)) {
      if (!clause.isEmpty() && !clause.equals("*")) {
        clauses.add(clause(clause));
      }
    }
    return SpecifierSet.parse(String.join(",", clauses));
  }

  private static String clause(String clause) {
    if (clause.startsWith("^")) {
      return caret(clause.substring(1));
    }
    if (clause.startsWith("~") && !clause.startsWith("~=")) {
      return tilde(clause.substring(1));
    }
    if (clause.startsWith("=") && !clause.startsWith("==")) {
      return "=" + clause;
    }
    boolean bare = !clause.isEmpty() && "<>=!~".indexOf(clause.charAt(0)) < 0;
    return bare ? "==" + clause : clause;
  }

  /** Whatever does not change the first number that is not zero. */
  private static String caret(String text) {
    Version version = version(text);
    List<BigInteger> release = version.release();
    int place = 0;
    while (place < release.size() - 1 && release.get(place).signum() == 0) {
      place++;
    }
    return ">=" + text + ",<" + next(release, place);
  }

  /** Whatever does not change the second number, or the first where there is one alone. */
  private static String tilde(String text) {
    List<BigInteger> release = version(text).release();
    return ">=" + text + ",<" + next(release, Math.min(1, release.size() - 1));
  }

  private static Version version(String text) {
    return Version.parseIfValid(text)
        .orElseThrow(() -> new MalformedException("expected a version, not " + quoted(text)));
  }

  private static String next(List<BigInteger> release, int place) {
    List<BigInteger> numbers = new ArrayList<>(release.subList(0, place + 1));
    numbers.set(place, numbers.get(place).add(BigInteger.ONE));
    return numbers.stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }
}
