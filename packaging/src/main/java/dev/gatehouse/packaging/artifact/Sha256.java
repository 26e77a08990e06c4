package dev.gatehouse.packaging.artifact;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A SHA-256, as 64 lower-case hex digits. It is what an artifact is known by. */
public record Sha256(String hex) {
  /** Takes lower-case digits; {@link #parse} takes either case. */
  public Sha256 {
    if (!isHex(hex)) {
      throw new MalformedException("a SHA-256 is 64 lower-case hex digits, not " + quoted(hex));
    }
  }

  /**
   * Reads hex digits of either case.
   *
   * @throws MalformedException when they are not 64 hex digits
   */
  public static Sha256 parse(String hex) {
    return new Sha256(hex.toLowerCase(Locale.ROOT));
  }

  /** Reads hex digits of either case; empty when they are not 64 hex digits. */
  public static Optional<Sha256> parseIfValid(String hex) {
    String lower = hex.toLowerCase(Locale.ROOT);
    return isHex(lower) ? Optional.of(new Sha256(lower)) : Optional.empty();
  }

  /** Takes the 32 bytes of a digest that was made elsewhere. */
  public static Sha256 of(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  /** Digests all that the stream still holds; closing it is left to the caller. */
  public static Sha256 of(InputStream in) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[64 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return of(digest.digest());
  }

  /** Digests the bytes. */
  public static Sha256 digest(byte[] content) {
    return of(newDigest().digest(content));
  }

  /** A digest to feed piecemeal; {@link #of(byte[])} takes what it ends with. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The hex digits. */
  @Override
  public String toString() {
    return hex;
  }

  private static boolean isHex(String hex) {
    return hex.length() == 64 && Ascii.all(hex, Ascii::isLowerHex);
  }
}
