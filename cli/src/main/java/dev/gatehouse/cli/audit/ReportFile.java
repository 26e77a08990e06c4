package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.ReportWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file of {@code --output}. A report that is there stays until the new one is whole; a run that
 * is interrupted leaves nothing of its own.
 */
final class ReportFile {
  private final Path path;

  /**
   * @throws CommandFailure where no file can be written there: better said before the work than
   *     after
   */
  ReportFile(Path path) {
    this.path = path;
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw unwritable("it is a folder");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritable("the folder " + folder + " is not there");
    }
    if (!Files.isWritable(Files.exists(path) ? path : folder)) {
      throw unwritable("permission denied");
    }
  }

  private CommandFailure unwritable(String reason) {
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not write the report to " + path + ": " + reason + ".",
        "Name another file with --output.");
  }

  /** Writes it. */
  void write(Report report, ReportWriter writer) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe or a device: there is nothing to replace.
        try (Writer out = Files.newBufferedWriter(path, StandardOpenOption.WRITE)) {
          writer.write(report, out);
        }
      } else {
        replace(report, writer);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write the report to " + path + ": " + Reasons.of(e) + ".",
          "Make room or name another file with --output, and run it again.");
    }
  }

  private void replace(Report report, ReportWriter writer) throws IOException {
    // Through a link, the file behind it is meant.
    Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path part =
        real.resolveSibling(
            "." + real.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    Thread onInterrupt = Thread.ofPlatform().unstarted(() -> delete(part));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      try (Writer out =
          Files.newBufferedWriter(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writer.write(report, out);
      }
      move(part, real);
    } finally {
      delete(part);
      forget(onInterrupt);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It is ours and hidden; the next step would fail for the same reason, and says so.
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and finds nothing.
    }
  }
}
