package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.artifact.Sha256;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One that stays. */
final class OneTrustRoot implements TrustRoots {
  private final Sha256 fingerprint;
  private final Supplier<TrustRoot> making;
  private @Nullable TrustRoot made;

  OneTrustRoot(Sha256 fingerprint, Supplier<TrustRoot> making) {
    this.fingerprint = fingerprint;
    this.making = making;
  }

  @Override
  public Sha256 fingerprint() {
    return fingerprint;
  }

  @Override
  public synchronized TrustRoot root() {
    TrustRoot known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }
}
