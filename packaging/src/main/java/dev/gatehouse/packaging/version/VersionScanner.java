package dev.gatehouse.packaging.version;

import dev.gatehouse.packaging.Ascii;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a version from left to right, as PEP 440's appendix B lays them out. It never
 * goes back further than one separator, so its time is linear whatever the text is.
 */
final class VersionScanner {
  private static final List<String> ALPHA = List.of("alpha", "a");
  private static final List<String> BETA = List.of("beta", "b");
  private static final List<String> CANDIDATE = List.of("preview", "pre", "c", "rc");
  private static final List<String> POST = List.of("post", "rev", "r");
  private static final List<String> DEV = List.of("dev");

  private final String text;
  private int at;

  /** Reads {@code text}, from which white space at its ends was stripped. */
  VersionScanner(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
  }

  /** The version, or null where the text is none. */
  @Nullable Version scan() {
    take('v');
    BigInteger epoch = BigInteger.ZERO;
    BigInteger number = number();
    if (number != null && take('!')) {
      epoch = number;
      number = number();
    }
    if (number == null) {
      return null;
    }
    List<BigInteger> release = release(number);
    PreRelease pre = preRelease();
    BigInteger post = post();
    BigInteger dev = lettered(DEV);
    List<String> local = local();
    return local == null || at < text.length()
        ? null
        : new Version(epoch, release, pre, post, dev, local);
  }

  private List<BigInteger> release(BigInteger first) {
    List<BigInteger> release = new ArrayList<>(4);
    release.add(first);
    while (at + 1 < text.length() && text.charAt(at) == '.' && Ascii.isDigit(text.charAt(at + 1))) {
      at++;
      release.add(digits());
    }
    return release;
  }

  private @Nullable PreRelease preRelease() {
    BigInteger number = lettered(ALPHA);
    if (number != null) {
      return new PreRelease(PreRelease.Phase.ALPHA, number);
    }
    number = lettered(BETA);
    if (number != null) {
      return new PreRelease(PreRelease.Phase.BETA, number);
    }
    number = lettered(CANDIDATE);
    return number == null ? null : new PreRelease(PreRelease.Phase.RELEASE_CANDIDATE, number);
  }

  /** {@code -1} alone is a post-release too. */
  private @Nullable BigInteger post() {
    if (at + 1 < text.length() && text.charAt(at) == '-' && Ascii.isDigit(text.charAt(at + 1))) {
      at++;
      return digits();
    }
    return lettered(POST);
  }

  /**
   * A separator, one of the spellings, a separator, a number; only the spelling must be there, and
   * a missing number is 0. Null, with nothing taken, where no spelling stands here.
   */
  private @Nullable BigInteger lettered(List<String> spellings) {
    int start = at;
    takeSeparator();
    for (String spelling : spellings) {
      if (text.startsWith(spelling, at)) {
        at += spelling.length();
        takeSeparator();
        BigInteger number = number();
        return number == null ? BigInteger.ZERO : number;
      }
    }
    at = start;
    return null;
  }

  /**
   * The segments after a plus; none without a plus; null where a plus is not followed by what it
   * must be.
   */
  private @Nullable List<String> local() {
    if (!take('+')) {
      return List.of();
    }
    List<String> segments = new ArrayList<>(2);
    do {
      int start = at;
      while (at < text.length() && Ascii.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        return null;
      }
      segments.add(withoutLeadingZeros(text.substring(start, at)));
    } while (takeSeparator());
    return segments;
  }

  private static String withoutLeadingZeros(String segment) {
    return Ascii.all(segment, Ascii::isDigit) ? new BigInteger(segment).toString() : segment;
  }

  private @Nullable BigInteger number() {
    return at < text.length() && Ascii.isDigit(text.charAt(at)) ? digits() : null;
  }

  private BigInteger digits() {
    int start = at;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at - start <= 18
        ? BigInteger.valueOf(Long.parseLong(text, start, at, 10))
        : new BigInteger(text.substring(start, at));
  }

  private boolean takeSeparator() {
    return take('.') || take('-') || take('_');
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
