package dev.gatehouse.comparison.match;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * An artifact as it was read.
 *
 * @param metadataFolder {@code acme-1.0.dist-info/}; of an sdist, its own folder
 * @param files all regular files, links as files
 * @param findings what is wrong with the archive
 * @param problems what of it was not read
 */
public record Artifact(
    ProjectName project,
    Version version,
    boolean isWheel,
    String metadataFolder,
    List<ArtifactFile> files,
    List<Finding> findings,
    List<Problem> problems,
    Contents contents) {
  /** Takes copies. */
  public Artifact {
    files = List.copyOf(files);
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  /** Reads files of the archive once more. */
  @FunctionalInterface
  public interface Contents {
    /** The bytes of those files that are small enough to be held. */
    Map<String, byte[]> of(Collection<ArtifactFile> files);
  }
}
