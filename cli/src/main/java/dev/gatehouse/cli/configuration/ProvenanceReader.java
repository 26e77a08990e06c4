package dev.gatehouse.cli.configuration;

import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.provenance.identity.PublisherPattern;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.policy.ProvenanceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code [[provenance]]}. */
final class ProvenanceReader {
  private ProvenanceReader() {}

  static ProvenancePolicy read(List<TableReader> tables) {
    List<ProvenanceRule> rules = new ArrayList<>();
    for (TableReader table : tables) {
      List<ProjectPattern> projects =
          table.list(Setting.PROVENANCE_PROJECTS, ProjectPattern::parse);
      List<PublisherPattern> publishers =
          table.oneOrMore(Setting.PUBLISHER, PublisherPattern::parse);
      Optional<Boolean> required =
          table.find(Setting.REQUIRE_ATTESTATION, Boolean.class, "true or false");
      if (table.has(Setting.PUBLISHER) && required.equals(Optional.of(false))) {
        table.problem(
            Setting.REQUIRE_ATTESTATION,
            "cannot be false where publisher is given: leaving the attestation out would be the way round it");
      }
      rules.add(new ProvenanceRule(projects, required.orElse(false), publishers));
    }
    return new ProvenancePolicy(rules);
  }
}
