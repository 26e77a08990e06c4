package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * What lies in a folder, links not followed, in the order of names.
 *
 * @param artifacts wheels, eggs, sdists and tar files, absolute
 * @param environments folders that are environments, absolute; nothing in them is listed
 * @param files all others, relative to the folder
 * @param problems what could not be listed
 */
record FolderContents(
    List<Path> artifacts, List<Path> environments, List<Path> files, List<Problem> problems) {
  /** The Linux kernel has 90,000 files, the largest monorepos some millions. */
  private static final int MOST_FILES = 2_000_000;

  /** Lists a folder that is no environment itself. */
  static FolderContents of(Path folder) {
    FolderContents found =
        new FolderContents(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Deque<Path> waiting = new ArrayDeque<>(List.of(folder));
    int seen = 0;
    while (!waiting.isEmpty()) {
      Path next = waiting.pop();
      List<Path> children = children(next, folder, found.problems());
      seen += children.size();
      if (seen > MOST_FILES) {
        found
            .problems()
            .add(
                new Problem(
                    null,
                    "Could not list the whole folder: it holds more than %,d files. Name its parts instead."
                        .formatted(MOST_FILES)));
        break;
      }
      List<Path> folders = new ArrayList<>();
      for (Path child : children) {
        found.sort(child, folder, folders);
      }
      Collections.reverse(folders);
      folders.forEach(waiting::push);
    }
    return found;
  }

  private void sort(Path child, Path folder, List<Path> folders) {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      problems.add(unread(folder.relativize(child), e));
      return;
    }
    if (attributes.isDirectory()) {
      if (child.endsWith(".git")) {
        return; // Objects of a repository: nothing of it is run by Python or its tools.
      }
      if (EnvironmentFolders.isEnvironment(child)) {
        environments.add(child);
      } else {
        folders.add(child);
      }
    } else if (attributes.isRegularFile()) {
      if (ArtifactFiles.isArtifact(child)) {
        artifacts.add(child);
      } else {
        files.add(folder.relativize(child));
      }
    }
  }

  private static List<Path> children(Path folder, Path root, List<Problem> problems) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      problems.add(unread(root.relativize(folder), e));
    }
    Collections.sort(children);
    return children;
  }

  private static Problem unread(Path path, Exception e) {
    return new Problem(
        path.toString().replace('\\', '/'), "Could not list it: " + Reasons.of(e) + ".");
  }
}
