package dev.gatehouse.cli.lock;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an export while it is written: beside the one that is meant, which it replaces once
 * it is whole. A run that is interrupted leaves nothing of its own.
 */
final class ExportFolder implements AutoCloseable {
  /** The file by which an export is known. Project names have no dot: it is none of theirs. */
  static final String VERDICTS = "verdicts.json";

  private final Path target;
  private final Path part;
  private final Path old;
  private final Thread onInterrupt;

  private ExportFolder(Path target, Path part, Path old) {
    this.target = target;
    this.part = part;
    this.old = old;
    this.onInterrupt = Thread.ofPlatform().unstarted(() -> remove(part));
  }

  /**
   * Begins an export.
   *
   * @param folder where it will be: nowhere yet, empty, or an earlier export, which is replaced
   * @throws CommandFailure where something else lies there, or nothing can be written beside it
   */
  static ExportFolder beside(Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    @Nullable Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw refused(folder, "the folder " + parent + " is not there");
    }
    try {
      if (Files.exists(target) && !isReplaceable(target)) {
        throw refused(folder, "something else than an earlier export lies there");
      }
      String name = "." + target.getFileName() + "." + ProcessHandle.current().pid();
      ExportFolder export =
          new ExportFolder(
              target, target.resolveSibling(name + ".part"), target.resolveSibling(name + ".old"));
      Files.createDirectory(export.part);
      Runtime.getRuntime().addShutdownHook(export.onInterrupt);
      return export;
    } catch (IOException e) {
      throw refused(folder, Reasons.of(e));
    }
  }

  private static CommandFailure refused(Path folder, String reason) {
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not export to " + folder + ": " + reason + ".",
        "Name another folder: one that does not exist, is empty, or is an earlier export.");
  }

  private static boolean isReplaceable(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
      return !entries.iterator().hasNext() || VerdictsDocument.isOne(target.resolve(VERDICTS));
    }
  }

  /** Where it will be. */
  Path target() {
    return target;
  }

  /** A file of it that belongs to no project; its name has a dot. */
  Path file(String name) {
    return part.resolve(name);
  }

  /** A file of a project; its folder is made. */
  Path file(ProjectName project, String name) throws IOException {
    return Files.createDirectories(part.resolve(project.normalized())).resolve(name);
  }

  /** Puts it in the place that was meant. */
  void finish() throws IOException {
    boolean replaces = Files.exists(target);
    if (replaces) {
      Files.move(target, old);
    }
    try {
      Files.move(part, target);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, target);
      }
      throw e;
    }
    remove(old);
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    remove(part);
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and finds nothing.
    }
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is ours and hidden, and beside what was asked for: nothing that was asked for failed.
    }
  }
}
