package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page while it is being read: keeps the files that can be offered and remembers why others
 * cannot.
 */
final class PageDraft {
  /** A hundred times the 2,000 files of what counts as a long page. */
  static final int MOST_FILES = 200_000;

  private final ProjectName project;
  private final Map<String, PageFile> files = new LinkedHashMap<>();
  private final Problems problems = new Problems();
  private ProjectStatus status = ProjectStatus.active();
  private int entries;

  PageDraft(ProjectName project) {
    this.project = project;
  }

  /**
   * Takes the file, or a problem where it cannot be one; of two with the same name the first is
   * kept.
   */
  void add(FileEntry entry, Links links) {
    entries++;
    if (entries > MOST_FILES) {
      throw new MalformedException(
          "a page of %s lists more than %d files".formatted(project, MOST_FILES));
    }
    try {
      PageFile file = entry.toFile(project, links);
      if (files.putIfAbsent(file.name().filename(), file) != null) {
        throw new MalformedException("it is listed twice");
      }
      entry.notes().forEach(note -> problems.add("%s: %s".formatted(file.name(), note)));
    } catch (MalformedException e) {
      String name = quoted(entry.filename == null ? "" : entry.filename);
      problems.add("dropped %s: %s".formatted(name, e.getMessage()));
    }
  }

  /** Takes a status marker; an unknown one is a problem, for nothing says what it forbids. */
  void status(String marker, @Nullable String reason) {
    ProjectStatus.State.find(marker)
        .ifPresentOrElse(
            state ->
                status =
                    new ProjectStatus(state, reason == null ? null : PageText.shortened(reason)),
            () -> problems.add("an unknown project status: " + quoted(marker)));
  }

  void problem(String problem) {
    problems.add(problem);
  }

  /** The page; its versions are those of the files where it stated none. */
  ReadPage finish(@Nullable List<String> versions) {
    List<PageFile> all = List.copyOf(files.values());
    List<String> stated = versions != null ? versions : ProjectPage.versionsOf(all);
    return new ReadPage(new ProjectPage(project, status, stated, all), problems.list());
  }
}
