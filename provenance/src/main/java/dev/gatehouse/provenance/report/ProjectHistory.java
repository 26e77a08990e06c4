package dev.gatehouse.provenance.report;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.provenance.continuity.Baseline;
import dev.gatehouse.provenance.continuity.Continuity;
import dev.gatehouse.provenance.continuity.KnownPublisher;
import dev.gatehouse.provenance.continuity.VersionProvenance;
import dev.gatehouse.provenance.verification.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of a project and who published them.
 *
 * @param problems what could not be had of it
 */
public record ProjectHistory(
    ProjectName project, List<VersionProvenance> versions, List<Problem> problems) {
  /** Takes copies, and puts the versions in their order. */
  public ProjectHistory {
    versions = List.copyOf(Continuity.inOrder(versions));
    problems = List.copyOf(problems);
  }

  /**
   * The report of it: against itself, and where there is one against what a team wrote down.
   *
   * @param baseline empty: nothing was
   */
  public TargetReport report(Optional<Baseline.Entry> baseline, TrustRoot root, Instant now) {
    List<Finding> findings = new ArrayList<>(Continuity.findings(versions));
    baseline.ifPresent(entry -> findings.addAll(Continuity.findings(versions, entry)));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("project", project.normalized());
    details.put("versions", versions.stream().map(ProjectHistory::line).toList());
    baseline.ifPresent(entry -> details.put("baseline", entry.version().toString()));
    details.put("trusted-root", ArtifactProvenance.root(root, now));
    return new TargetReport(
        project.normalized(), Kind.PROVENANCE, null, findings, problems, details);
  }

  private static Map<String, Object> line(VersionProvenance version) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("version", version.version().toString());
    if (version.published() != null) {
      line.put("published", version.published().toString());
    }
    line.put("files", version.files().size());
    line.put("attested", version.files().size() - version.unattested().size());
    line.put("publishers", version.publishers().stream().map(ProjectHistory::details).toList());
    return line;
  }

  private static Map<String, Object> details(KnownPublisher publisher) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("publisher", publisher.publisher().text());
    details.put("ref", publisher.ref().text());
    if (publisher.runner() != null) {
      details.put("runner", publisher.runner());
    }
    if (publisher.trigger() != null) {
      details.put("trigger", publisher.trigger());
    }
    if (publisher.ownerId() != null) {
      details.put("owner-id", publisher.ownerId());
    }
    if (publisher.repositoryId() != null) {
      details.put("repository-id", publisher.repositoryId());
    }
    return details;
  }
}
