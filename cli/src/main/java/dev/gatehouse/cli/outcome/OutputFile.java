package dev.gatehouse.cli.outcome;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file of {@code --output}. One that is there stays until the new one is whole; a run that is
 * interrupted leaves nothing of its own.
 */
public final class OutputFile {
  private final String what;
  private final Path path;

  /** Writes what goes into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Prepares; nothing is written yet.
   *
   * @param what goes into it, for messages: {@code the report}
   * @throws CommandFailure where no file can be written there: better said before the work than
   *     after
   */
  public OutputFile(String what, Path path) {
    this.what = what;
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
        "Could not write " + what + " to " + path + ": " + reason + ".",
        "Name another file with --output.");
  }

  /** Writes it, and ends the command where that cannot be done. */
  public void write(Content content) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe or a device: there is nothing to replace.
        try (Writer out = Files.newBufferedWriter(path, StandardOpenOption.WRITE)) {
          content.writeTo(out);
        }
      } else {
        replace(content);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write " + what + " to " + path + ": " + Reasons.of(e) + ".",
          "Make room or name another file with --output, and run it again.");
    }
  }

  private void replace(Content content) throws IOException {
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
        content.writeTo(out);
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
