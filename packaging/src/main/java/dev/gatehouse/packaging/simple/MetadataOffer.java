package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an artifact's metadata can be had beside it, at its address and {@code .metadata} (PEP
 * 658, 714).
 */
public sealed interface MetadataOffer {
  /** It cannot. */
  static MetadataOffer none() {
    return new None();
  }

  /** It can, but nothing says what its bytes must be. */
  static MetadataOffer unhashed() {
    return new Unhashed();
  }

  /** It can, and has this SHA-256, which is not the artifact's. */
  static MetadataOffer hashed(Sha256 sha256) {
    return new Hashed(Map.of(Hashes.SHA256, sha256.hex()));
  }

  /**
   * What a page offers that states these hashes; without one that is well-formed, the offer stands
   * alone.
   *
   * @throws MalformedException when the SHA-256 is malformed
   */
  static MetadataOffer believed(Map<String, String> stated) {
    Map<String, String> hashes = Hashes.believed(stated);
    return hashes.isEmpty() ? new Unhashed() : new Hashed(hashes);
  }

  /** The SHA-256 of the metadata, where one is stated. */
  default Optional<Sha256> sha256() {
    return Optional.empty();
  }

  /** Whether it can. */
  default boolean isOffered() {
    return !(this instanceof None);
  }

  /** Nothing is offered. */
  record None() implements MetadataOffer {}

  /** The metadata is offered without a hash. */
  record Unhashed() implements MetadataOffer {}

  /**
   * The metadata is offered with hashes: by lower-case algorithm, in lower-case digits; at least
   * one.
   */
  record Hashed(Map<String, String> hashes) implements MetadataOffer {
    /**
     * Takes a copy that keeps the order.
     *
     * @throws MalformedException when there are none, or one is not well-formed
     */
    public Hashed {
      hashes = Hashes.checked(hashes);
      if (hashes.isEmpty()) {
        throw new MalformedException("metadata that is offered hashed has at least one hash");
      }
    }

    @Override
    public Optional<Sha256> sha256() {
      return Optional.ofNullable(hashes.get(Hashes.SHA256)).map(Sha256::new);
    }
  }
}
