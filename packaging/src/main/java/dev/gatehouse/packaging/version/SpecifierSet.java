package dev.gatehouse.packaging.version;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Version specifiers that must all hold: {@code >=1.2,<2}. The empty set holds for every version.
 */
public final class SpecifierSet {
  /** The longest that the wheels of our corpus demand of Python has 68 characters. */
  static final int LONGEST = 4_096;

  private final List<Specifier> specifiers;
  private final Set<Specifier> distinct;

  private SpecifierSet(List<Specifier> specifiers) {
    this.specifiers =
        specifiers.stream().sorted(Comparator.comparing(Specifier::toString)).toList();
    this.distinct = new LinkedHashSet<>(this.specifiers);
  }

  /**
   * Reads specifiers with commas between them; nothing between two commas is passed over.
   *
   * @throws MalformedException when one of them is wrong, or the text is longer than 4,096
   *     characters
   */
  public static SpecifierSet parse(String text) {
    if (text.length() > LONGEST) {
      throw new MalformedException(
          "a specifier set has at most %d characters, unlike %s".formatted(LONGEST, quoted(text)));
    }
    List<Specifier> specifiers = new ArrayList<>();
    for (String clause : text.split(",", -1)) {
      if (!PythonSpace.strip(clause).isEmpty()) {
        specifiers.add(Specifier.parse(clause));
      }
    }
    return new SpecifierSet(specifiers);
  }

  /** The clauses in the order of their text. */
  public Set<Specifier> specifiers() {
    return Collections.unmodifiableSet(distinct);
  }

  /**
   * Whether the version is meant, with the reference's default for pre-releases: PEP 440 excludes
   * them only where something else is left to choose from, and of one version alone nothing else is
   * left.
   */
  public boolean contains(Version version) {
    return contains(version, true);
  }

  /**
   * Whether the version is meant; a pre-release never is unless {@code prereleases} allows them.
   */
  public boolean contains(Version version, boolean prereleases) {
    return contains(version, version.toString(), prereleases);
  }

  /**
   * Whether a version in this spelling is meant. Only {@code ===} tells spellings apart, and only
   * it and the empty set hold for a text that is no version.
   */
  public boolean contains(String spelling, boolean prereleases) {
    Optional<Version> version = Version.parseIfValid(spelling);
    return version.isPresent()
        ? contains(version.get(), spelling, prereleases)
        : specifiers.stream().allMatch(specifier -> specifier.isSpelled(spelling));
  }

  private boolean contains(Version version, String spelling, boolean prereleases) {
    return (prereleases || !version.isPrerelease())
        && specifiers.stream().allMatch(specifier -> specifier.matches(version, spelling));
  }

  /**
   * Whether a clause names a pre-release in order to have it, which PEP 440 takes for a wish for
   * pre-releases.
   */
  public boolean namesPrerelease() {
    return specifiers.stream().anyMatch(Specifier::namesPrerelease);
  }

  /**
   * The one version that the set names, where it is an exact one: a single {@code ==} without
   * wildcard, or a single {@code ===} of a version.
   */
  public Optional<Version> exactVersion() {
    if (distinct.size() != 1) {
      return Optional.empty();
    }
    Specifier only = specifiers.getFirst();
    return switch (only.operator()) {
      case EQUAL -> only.isWildcard() ? Optional.empty() : only.version();
      case ARBITRARY -> only.version();
      case NOT_EQUAL, COMPATIBLE, AT_MOST, AT_LEAST, LESS, GREATER -> Optional.empty();
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SpecifierSet set && distinct.equals(set.distinct);
  }

  @Override
  public int hashCode() {
    return distinct.hashCode();
  }

  /** The clauses as they were written, in the order of their text. */
  @Override
  public String toString() {
    return distinct.stream().map(Specifier::toString).collect(Collectors.joining(","));
  }
}
