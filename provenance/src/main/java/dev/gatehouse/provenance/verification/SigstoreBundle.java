package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import dev.gatehouse.provenance.attestation.Attestation;
import dev.gatehouse.provenance.attestation.LogEntry;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.VerificationOptions;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.fulcio.client.FulcioVerificationException;
import dev.sigstore.rekor.client.RekorVerificationException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An attestation as a Sigstore bundle of version 0.3, which the library verifies (PEP 740,
 * "Attestation verification"). It is written from what was read, so that the library sees nothing
 * else.
 */
final class SigstoreBundle {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final String IN_TOTO = "application/vnd.in-toto+json";

  private SigstoreBundle() {}

  static void verify(Attestation attestation, Sha256 sha256, TrustRoot root)
      throws RefusedException {
    if (!root.hasLog(attestation.entry().logId())) {
      throw new RefusedException(
          Reason.UNTRUSTED,
          "the trusted root (%s) does not have the log that it was entered in"
              .formatted(root.name()));
    }
    try {
      Bundle bundle = Bundle.from(new StringReader(json(attestation)));
      root.verifier()
          .verify(HexFormat.of().parseHex(sha256.hex()), bundle, VerificationOptions.empty());
    } catch (BundleParseException e) {
      throw new RefusedException(Reason.CERTIFICATE, "it cannot be read: " + because(e), e);
    } catch (KeylessVerificationException e) {
      throw refused(e);
    } catch (RuntimeException e) {
      // Its parsers throw all kinds on bytes of strangers. None of them means that it holds.
      throw new RefusedException(Reason.SIGNATURE, "it cannot be verified: " + because(e), e);
    }
  }

  private static RefusedException refused(KeylessVerificationException e) {
    return switch (e.getCause()) {
      case FulcioVerificationException cause ->
          new RefusedException(
              Reason.UNTRUSTED,
              "its certificate does not lead to the trusted root: " + because(cause),
              e);
      case RekorVerificationException cause ->
          new RefusedException(
              Reason.LOG_PROOF, "its entry in the log is not proved: " + because(cause), e);
      case null, default ->
          new RefusedException(Reason.SIGNATURE, "its signature does not hold: " + because(e), e);
    };
  }

  private static String because(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static String json(Attestation attestation) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("mediaType", MEDIA_TYPE);
      json.writeObjectPropertyStart("verificationMaterial");
      json.writeObjectPropertyStart("certificate");
      json.writeStringProperty("rawBytes", attestation.certificate().base64());
      json.writeEndObject();
      json.writeArrayPropertyStart("tlogEntries");
      entry(json, attestation.entry());
      json.writeEndArray();
      json.writeEndObject();
      json.writeObjectPropertyStart("dsseEnvelope");
      json.writeStringProperty("payload", attestation.statement().base64());
      json.writeStringProperty("payloadType", IN_TOTO);
      json.writeArrayPropertyStart("signatures");
      json.writeStartObject();
      json.writeStringProperty("sig", attestation.signature().base64());
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void entry(JsonGenerator json, LogEntry entry) {
    json.writeStartObject();
    json.writeStringProperty("logIndex", Long.toString(entry.logIndex()));
    json.writeObjectPropertyStart("logId");
    json.writeStringProperty("keyId", entry.logId().base64());
    json.writeEndObject();
    json.writeObjectPropertyStart("kindVersion");
    json.writeStringProperty("kind", entry.kind());
    json.writeStringProperty("version", entry.version());
    json.writeEndObject();
    json.writeStringProperty("integratedTime", Long.toString(entry.integrated().getEpochSecond()));
    json.writeObjectPropertyStart("inclusionPromise");
    json.writeStringProperty("signedEntryTimestamp", entry.promise().base64());
    json.writeEndObject();
    json.writeObjectPropertyStart("inclusionProof");
    json.writeStringProperty("logIndex", Long.toString(entry.proof().logIndex()));
    json.writeStringProperty("rootHash", entry.proof().rootHash().base64());
    json.writeStringProperty("treeSize", Long.toString(entry.proof().treeSize()));
    json.writeArrayPropertyStart("hashes");
    entry.proof().hashes().forEach(hash -> json.writeString(hash.base64()));
    json.writeEndArray();
    json.writeObjectPropertyStart("checkpoint");
    json.writeStringProperty("envelope", entry.proof().checkpoint());
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringProperty("canonicalizedBody", entry.body().base64());
    json.writeEndObject();
  }
}
