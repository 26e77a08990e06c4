package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A project's page, from which both representations are made.
 *
 * @param versions as the index lists them (PEP 700); more than the files' where a version has none
 *     left
 * @param files in the index's order, each name once
 */
public record ProjectPage(
    ProjectName name, ProjectStatus status, List<String> versions, List<PageFile> files) {
  /**
   * Takes copies of both lists.
   *
   * @throws MalformedException when a file is another project's, or a name comes twice
   */
  public ProjectPage {
    versions = versions.stream().map(PageText::writable).toList();
    files = List.copyOf(files);
    Set<String> seen = HashSet.newHashSet(files.size());
    for (PageFile file : files) {
      if (!file.name().project().equals(name)) {
        throw new MalformedException(
            "%s is not a file of %s".formatted(quoted(file.name().filename()), name));
      }
      if (!seen.add(file.name().filename())) {
        throw new MalformedException(
            "a page of %s has %s twice".formatted(name, quoted(file.name().filename())));
      }
    }
  }

  /** An active project's page whose versions are those of its files. */
  public static ProjectPage of(ProjectName name, List<PageFile> files) {
    return new ProjectPage(name, ProjectStatus.active(), versionsOf(files), files);
  }

  /** The files that a page may show: none while the project is quarantined (PEP 792). */
  public List<PageFile> offered() {
    return status.state() == ProjectStatus.State.QUARANTINED ? List.of() : files;
  }

  /** The versions that the files have, each once, in the files' order. */
  static List<String> versionsOf(List<PageFile> files) {
    return files.stream().map(file -> file.name().version().toString()).distinct().toList();
  }
}
