package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import dev.gatehouse.provenance.attestation.Attestation;
import dev.gatehouse.provenance.attestation.AttestationBundle;
import dev.gatehouse.provenance.attestation.LogEntry;
import dev.gatehouse.provenance.attestation.LoggedEnvelope;
import dev.gatehouse.provenance.attestation.ProvenanceReader;
import dev.gatehouse.provenance.attestation.PublisherClaim;
import dev.gatehouse.provenance.attestation.Statement;
import dev.gatehouse.provenance.identity.IdentityReader;
import dev.gatehouse.provenance.identity.SignerIdentity;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies what a provenance document says of an artifact. */
public final class ProvenanceVerifier {
  private ProvenanceVerifier() {}

  /**
   * Verifies a provenance object (PEP 740), or an attestation that stands by itself.
   *
   * @param artifact its file name
   * @param sha256 of its bytes
   * @param document JSON of strangers, of whatever size
   * @param now whether the trusted root is still one
   */
  public static Verification verify(
      ArtifactName artifact, Sha256 sha256, byte[] document, TrustRoot root, Instant now) {
    try {
      if (root.end().isBefore(now)) {
        throw new RefusedException(
            Reason.ROOT_EXPIRED,
            "the trusted root (%s) has no certificate authority left since %s"
                .formatted(root.name(), root.end()));
      }
      List<VerifiedAttestation> verified = new ArrayList<>();
      for (AttestationBundle bundle : ProvenanceReader.read(document)) {
        for (Attestation attestation : bundle.attestations()) {
          verified.add(verify(artifact, sha256, attestation, bundle.claim(), root));
        }
      }
      return new Verification.Verified(verified);
    } catch (RefusedException e) {
      return new Verification.Refused(e.refusal());
    }
  }

  /** The cheap checks come first: most that is wrong is wrong there. */
  private static VerifiedAttestation verify(
      ArtifactName artifact,
      Sha256 sha256,
      Attestation attestation,
      @Nullable PublisherClaim claim,
      TrustRoot root)
      throws RefusedException {
    // 1. What was signed is about this artifact.
    Statement statement = Statement.read(attestation.statement().bytes());
    SubjectName.check(statement.name(), artifact);
    if (!statement.sha256().equals(sha256)) {
      throw new RefusedException(
          Reason.OTHER_DIGEST,
          "it is about a file with the sha256 %s, this one has %s"
              .formatted(statement.sha256(), sha256));
    }
    // 2. The log's entry is about what was signed.
    LoggedEnvelope.check(attestation);
    // 3. The certificate, its own log's promise, the log's proof, the signature.
    SigstoreBundle.verify(attestation, sha256, root);
    // 4. All of it was valid when it was signed, which the library does not ask (before its 2.1).
    X509Certificate certificate = certificate(attestation.certificate().bytes());
    requireValid(certificate, attestation.entry(), root);
    // 5. Who signed, and that the index says so, too.
    SignerIdentity signer = IdentityReader.read(certificate);
    if (claim != null && !claim.publisher().equals(signer.publisher())) {
      throw new RefusedException(
          Reason.OTHER_PUBLISHER,
          "the index names the publisher %s, the certificate %s"
              .formatted(claim.publisher().text(), signer.publisher().text()));
    }
    return new VerifiedAttestation(
        statement.predicate(),
        signer,
        claim != null,
        claim == null ? null : claim.environment(),
        attestation.entry().integrated(),
        attestation.entry().logIndex());
  }

  private static X509Certificate certificate(byte[] der) throws RefusedException {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (Arrays.equals(certificate.getEncoded(), der)) {
        return certificate;
      }
    } catch (CertificateException e) {
      throw new RefusedException(Reason.CERTIFICATE, "the certificate cannot be read", e);
    }
    throw new RefusedException(Reason.CERTIFICATE, "something follows the certificate");
  }

  private static void requireValid(X509Certificate certificate, LogEntry entry, TrustRoot root)
      throws RefusedException {
    Instant signed = entry.integrated();
    if (signed.isBefore(certificate.getNotBefore().toInstant())
        || signed.isAfter(certificate.getNotAfter().toInstant())) {
      throw new RefusedException(
          Reason.SIGNING_TIME,
          "the log took it at %s, the certificate was valid from %s to %s"
              .formatted(
                  signed,
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant()));
    }
    if (!root.hadLog(entry.logId(), signed)) {
      throw new RefusedException(
          Reason.SIGNING_TIME,
          "the log took it at %s, when its key was not valid".formatted(signed));
    }
  }
}
