package dev.gatehouse.upstream;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.ReadPage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A page while it is made of what lies in a folder; what cannot be offered becomes a problem. */
final class FolderPage {
  private static final int MOST_PROBLEMS = 100;

  /** A folder has no order of its own. */
  private static final Comparator<PageFile> ORDER =
      Comparator.comparing((PageFile file) -> file.name().version())
          .thenComparing(file -> file.name().filename());

  /** Looks at a file, which may fail. */
  interface Look {
    PageFile look() throws IOException;
  }

  private final List<PageFile> files = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Adds what is seen, or says why it is dropped. */
  void add(String filename, Look file) {
    try {
      files.add(file.look());
    } catch (IOException e) {
      drop(filename, reason(e));
    }
  }

  /** Says why a file is not offered. */
  void drop(String filename, String problem) {
    note("dropped %s: %s".formatted(quoted(filename), problem));
  }

  /** Says what is wrong with the page; of too many problems the first are kept. */
  void note(String problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  /** Why a file could not be seen, without a path of this machine. */
  static String reason(IOException e) {
    return switch (e) {
      case FolderException ours -> ours.problem();
      case NoSuchFileException _ -> "it is not there";
      default -> "it cannot be read";
    };
  }

  /** Whether nothing was found, neither good nor bad. */
  boolean isEmpty() {
    return files.isEmpty() && problems.isEmpty();
  }

  /** The page of a project that nothing but files tells of. */
  ReadPage finish(ProjectName project) {
    return new ReadPage(ProjectPage.of(project, files.stream().sorted(ORDER).toList()), problems);
  }

  /** The page that was read, with those of its files that are there. */
  ReadPage finish(ProjectPage read) {
    return new ReadPage(
        new ProjectPage(read.name(), read.status(), read.versions(), files), problems);
  }
}
