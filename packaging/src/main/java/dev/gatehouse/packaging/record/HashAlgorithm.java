package dev.gatehouse.packaging.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a RECORD may be hashed with. PEP 427 asks for SHA-256 or better; all wheels of our corpus
 * use SHA-256.
 */
public enum HashAlgorithm {
  SHA256("sha256", "SHA-256", 32),
  SHA384("sha384", "SHA-384", 48),
  SHA512("sha512", "SHA-512", 64);

  private final String text;
  private final String javaName;
  private final int length;

  HashAlgorithm(String text, String javaName, int length) {
    this.text = text;
    this.javaName = javaName;
    this.length = length;
  }

  /** The algorithm of this name, as {@code hashlib} spells it; empty where it is none of these. */
  public static Optional<HashAlgorithm> find(String text) {
    return Stream.of(values()).filter(algorithm -> algorithm.text.equals(text)).findFirst();
  }

  /** As {@code hashlib} spells it. */
  public String text() {
    return text;
  }

  /** How many bytes a digest has. */
  public int length() {
    return length;
  }

  /** A digest to feed piecemeal. */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the platform's own provider has " + javaName, e);
    }
  }
}
