package dev.gatehouse.provenance.attestation;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Some bytes, which nobody changes any more. */
public final class Octets {
  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes a copy. */
  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /** A copy of them. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** In Base64, with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In Base64. */
  @Override
  public String toString() {
    return base64();
  }
}
