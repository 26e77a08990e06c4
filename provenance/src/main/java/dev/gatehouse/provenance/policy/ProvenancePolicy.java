package dev.gatehouse.provenance.policy;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.PublisherPattern;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked: every rule that applies has to be kept. */
public record ProvenancePolicy(List<ProvenanceRule> rules) {
  /** Asks for nothing. */
  public static final ProvenancePolicy NONE = new ProvenancePolicy(List.of());

  /** Takes a copy. */
  public ProvenancePolicy {
    rules = List.copyOf(rules);
  }

  /** These rules and the other's. */
  public ProvenancePolicy and(ProvenancePolicy other) {
    return new ProvenancePolicy(Stream.concat(rules.stream(), other.rules.stream()).toList());
  }

  /** Whether each file of a project has to have an attestation. */
  public boolean requiresAttestation(ProjectName project) {
    return rules.stream().anyMatch(rule -> rule.requireAttestation() && rule.applies(project));
  }

  /**
   * What an artifact lacks.
   *
   * @param verification null: it has no attestation. What was refused is found elsewhere
   */
  public List<Finding> findings(ProjectName project, @Nullable Verification verification) {
    List<ProvenanceRule> asked = rules.stream().filter(rule -> rule.applies(project)).toList();
    return switch (verification) {
      case null -> missing(project, asked);
      case Verification.Refused _ -> List.of();
      case Verification.Verified verified -> unexpected(verified, asked);
    };
  }

  private static List<Finding> missing(ProjectName project, List<ProvenanceRule> asked) {
    return asked.stream().anyMatch(ProvenanceRule::requireAttestation)
        ? List.of(
            ProvenanceRules.MISSING.onTarget(
                "It has no attestation, and the policy asks for one of " + project))
        : List.of();
  }

  private static List<Finding> unexpected(
      Verification.Verified verified, List<ProvenanceRule> asked) {
    List<Finding> findings = new ArrayList<>();
    for (ProvenanceRule rule : asked) {
      for (VerifiedAttestation attestation : verified.attestations()) {
        Publisher publisher = attestation.signer().publisher();
        List<PublisherPattern> expected = rule.publishers();
        if (!expected.isEmpty()
            && expected.stream().noneMatch(pattern -> pattern.matches(publisher))) {
          findings.add(
              ProvenanceRules.UNEXPECTED.onTarget(
                  "Published by %s, not by %s"
                      .formatted(
                          publisher.text(),
                          expected.stream()
                              .map(PublisherPattern::toString)
                              .collect(Collectors.joining(" or ")))));
        }
      }
    }
    return findings;
  }
}
