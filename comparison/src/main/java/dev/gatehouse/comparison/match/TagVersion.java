package dev.gatehouse.comparison.match;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A tag's name as what it says of a version: {@code v1.2}, {@code 1.2}, {@code release-1.2}, {@code
 * acme-v1.2}, {@code acme==1.2}, {@code v1_2_3}.
 *
 * @param prefix in lower case, without what separates it; empty where there is none
 */
record TagVersion(String prefix, Version version) {
  private static final int LONGEST = 200;
  private static final Set<String> PLAIN = Set.of("", "v", "ver", "version", "release", "rel", "r");

  /** The version is what stands farthest to the left and is one up to the end. */
  static Optional<TagVersion> parse(String tag) {
    if (tag.length() > LONGEST) {
      return Optional.empty();
    }
    for (int i = 0; i < tag.length(); i++) {
      if (isStart(tag, i)) {
        Optional<Version> version = version(tag.substring(i));
        if (version.isPresent()) {
          return Optional.of(new TagVersion(prefix(tag.substring(0, i)), version.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** At a digit that no letter or digit stands before, but for a {@code v}. */
  private static boolean isStart(String tag, int i) {
    if (!Character.isDigit(tag.charAt(i))) {
      return false;
    }
    char before = i == 0 ? '-' : tag.charAt(i - 1);
    char earlier = i < 2 ? '-' : tag.charAt(i - 2);
    boolean afterV = (before == 'v' || before == 'V' || before == 'r') && !isWord(earlier);
    return (!isWord(before) && before != '.') || afterV;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  private static Optional<Version> version(String text) {
    return Version.parseIfValid(text)
        .or(() -> Version.parseIfValid(text.replace('_', '.')))
        .or(() -> Version.parseIfValid(text.replace('-', '.')));
  }

  private static String prefix(String text) {
    String prefix = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+$", "");
    boolean onlyV =
        prefix.endsWith("v")
            && (prefix.length() == 1 || !isWord(prefix.charAt(prefix.length() - 2)));
    return (onlyV ? prefix.substring(0, prefix.length() - 1) : prefix)
        .replaceAll("[^a-z0-9]+$", "");
  }

  /** Whether it is a tag of this project's, as far as its name goes: others' say whose they are. */
  boolean isOf(ProjectName project) {
    String last = prefix.substring(Math.max(prefix.lastIndexOf('/'), prefix.lastIndexOf('@')) + 1);
    return PLAIN.contains(prefix)
        || ProjectName.parseIfValid(last).filter(project::equals).isPresent();
  }

  /**
   * How well it fits an artifact, 0 best; empty where it is of another version. protobuf 6.33.6 is
   * tagged {@code v33.6}, since its first number is that of Python's API.
   */
  OptionalInt fits(ProjectName project, Version wanted) {
    if (version.equals(wanted) || version.equals(wanted.publicVersion())) {
      return OptionalInt.of(isOf(project) ? 0 : 1);
    }
    List<BigInteger> release = wanted.release();
    return release.size() > 2
            && wanted.equals(wanted.baseVersion())
            && version.release().equals(release.subList(1, release.size()))
            && version.equals(version.baseVersion())
        ? OptionalInt.of(2)
        : OptionalInt.empty();
  }
}
