package dev.gatehouse.packaging.version;

import java.math.BigInteger;

/** The pre-release part of a version: {@code rc1} of {@code 2.0rc1}. */
public record PreRelease(Phase phase, BigInteger number) implements Comparable<PreRelease> {
  /** The three phases, in their order. */
  public enum Phase {
    ALPHA("a"),
    BETA("b"),
    RELEASE_CANDIDATE("rc");

    private final String letters;

    Phase(String letters) {
      this.letters = letters;
    }

    /** How the phase is written in a normalised version. */
    @Override
    public String toString() {
      return letters;
    }
  }

  /** Takes a number that is not negative. */
  public PreRelease {
    if (number.signum() < 0) {
      throw new IllegalArgumentException(
          "the number of a pre-release is not negative, as " + number + " is");
    }
  }

  @Override
  public int compareTo(PreRelease other) {
    int byPhase = phase.compareTo(other.phase);
    return byPhase != 0 ? byPhase : number.compareTo(other.number);
  }

  /** As it stands in a normalised version. */
  @Override
  public String toString() {
    return phase.letters + number;
  }
}
