package dev.gatehouse.provenance.report;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.identity.RefKind;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an artifact's provenance.
 *
 * @param sha256 of its bytes
 * @param digestOf where the digest comes from: "of its bytes", "as the index states it"
 * @param verification null: it has no attestation
 */
public record ArtifactProvenance(
    ArtifactName artifact, Sha256 sha256, String digestOf, @Nullable Verification verification) {

  /**
   * The report of it.
   *
   * @param target as the user named it
   * @param more findings that others made
   */
  public TargetReport report(
      String target, ProvenancePolicy policy, TrustRoot root, Instant now, List<Finding> more) {
    List<Finding> findings = new ArrayList<>(more);
    List<Problem> problems = new ArrayList<>();
    findings.addAll(policy.findings(artifact.project(), verification));
    switch (verification) {
      case null -> {}
      case Verification.Refused(Refusal refusal) -> refused(refusal, findings, problems);
      case Verification.Verified verified ->
          verified.attestations().forEach(each -> told(each.signer(), findings));
    }
    return new TargetReport(
        target, Kind.PROVENANCE, sha256.hex(), findings, problems, details(root, now));
  }

  private static void refused(Refusal refusal, List<Finding> findings, List<Problem> problems) {
    String message = "%s (%s)".formatted(refusal.message(), refusal.reason().text());
    if (refusal.reason().isOurs()) {
      problems.add(
          new Problem(
              null,
              "Nothing was verified: %s. Name a newer one with --trusted-root, or let it be refreshed."
                  .formatted(message)));
    } else {
      findings.add(ProvenanceRules.INVALID.onTarget("Its attestation is refused: " + message));
    }
  }

  private static void told(SignerIdentity signer, List<Finding> findings) {
    if ("self-hosted".equals(signer.runner())) {
      findings.add(ProvenanceRules.SELF_HOSTED.onTarget("Built on a machine of the project's own"));
    }
    if (signer.refKind() == RefKind.BRANCH || signer.refKind() == RefKind.OTHER) {
      findings.add(ProvenanceRules.NO_TAG.onTarget("Built from " + signer.ref()));
    }
  }

  private Map<String, Object> details(TrustRoot root, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("project", artifact.project().normalized());
    details.put("version", artifact.version().toString());
    details.put("file", artifact.filename());
    details.put("attested", verification instanceof Verification.Verified);
    switch (verification) {
      case null -> {}
      case Verification.Refused(Refusal refusal) -> {
        details.put("refused", refusal.reason().text());
        details.put("reason", refusal.message());
      }
      case Verification.Verified verified -> {
        details.put(
            "attestations", verified.attestations().stream().map(Identities::details).toList());
        details.put("checked", checked(verified));
      }
    }
    details.put("trusted-root", root(root, now));
    return details;
  }

  private List<String> checked(Verification.Verified verified) {
    List<String> checked = new ArrayList<>();
    checked.add("one subject, its file name and its SHA-256 (%s)".formatted(digestOf));
    checked.add("certificate chain and its log's promise");
    checked.add("signature, and its entry in the transparency log");
    checked.add("the entry's time lies in the certificate's");
    boolean claimed = verified.attestations().stream().allMatch(VerifiedAttestation::claimed);
    checked.add(
        claimed
            ? "the index names the publisher of the certificate"
            : "publisher by the certificate alone");
    return checked;
  }

  static Map<String, Object> root(TrustRoot root, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", root.name());
    details.put("date", root.date().toString().substring(0, 10));
    details.put("age-days", root.age(now).toDays());
    root.note().ifPresent(note -> details.put("note", note));
    return details;
  }
}
