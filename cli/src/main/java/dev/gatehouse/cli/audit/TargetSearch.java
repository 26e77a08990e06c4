package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Turns what the user named into tasks: each file once, in the order given. */
final class TargetSearch {
  private final Inspectors inspectors;
  private final Path workingFolder;
  private final List<Task> tasks = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  /**
   * @param workingFolder where relative targets begin
   */
  TargetSearch(Inspectors inspectors, Path workingFolder) {
    this.inspectors = inspectors;
    this.workingFolder = workingFolder;
  }

  /**
   * All of them.
   *
   * @param targets files, folders, and patterns that no shell has replaced
   * @throws CommandFailure where one of them is not there
   */
  List<Task> find(List<String> targets) throws IOException {
    if (targets.isEmpty()) {
      return inspectors.machine();
    }
    for (String target : targets) {
      for (String name : expanded(target)) {
        add(name);
      }
    }
    return tasks;
  }

  private List<String> expanded(String target) {
    if (!hasWildcard(target) || isThere(target)) {
      return List.of(target);
    }
    // Shells of Windows leave patterns to the program; others leave those that match nothing.
    List<String> names = new ArrayList<>();
    int slash = Math.max(target.lastIndexOf('/'), target.lastIndexOf('\\'));
    String folder = target.substring(0, slash + 1);
    if (!hasWildcard(folder)) {
      try (DirectoryStream<Path> matches =
          Files.newDirectoryStream(workingFolder.resolve(folder), target.substring(slash + 1))) {
        matches.forEach(match -> names.add(folder + match.getFileName()));
      } catch (IOException
          | DirectoryIteratorException
          | PatternSyntaxException
          | InvalidPathException e) {
        throw missing(target);
      }
    }
    if (names.isEmpty()) {
      throw missing(target);
    }
    Collections.sort(names);
    return names;
  }

  private static boolean hasWildcard(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
  }

  private boolean isThere(String target) {
    try {
      return Files.exists(workingFolder.resolve(target));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static CommandFailure missing(String target) {
    String shown = Printable.of(target, 300);
    return new CommandFailure(
        ExitCode.WRONG_USE,
        hasWildcard(target)
            ? "Could not audit " + shown + ": no file is named like that."
            : "Could not audit " + shown + ": there is no such file or folder.",
        "Name wheels, sdists, folders, environments or image archives; or none, for the environments of this machine.");
  }

  private void add(String target) throws IOException {
    if (!isThere(target)) {
      throw missing(target);
    }
    Path path = workingFolder.resolve(target);
    if (!seen.add(path.toRealPath())) {
      return;
    }
    if (!Files.isDirectory(path)) {
      tasks.add(file(target, path));
    } else if (EnvironmentFolders.isEnvironment(path.toAbsolutePath().normalize())) {
      tasks.add(inspectors.environment(target, path));
    } else {
      folder(target, path);
    }
  }

  private Task file(String target, Path file) throws IOException {
    if (ArtifactFiles.isImage(file)) {
      return inspectors.image(target, file);
    }
    Path folder = file.toAbsolutePath().getParent();
    return ArtifactFiles.isCode(file) && folder != null
        ? inspectors.sources(target, folder, List.of(file.getFileName()))
        : inspectors.artifact(target, file);
  }

  private void folder(String target, Path folder) throws IOException {
    FolderContents contents = FolderContents.of(folder);
    boolean nothingElse = contents.artifacts().isEmpty() && contents.environments().isEmpty();
    if (!contents.files().isEmpty() || !contents.problems().isEmpty() || nothingElse) {
      Task sources = inspectors.sources(target, folder, contents.files());
      tasks.add(contents.problems().isEmpty() ? sources : with(contents.problems(), sources));
    }
    for (Path environment : contents.environments()) {
      if (seen.add(environment.toRealPath())) {
        tasks.add(inspectors.environment(inside(target, folder, environment), environment));
      }
    }
    for (Path artifact : contents.artifacts()) {
      if (seen.add(artifact.toRealPath())) {
        tasks.add(file(inside(target, folder, artifact), artifact));
      }
    }
  }

  /** What could not be listed belongs to the same report: it must not be called clean. */
  private static Task with(List<Problem> problems, Task task) {
    return new Task(
        task.target(),
        task.kind(),
        task.bytes(),
        meter -> {
          TargetReport report = task.inspection().inspect(meter);
          return new TargetReport(
              report.target(),
              report.kind(),
              report.sha256(),
              report.findings(),
              Stream.concat(problems.stream(), report.problems().stream()).toList(),
              report.details());
        });
  }

  private static String inside(String target, Path folder, Path file) {
    String relative = folder.relativize(file).toString().replace('\\', '/');
    return target.endsWith("/") || target.endsWith("\\")
        ? target + relative
        : target + "/" + relative;
  }
}
