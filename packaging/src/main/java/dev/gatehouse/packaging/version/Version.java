package dev.gatehouse.packaging.version;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version after PEP 440, with its order. Two versions are equal when the order says so: {@code
 * 1.0} equals {@code 1.0.0}, although they print differently.
 */
public final class Version implements Comparable<Version> {
  /**
   * What a file name can hold. A bound of its own, because digits are converted in more than linear
   * time.
   */
  static final int LONGEST = 255;

  private final BigInteger epoch;
  private final List<BigInteger> release;
  private final @Nullable PreRelease pre;
  private final @Nullable BigInteger post;
  private final @Nullable BigInteger dev;
  private final List<String> local;
  private final String text;

  /**
   * The text without the zeros at the end of the release: the same for equal versions, and only for
   * them.
   */
  private final String key;

  Version(
      BigInteger epoch,
      List<BigInteger> release,
      @Nullable PreRelease pre,
      @Nullable BigInteger post,
      @Nullable BigInteger dev,
      List<String> local) {
    this.epoch = epoch;
    this.release = List.copyOf(release);
    this.pre = pre;
    this.post = post;
    this.dev = dev;
    this.local = List.copyOf(local);
    this.text = write(this.release);
    List<BigInteger> trimmed = trimmed(this.release);
    this.key = trimmed.size() == this.release.size() ? text : write(trimmed);
  }

  /**
   * Reads a version in any spelling that PEP 440 allows: upper case, a leading v, alternative
   * separators and words, white space round it.
   *
   * @throws MalformedException when it is none, or longer than 255 characters
   */
  public static Version parse(String text) {
    Version version = scan(text);
    if (version == null) {
      throw new MalformedException(
          "a version is written as PEP 440 has it (\"1.0.2\", \"2.0rc1\"), not " + quoted(text));
    }
    return version;
  }

  /** Reads a version as {@link #parse} does; empty when it is none. */
  public static Optional<Version> parseIfValid(String text) {
    return Optional.ofNullable(scan(text));
  }

  private static @Nullable Version scan(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    String stripped = PythonSpace.strip(text);
    // Before lower case is made of it: the Kelvin sign, for one, would become an ASCII letter.
    return Ascii.all(stripped, c -> c < 128) ? new VersionScanner(stripped).scan() : null;
  }

  /** The epoch; 0 where none is written. */
  public BigInteger epoch() {
    return epoch;
  }

  /** The numbers of the release as they were written, zeros at the end included; at least one. */
  public List<BigInteger> release() {
    return release;
  }

  /** The pre-release part. */
  public Optional<PreRelease> pre() {
    return Optional.ofNullable(pre);
  }

  /** The number of the post-release. */
  public Optional<BigInteger> post() {
    return Optional.ofNullable(post);
  }

  /** The number of the development release. */
  public Optional<BigInteger> dev() {
    return Optional.ofNullable(dev);
  }

  /** The local part without its plus, normalised. */
  public Optional<String> local() {
    return local.isEmpty() ? Optional.empty() : Optional.of(String.join(".", local));
  }

  /** Whether it is a pre-release in the wide sense: development releases are. */
  public boolean isPrerelease() {
    return pre != null || dev != null;
  }

  /** Whether it has a post-release part. */
  public boolean isPostrelease() {
    return post != null;
  }

  /** Whether it has a development part. */
  public boolean isDevrelease() {
    return dev != null;
  }

  /** Epoch and release alone. */
  public Version baseVersion() {
    return new Version(epoch, release, null, null, null, List.of());
  }

  /** All but the local part. */
  public Version publicVersion() {
    return local.isEmpty() ? this : new Version(epoch, release, pre, post, dev, List.of());
  }

  /** What this is a post-release of: without post, development and local part. */
  Version postBase() {
    return new Version(epoch, release, pre, null, null, List.of());
  }

  /** The first of all pre-releases of this version. */
  Version earliestPrerelease() {
    return new Version(epoch, release, pre, post, BigInteger.ZERO, List.of());
  }

  /** The same version with the zeros at the end of its release taken away. */
  String withoutTrailingZeros() {
    return key;
  }

  @Override
  public int compareTo(Version other) {
    return VersionOrder.INSTANCE.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version version && key.equals(version.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The normalised spelling. */
  @Override
  public String toString() {
    return text;
  }

  List<String> localSegments() {
    return local;
  }

  private String write(List<BigInteger> numbers) {
    StringBuilder written = new StringBuilder(24);
    if (epoch.signum() != 0) {
      written.append(epoch).append('!');
    }
    written.append(numbers.getFirst());
    numbers.stream().skip(1).forEach(number -> written.append('.').append(number));
    if (pre != null) {
      written.append(pre);
    }
    if (post != null) {
      written.append(".post").append(post);
    }
    if (dev != null) {
      written.append(".dev").append(dev);
    }
    if (!local.isEmpty()) {
      written.append('+').append(String.join(".", local));
    }
    return written.toString();
  }

  private static List<BigInteger> trimmed(List<BigInteger> numbers) {
    int end = numbers.size();
    while (end > 1 && numbers.get(end - 1).signum() == 0) {
      end--;
    }
    return numbers.subList(0, end);
  }
}
