package dev.gatehouse.provenance.attestation;

/** How large what is read may be. The real ones of the year 2025 have 6 to 20 KB. */
public final class AttestationLimits {
  /** The bytes of a provenance object, or of an attestation by itself. */
  public static final int DOCUMENT = 1024 * 1024;

  static final int BUNDLES = 8;
  static final int ATTESTATIONS = 16;
  static final int STATEMENT = 256 * 1024;
  static final int CERTIFICATE = 16 * 1024;
  static final int SIGNATURE = 1024;
  static final int LOG_BODY = 64 * 1024;
  static final int CHECKPOINT = 8 * 1024;

  /** A tree of 2^63 leaves has no longer paths. */
  static final int PROOF = 64;

  private AttestationLimits() {}
}
