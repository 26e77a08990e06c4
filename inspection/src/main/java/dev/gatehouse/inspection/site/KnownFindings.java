package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;

/** What is publicly known to be bad, as findings. */
public interface KnownFindings {
  /** On a file of these bytes. */
  List<Finding> file(String path, Sha256 sha256);

  /**
   * On a version of a project.
   *
   * @param path of its metadata
   */
  List<Finding> version(String path, ProjectName project, Version version);

  /** Knows nothing. */
  static KnownFindings none() {
    return new KnownFindings() {
      @Override
      public List<Finding> file(String path, Sha256 sha256) {
        return List.of();
      }

      @Override
      public List<Finding> version(String path, ProjectName project, Version version) {
        return List.of();
      }
    };
  }
}
