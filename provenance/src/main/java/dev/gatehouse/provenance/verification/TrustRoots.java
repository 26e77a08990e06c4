package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.artifact.Sha256;

/**
 * Whom attestations are believed by now. It may become another one while the program runs. Safe for
 * use by many threads.
 */
public interface TrustRoots {
  /** Tells one root from another, without making it ready. */
  Sha256 fingerprint();

  /** It, made ready when it is first asked for: what verifies takes a second and memory. */
  TrustRoot root();

  /** The one that is built in, always. */
  static TrustRoots builtIn() {
    return new OneTrustRoot(Sha256.digest(TrustRoot.builtInJson()), TrustRoot::builtIn);
  }

  /** One, always. */
  static TrustRoots always(TrustRoot root) {
    return new OneTrustRoot(root.fingerprint(), () -> root);
  }
}
