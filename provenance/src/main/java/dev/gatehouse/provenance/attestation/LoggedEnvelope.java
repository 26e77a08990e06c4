package dev.gatehouse.provenance.attestation;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That the entry of the log is about this attestation, and says one thing in all its places. The
 * library compares payload and signature; it passes over the entry's own kind, the tree size beside
 * the one that is signed, a place outside the tree, the certificate, and what stands round a
 * checkpoint's signature.
 */
public final class LoggedEnvelope {
  private static final Pattern CHECKPOINT =
      Pattern.compile(
          "[^\\n]+\\n([0-9]{1,18})\\n([A-Za-z0-9+/=]+)\\n(?:[^\\n]+\\n)*+\\n"
              + "(?:\u2014 [^ \\n]+ [A-Za-z0-9+/=]+\\n)+");
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\\n([A-Za-z0-9+/=\\n]+)-----END CERTIFICATE-----\\n?");

  private LoggedEnvelope() {}

  /** Checks it. */
  public static void check(Attestation attestation) throws RefusedException {
    LogEntry entry = attestation.entry();
    JsonObject body =
        JsonText.read(entry.body().bytes(), "the log's entry", AttestationLimits.LOG_BODY);
    body.only("apiVersion", "kind", "spec");
    if (!entry.kind().equals("dsse") || !entry.version().equals("0.0.1")) {
      throw new RefusedException(
          Reason.LOG_ENTRY,
          "the log's entry is of the kind %s %s, not dsse 0.0.1"
              .formatted(entry.kind(), entry.version()));
    }
    require(
        body.text("kind").equals(entry.kind()) && body.text("apiVersion").equals(entry.version()),
        "is of another kind than is said beside it");
    JsonObject spec = body.object("spec").only("envelopeHash", "payloadHash", "signatures");
    JsonObject payload = spec.object("payloadHash").only("algorithm", "value");
    require(
        payload.text("algorithm").equals("sha256")
            && payload.text("value").equals(Sha256.digest(attestation.statement().bytes()).hex()),
        "is about another statement");
    List<JsonObject> signatures = spec.objects("signatures");
    require(signatures.size() == 1, "has other signatures than one");
    JsonObject signature = signatures.getFirst().only("signature", "verifier");
    require(
        signature.base64("signature", AttestationLimits.SIGNATURE).equals(attestation.signature()),
        "is about another signature");
    require(
        certificate(signature.base64("verifier", AttestationLimits.LOG_BODY))
            .equals(attestation.certificate()),
        "is about another certificate");
    checkpoint(entry.proof());
  }

  private static Octets certificate(Octets pem) throws RefusedException {
    Matcher matcher = PEM.matcher(new String(pem.bytes(), StandardCharsets.ISO_8859_1));
    require(matcher.matches(), "names no certificate");
    try {
      return Octets.of(Base64.getMimeDecoder().decode(matcher.group(1)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Reason.LOG_ENTRY, "the log's entry names no certificate", e);
    }
  }

  private static void checkpoint(LogEntry.InclusionProof proof) throws RefusedException {
    Matcher matcher = CHECKPOINT.matcher(proof.checkpoint());
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != proof.treeSize()
        || proof.logIndex() >= proof.treeSize()
        || !matcher.group(2).equals(proof.rootHash().base64())) {
      throw new RefusedException(
          Reason.LOG_PROOF, "the log's checkpoint is not that of the proof's tree");
    }
  }

  private static void require(boolean holds, String otherwise) throws RefusedException {
    if (!holds) {
      throw new RefusedException(Reason.LOG_ENTRY, "the log's entry " + otherwise);
    }
  }
}
