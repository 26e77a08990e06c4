package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.docs.Checkout;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.provenance.verification.ProvenanceVerifier;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The attestation that {@code bin/warm-up} verifies, so that the JVM learns the whole way: of an
 * empty file, by an authority whose keys nobody kept. {@code -Dgatehouse.warm-up.write=true} makes
 * another.
 */
final class WarmUpSampleTest {
  private static final String WHEEL = "sample-1-py3-none-any.whl";

  @Test
  void holds() throws Exception {
    Path folder = Checkout.root().resolve("cli/src/main/distribution/warm-up");
    Sha256 nothing = Sha256.digest(new byte[0]);
    if (Boolean.getBoolean("gatehouse.warm-up.write")) {
      TestAuthority authority = TestAuthority.create();
      Files.createDirectories(folder);
      Files.write(folder.resolve("root.json"), authority.trustedRoot());
      Files.writeString(
          folder.resolve(WHEEL + ".provenance"),
          TestAuthority.provenance(
              TestAuthority.githubClaim("acme/demo", "release.yml"),
              authority.sign(WHEEL, nothing).attestation()));
    }

    assertThat(
            ProvenanceVerifier.verify(
                WheelName.parse(WHEEL),
                nothing,
                Files.readAllBytes(folder.resolve(WHEEL + ".provenance")),
                TrustRoot.read(Files.readAllBytes(folder.resolve("root.json")), "warm-up"),
                Instant.parse("2026-01-01T00:00:00Z")))
        .isInstanceOf(Verification.Verified.class);
  }
}
