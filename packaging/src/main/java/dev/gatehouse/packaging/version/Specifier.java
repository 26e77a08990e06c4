package dev.gatehouse.packaging.version;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One clause of a specifier set: an operator and a version ({@code >=1.2}, {@code ==1.2.*}).
 * Whether pre-releases are wanted at all is the set's question.
 *
 * <p>{@code ~=} reads its version by meaning, in any spelling. The reference implementation cuts
 * its raw text up and so never matches anything with {@code ~=v1.0}; where the two disagree, PEP
 * 440 is on this side.
 */
public final class Specifier {
  /** The operators, as PEP 440 names them. Longer symbols stand before those that begin them. */
  public enum Operator {
    ARBITRARY("==="),
    COMPATIBLE("~="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    GREATER(">");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** The symbol: {@code >=}. */
    @Override
    public String toString() {
      return symbol;
    }
  }

  private static final String ANY = ".*";

  private final Operator operator;
  private final String versionText;

  /** Null for {@link Operator#ARBITRARY} alone, whose text need not be a version. */
  private final @Nullable Version version;

  private final boolean wildcard;

  private Specifier(
      Operator operator, String versionText, @Nullable Version version, boolean wildcard) {
    this.operator = operator;
    this.versionText = versionText;
    this.version = version;
    this.wildcard = wildcard;
  }

  /**
   * Reads one clause.
   *
   * @throws MalformedException when operator or version are missing or wrong, or do not go
   *     together: only {@code ==} and {@code !=} take a wildcard or a local part, and {@code ~=}
   *     needs two numbers
   */
  public static Specifier parse(String text) {
    String clause = PythonSpace.strip(text);
    for (Operator operator : Operator.values()) {
      if (clause.startsWith(operator.symbol)) {
        String versionText = PythonSpace.strip(clause.substring(operator.symbol.length()));
        return operator == Operator.ARBITRARY
            ? arbitrary(versionText, clause)
            : ordered(operator, versionText, clause);
      }
    }
    throw new MalformedException(
        "a version specifier begins with ==, !=, <=, >=, <, >, ~= or ===, unlike " + quoted(text));
  }

  private static Specifier arbitrary(String versionText, String clause) {
    boolean isOneWord =
        versionText.length() <= Version.LONGEST
            && versionText
                .chars()
                .noneMatch(c -> c == ';' || c == ')' || PythonSpace.isSpace((char) c));
    if (!isOneWord) {
      throw new MalformedException(
          "=== takes one word without ';' and ')', unlike " + quoted(clause));
    }
    return new Specifier(
        Operator.ARBITRARY, versionText, Version.parseIfValid(versionText).orElse(null), false);
  }

  private static Specifier ordered(Operator operator, String versionText, String clause) {
    boolean wildcard = versionText.endsWith(ANY);
    String bare =
        wildcard ? versionText.substring(0, versionText.length() - ANY.length()) : versionText;
    Version version =
        Version.parseIfValid(bare)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "the version of " + quoted(clause) + " is not one of PEP 440"));
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    boolean baseOnly = version.toString().equals(version.baseVersion().toString());
    if (wildcard && (!equality || !baseOnly || PythonSpace.strip(bare).length() < bare.length())) {
      throw new MalformedException(
          "only a release after == or != takes a wildcard, unlike " + quoted(clause));
    }
    if (version.local().isPresent() && !equality) {
      throw new MalformedException("only == and != take a local version, unlike " + quoted(clause));
    }
    if (operator == Operator.COMPATIBLE && version.release().size() < 2) {
      throw new MalformedException("~= needs at least two numbers, unlike " + quoted(clause));
    }
    return new Specifier(operator, versionText, version, wildcard);
  }

  /** The operator. */
  public Operator operator() {
    return operator;
  }

  /** The version as it was written, with its wildcard. */
  public String versionText() {
    return versionText;
  }

  /**
   * The version; empty where {@code ===} names something else. Of {@code 1.2.*} it is {@code 1.2}.
   */
  public Optional<Version> version() {
    return Optional.ofNullable(version);
  }

  /** Whether it ends with {@code .*}. */
  public boolean isWildcard() {
    return wildcard;
  }

  /** Whether naming it asks for pre-releases: it names one, and not to exclude it. */
  boolean namesPrerelease() {
    return operator != Operator.NOT_EQUAL && version != null && version.isPrerelease();
  }

  /**
   * Whether a version is meant.
   *
   * @param spelling how the version was written, which only {@code ===} looks at
   */
  boolean matches(Version candidate, String spelling) {
    if (operator == Operator.ARBITRARY || version == null) {
      return isSpelled(spelling);
    }
    return switch (operator) {
      case ARBITRARY -> isSpelled(spelling);
      case EQUAL -> equal(version, candidate);
      case NOT_EQUAL -> !equal(version, candidate);
      case COMPATIBLE ->
          candidate.publicVersion().compareTo(version) >= 0 && compatible(version, candidate);
      case AT_MOST -> candidate.publicVersion().compareTo(version) <= 0;
      case AT_LEAST -> candidate.publicVersion().compareTo(version) >= 0;
      case LESS -> less(version, candidate);
      case GREATER -> greater(version, candidate);
    };
  }

  /** Whether {@code ===} means this text, which need not be a version; case does not count. */
  boolean isSpelled(String spelling) {
    return operator == Operator.ARBITRARY
        && versionText.toLowerCase(Locale.ROOT).equals(spelling.toLowerCase(Locale.ROOT));
  }

  private boolean equal(Version own, Version candidate) {
    if (wildcard) {
      return beginsWith(candidate, own.epoch(), own.release());
    }
    return own.equals(own.local().isPresent() ? candidate : candidate.publicVersion());
  }

  private static boolean compatible(Version own, Version candidate) {
    return beginsWith(candidate, own.epoch(), own.release().subList(0, own.release().size() - 1));
  }

  private static boolean beginsWith(Version candidate, BigInteger epoch, List<BigInteger> numbers) {
    if (!candidate.epoch().equals(epoch)) {
      return false;
    }
    List<BigInteger> release = candidate.release();
    for (int i = 0; i < numbers.size(); i++) {
      BigInteger number = i < release.size() ? release.get(i) : BigInteger.ZERO;
      if (!number.equals(numbers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code <V} means no pre-release of V unless V is one itself (PEP 440, "Exclusive ordered
   * comparison").
   */
  private static boolean less(Version own, Version candidate) {
    if (candidate.compareTo(own) >= 0) {
      return false;
    }
    return own.isPrerelease()
        || !candidate.isPrerelease()
        || candidate.compareTo(own.earliestPrerelease()) < 0;
  }

  /** {@code >V} means no post-release of V unless V is one itself, and no local version of V. */
  private static boolean greater(Version own, Version candidate) {
    if (candidate.compareTo(own) <= 0) {
      return false;
    }
    if (!own.isPostrelease() && candidate.isPostrelease() && candidate.postBase().equals(own)) {
      return false;
    }
    return candidate.local().isEmpty() || !candidate.publicVersion().equals(own);
  }

  /**
   * Equal operators and equal versions; {@code ~=1.0} and {@code ~=1.0.0} differ, for they mean
   * different things.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Specifier specifier
        && operator == specifier.operator
        && key().equals(specifier.key());
  }

  @Override
  public int hashCode() {
    return operator.hashCode() * 31 + key().hashCode();
  }

  private String key() {
    if (operator == Operator.ARBITRARY || wildcard || version == null) {
      return versionText;
    }
    return operator == Operator.COMPATIBLE ? version.toString() : version.withoutTrailingZeros();
  }

  /** The operator and the version as it was written. */
  @Override
  public String toString() {
    return operator.symbol + versionText;
  }
}
