package dev.gatehouse.comparison.match;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that a build writes into the files that state a version: the version itself and its
 * parts, the commit, the day. Whatever else stands in a file was not put there to state a version.
 */
final class VersionValues {
  private static final Pattern COMMIT = Pattern.compile("g?[0-9a-f]{7,40}(\\.d[0-9]{8})?+");
  private static final Pattern TIME =
      Pattern.compile(
          "[12][0-9]{3}-?[0-9]{2}-?[0-9]{2}([ T][0-9:.]{5,15})?+ ?(Z|[+-][0-9:]{4,5})?+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern PHASE =
      Pattern.compile("[.-]?(a|b|c|rc|alpha|beta|dev|post|final)[0-9]{0,4}");
  private static final Pattern PART =
      Pattern.compile("[+._-]{0,2}[A-Za-z]{0,5}[+._-]{0,2}[0-9]{0,4}");
  private static final Set<String> WORDS =
      Set.of("final", "alpha", "beta", "candidate", "release", "main", "master", "head", "none");

  private final ProjectName project;
  private final Version version;
  private final Set<BigInteger> numbers = new HashSet<>();

  VersionValues(ProjectName project, Version version) {
    this.project = project;
    this.version = version;
    Pattern.compile("[0-9]+")
        .matcher(version.toString())
        .results()
        .forEach(match -> numbers.add(new BigInteger(match.group())));
    numbers.add(BigInteger.ZERO);
  }

  /** Whether a constant of Python says nothing but such a value. */
  boolean isValue(@Nullable Object constant) {
    return switch (constant) {
      case null -> true;
      case Boolean _ -> true;
      case BigInteger number -> numbers.contains(number);
      case String text -> isValue(text);
      default -> false;
    };
  }

  /** Whether a text says nothing but such a value. */
  boolean isValue(String text) {
    return isVersion(text)
        || PART.matcher(text).matches()
        || COMMIT.matcher(text).matches()
        || TIME.matcher(text).matches()
        || WORDS.contains(text.toLowerCase(Locale.ROOT))
        || ProjectName.parseIfValid(text).filter(project::equals).isPresent();
  }

  /** Whether a build puts it into a template: a short word of any kind could be a host. */
  boolean isFilledIn(String text) {
    return text.isEmpty()
        || isVersion(text)
        || PHASE.matcher(text).matches()
        || (NUMBER.matcher(text).matches() && numbers.contains(new BigInteger(text)))
        || COMMIT.matcher(text).matches()
        || TIME.matcher(text).matches()
        || WORDS.contains(text.toLowerCase(Locale.ROOT))
        || ProjectName.parseIfValid(text).filter(project::equals).isPresent();
  }

  /** Whether it is the version, or the version without what is local to a build. */
  boolean isVersion(String text) {
    String bare = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
    return bare.length() <= 100
        && Version.parseIfValid(bare)
            .filter(
                stated ->
                    stated.equals(version)
                        || stated.equals(version.publicVersion())
                        || stated.equals(version.baseVersion()))
            .isPresent();
  }
}
