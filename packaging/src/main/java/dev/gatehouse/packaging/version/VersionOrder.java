package dev.gatehouse.packaging.version;

import dev.gatehouse.packaging.Ascii;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The order of versions: "Summary of permitted suffixes and relative ordering" and "Local version
 * identifiers" of PEP 440.
 */
final class VersionOrder implements Comparator<Version> {
  static final VersionOrder INSTANCE = new VersionOrder();

  private VersionOrder() {}

  @Override
  public int compare(Version left, Version right) {
    int order = left.epoch().compareTo(right.epoch());
    if (order == 0) {
      order = compareReleases(left.release(), right.release());
    }
    if (order == 0) {
      order = comparePhases(left, right);
    }
    if (order == 0) {
      order = compareNumbers(left.post(), right.post(), false);
    }
    if (order == 0) {
      order = compareNumbers(left.dev(), right.dev(), true);
    }
    return order != 0 ? order : compareLocals(left.localSegments(), right.localSegments());
  }

  /** Missing numbers are zeros. */
  private static int compareReleases(List<BigInteger> left, List<BigInteger> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order = numberAt(left, i).compareTo(numberAt(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static BigInteger numberAt(List<BigInteger> release, int i) {
    return i < release.size() ? release.get(i) : BigInteger.ZERO;
  }

  /**
   * A development release alone is before the first alpha, what has no pre-release part after the
   * last candidate.
   */
  private static int comparePhases(Version left, Version right) {
    int order = Integer.compare(rank(left), rank(right));
    if (order != 0 || left.pre().isEmpty() || right.pre().isEmpty()) {
      return order;
    }
    return left.pre().get().compareTo(right.pre().get());
  }

  private static int rank(Version version) {
    if (version.pre().isPresent()) {
      return 1;
    }
    return version.isDevrelease() && !version.isPostrelease() ? 0 : 2;
  }

  private static int compareNumbers(
      Optional<BigInteger> left, Optional<BigInteger> right, boolean absentIsLast) {
    if (left.isPresent() && right.isPresent()) {
      return left.get().compareTo(right.get());
    }
    int order = Boolean.compare(left.isPresent(), right.isPresent());
    return absentIsLast ? -order : order;
  }

  /**
   * Segment by segment: words before numbers, words by their letters, and what ends first before
   * what goes on.
   */
  private static int compareLocals(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compareSegments(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareSegments(String left, String right) {
    boolean leftIsNumber = isNumber(left);
    boolean rightIsNumber = isNumber(right);
    if (leftIsNumber && rightIsNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftIsNumber == rightIsNumber
        ? left.compareTo(right)
        : Boolean.compare(leftIsNumber, rightIsNumber);
  }

  private static boolean isNumber(String segment) {
    return Ascii.all(segment, Ascii::isDigit);
  }
}
