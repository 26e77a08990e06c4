package dev.gatehouse.upstream;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.ReadPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The artifacts that lie directly in a folder, of whatever projects. */
final class FlatFolder {
  private final FolderRoot root;

  FlatFolder(FolderRoot root) {
    this.root = root;
  }

  /**
   * The page of a project; empty when no file is one of its artifacts.
   *
   * @throws IOException when the folder cannot be read
   */
  Optional<ReadPage> page(ProjectName project, FolderFiles files) throws IOException {
    FolderPage page = new FolderPage();
    for (String filename : names()) {
      // Most files are other projects', and to say so is cheap.
      if (possibleProjects(filename).contains(project)) {
        add(filename, project, files, page);
      }
    }
    return page.isEmpty() ? Optional.empty() : Optional.of(page.finish(project));
  }

  private void add(String filename, ProjectName project, FolderFiles files, FolderPage page) {
    List<ArtifactName> readings = readings(filename);
    for (ArtifactName name : readings) {
      if (name.project().equals(project) && readings.size() == 1) {
        page.add(filename, () -> files.unlisted(root, root.folder().resolve(filename), name));
      } else if (name.project().equals(project)) {
        page.drop(
            filename,
            "it can be of %d projects; let it lie in a folder of its project's name"
                .formatted(readings.size()));
      }
    }
  }

  /** The projects whose artifacts lie here, in order. */
  Set<ProjectName> projects() throws IOException {
    Set<ProjectName> projects = new TreeSet<>();
    for (String filename : names()) {
      List<ArtifactName> readings = readings(filename);
      if (readings.size() == 1) {
        projects.add(readings.getFirst().project());
      }
    }
    return projects;
  }

  private List<String> names() throws IOException {
    return FolderRoot.names(root.inside(root.folder()));
  }

  /**
   * All that a file name can mean. Names of sdists older than PEP 625 hold dashes, and {@code
   * foo-2-1.zip} is foo 2.post1 as well as foo-2 1. Nothing here says which, so it is neither: else
   * one file would be two projects' artifact.
   */
  private static List<ArtifactName> readings(String filename) {
    List<ArtifactName> readings = new ArrayList<>();
    for (ProjectName project : possibleProjects(filename)) {
      ArtifactName.parseIfValid(filename, project).ifPresent(readings::add);
    }
    return readings;
  }

  private static Set<ProjectName> possibleProjects(String filename) {
    Set<ProjectName> possible = new TreeSet<>();
    int dash = filename.indexOf('-');
    while (dash >= 0) {
      ProjectName.parseIfValid(filename.substring(0, dash)).ifPresent(possible::add);
      dash = filename.endsWith(".whl") ? -1 : filename.indexOf('-', dash + 1);
    }
    return possible;
  }
}
