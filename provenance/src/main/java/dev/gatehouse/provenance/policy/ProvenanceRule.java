package dev.gatehouse.provenance.policy;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.provenance.identity.PublisherPattern;
import java.util.List;

/**
 * What is asked of some projects.
 *
 * @param projects none: all
 * @param requireAttestation whether each file has to have one. Naming publishers asks for it, too:
 *     else leaving the attestation out would be the way round
 * @param publishers one of whom has to have published; none: anybody
 */
public record ProvenanceRule(
    List<ProjectPattern> projects, boolean requireAttestation, List<PublisherPattern> publishers) {
  /** Takes copies. */
  public ProvenanceRule {
    projects = List.copyOf(projects);
    publishers = List.copyOf(publishers);
    requireAttestation = requireAttestation || !publishers.isEmpty();
  }

  boolean applies(ProjectName project) {
    return projects.isEmpty() || projects.stream().anyMatch(each -> each.matches(project));
  }
}
