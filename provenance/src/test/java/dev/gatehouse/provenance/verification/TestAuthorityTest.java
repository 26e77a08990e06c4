package dev.gatehouse.provenance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TestAuthorityTest {
  @Test
  void givesAttestationsThatVerify() throws Exception {
    TestAuthority authority = TestAuthority.create();
    Sha256 sha256 = Sha256.digest(new byte[] {1});
    String file = "demo-1.0-py3-none-any.whl";

    Verification result =
        ProvenanceVerifier.verify(
            WheelName.parse(file),
            sha256,
            authority.sign(file, sha256).attestation().getBytes(StandardCharsets.UTF_8),
            TrustRoot.read(authority.trustedRoot(), "test"),
            Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(result).isInstanceOf(Verification.Verified.class);
  }
}
