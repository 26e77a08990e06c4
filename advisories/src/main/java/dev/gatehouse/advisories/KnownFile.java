package dev.gatehouse.advisories;

import dev.gatehouse.packaging.artifact.Sha256;

/**
 * A file whose very bytes are known to be malicious.
 *
 * @param kind whether it is an artifact or something inside one
 * @param incident the advisory or name that people know it by
 * @param what what it is, for a sentence: "the payload of litellm 1.82.8"
 */
public record KnownFile(Sha256 sha256, Kind kind, String incident, String what) {
  /** Where such a file is met. */
  public enum Kind {
    /** A wheel or an sdist as it was published. */
    ARTIFACT,
    /** Inside an artifact or an environment, or left behind on a disk. */
    FILE
  }
}
