package dev.gatehouse.provenance.attestation;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import dev.gatehouse.provenance.attestation.LogEntry.InclusionProof;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a provenance object, or an attestation that stands by itself. */
public final class ProvenanceReader {
  private ProvenanceReader() {}

  /**
   * Reads either.
   *
   * @throws RefusedException where it is anything but well-formed
   */
  public static List<AttestationBundle> read(byte[] document) throws RefusedException {
    JsonObject json = JsonText.read(document, "the provenance", AttestationLimits.DOCUMENT);
    if (json.has("attestation_bundles")) {
      return provenance(json);
    }
    return List.of(new AttestationBundle(null, List.of(attestation(json))));
  }

  private static List<AttestationBundle> provenance(JsonObject json) throws RefusedException {
    json.only("version", "attestation_bundles").requireVersion1();
    List<AttestationBundle> bundles = new ArrayList<>();
    Set<Octets> signatures = new HashSet<>();
    int count = 0;
    for (JsonObject bundle : json.objects("attestation_bundles")) {
      PublisherClaim claim = claim(bundle.only("publisher", "attestations").object("publisher"));
      List<Attestation> attestations = new ArrayList<>();
      for (JsonObject each : bundle.objects("attestations")) {
        if (++count > AttestationLimits.ATTESTATIONS
            || bundles.size() >= AttestationLimits.BUNDLES) {
          throw new RefusedException(
              Reason.OVERSIZED, "the provenance has more attestations than any artifact needs");
        }
        Attestation attestation = attestation(each);
        if (!signatures.add(attestation.signature())) {
          throw new RefusedException(
              Reason.DOUBLED, "the provenance has the same attestation twice");
        }
        attestations.add(attestation);
      }
      bundles.add(new AttestationBundle(claim, attestations));
    }
    if (count == 0 || bundles.stream().anyMatch(bundle -> bundle.attestations().isEmpty())) {
      throw new RefusedException(
          Reason.EMPTY, "the provenance names a publisher and no attestation, or neither");
    }
    return bundles;
  }

  /** Other keys may stand there: indexes add to it (PEP 740, "Provenance objects"). */
  private static PublisherClaim claim(JsonObject json) throws RefusedException {
    String kind = json.text("kind");
    Publisher publisher =
        switch (kind) {
          case "GitHub" -> GitHubPublisher.of(json.text("repository"), json.text("workflow"));
          case "GitLab" ->
              new GitLabPublisher(json.text("repository"), json.text("workflow_filepath"));
          case "Google" -> new AccountPublisher(Forge.GOOGLE, json.text("email"));
          case "ActiveState" ->
              new ActiveStatePublisher(json.text("organization"), json.text("project"));
          default ->
              throw new RefusedException(
                  Reason.OTHER_PUBLISHER,
                  "the index names a publisher of the unknown kind " + kind);
        };
    return new PublisherClaim(publisher, json.textOrNull("environment"));
  }

  private static Attestation attestation(JsonObject json) throws RefusedException {
    json.only("version", "verification_material", "envelope").requireVersion1();
    JsonObject material =
        json.object("verification_material").only("certificate", "transparency_entries");
    JsonObject envelope = json.object("envelope").only("statement", "signature");
    List<JsonObject> entries = material.objects("transparency_entries");
    if (entries.size() != 1) {
      throw new RefusedException(
          Reason.LOG_ENTRIES,
          "the attestation has %d entries of a log, not one".formatted(entries.size()));
    }
    return new Attestation(
        material.base64("certificate", AttestationLimits.CERTIFICATE),
        entry(entries.getFirst()),
        envelope.base64("statement", AttestationLimits.STATEMENT),
        envelope.base64("signature", AttestationLimits.SIGNATURE));
  }

  /**
   * As Sigstore's TransparencyLogEntry (protobuf-specs, sigstore_rekor.proto) is written in JSON.
   */
  private static LogEntry entry(JsonObject json) throws RefusedException {
    json.only(
        "logIndex",
        "logId",
        "kindVersion",
        "integratedTime",
        "inclusionPromise",
        "inclusionProof",
        "canonicalizedBody");
    JsonObject kind = json.object("kindVersion").only("kind", "version");
    return new LogEntry(
        json.decimal("logIndex"),
        json.object("logId").only("keyId").base64("keyId", 32),
        kind.text("kind"),
        kind.text("version"),
        Instant.ofEpochSecond(seconds(json)),
        json.object("inclusionPromise")
            .only("signedEntryTimestamp")
            .base64("signedEntryTimestamp", AttestationLimits.SIGNATURE),
        proof(json.object("inclusionProof")),
        json.base64("canonicalizedBody", AttestationLimits.LOG_BODY));
  }

  private static long seconds(JsonObject json) throws RefusedException {
    long seconds = json.decimal("integratedTime");
    if (seconds == 0 || seconds > Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()) {
      throw new RefusedException(Reason.SIGNING_TIME, "the log's time is none");
    }
    return seconds;
  }

  private static InclusionProof proof(JsonObject json) throws RefusedException {
    json.only("logIndex", "rootHash", "treeSize", "hashes", "checkpoint");
    List<Octets> hashes = json.base64List("hashes", 32);
    String checkpoint = json.object("checkpoint").only("envelope").text("envelope");
    if (hashes.size() > AttestationLimits.PROOF
        || checkpoint.length() > AttestationLimits.CHECKPOINT) {
      throw new RefusedException(
          Reason.OVERSIZED, "the log's proof is longer than that of any log");
    }
    return new InclusionProof(
        json.decimal("logIndex"),
        json.decimal("treeSize"),
        json.base64("rootHash", 32),
        hashes,
        checkpoint);
  }
}
