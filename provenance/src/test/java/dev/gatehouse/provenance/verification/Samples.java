package dev.gatehouse.provenance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** An artifact, an authority, and what is expected of them. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final String FILE = "demo-1.0-py3-none-any.whl";
  static final WheelName NAME = WheelName.parse(FILE);
  static final Sha256 SHA256 = Sha256.digest(new byte[] {1, 2, 3});
  static final TestAuthority AUTHORITY = TestAuthority.create();
  static final TrustRoot ROOT = root(AUTHORITY);

  private Samples() {}

  static TrustRoot root(TestAuthority authority) {
    try {
      return TrustRoot.read(authority.trustedRoot(), "test");
    } catch (TrustRootException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestAuthority.Signing sign() {
    return AUTHORITY.sign(FILE, SHA256);
  }

  static Verification verify(String document) {
    return verify(NAME, document);
  }

  static Verification verify(ArtifactName artifact, String document) {
    return ProvenanceVerifier.verify(
        artifact, SHA256, document.getBytes(StandardCharsets.UTF_8), ROOT, NOW);
  }

  static VerifiedAttestation verified(Verification result) {
    assertThat(result).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) result).attestations().getFirst();
  }

  static Refusal assertRefused(Reason reason, Verification result) {
    assertThat(result).isInstanceOf(Verification.Refused.class);
    Refusal refusal = ((Verification.Refused) result).refusal();
    assertThat(refusal.reason()).describedAs(refusal.message()).isEqualTo(reason);
    assertThat(refusal.message()).isNotBlank().doesNotContain("\n");
    return refusal;
  }
}
