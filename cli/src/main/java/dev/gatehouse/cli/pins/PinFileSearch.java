package dev.gatehouse.cli.pins;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.pins.reading.FormatNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns what the user named into requirement and lock files: a folder is searched for them. */
final class PinFileSearch {
  private static final Path HERE = Path.of(".");
  private static final int DEEPEST = 16;
  private static final int MOST_ENTRIES = 500_000;

  /** Folders that hold what others wrote, or what tools made. */
  private static final Set<String> SKIPPED =
      Set.of(
          "node_modules", "site-packages", "venv", "env", "target", "build", "dist", "__pycache__");

  private PinFileSearch() {}

  /**
   * The files, each once, in the order given; those of a folder by their paths.
   *
   * @throws CommandFailure where one is not there, or a folder has none or cannot be searched
   */
  static List<Path> find(List<String> targets) {
    List<Path> files = new ArrayList<>();
    for (String target : targets.isEmpty() ? List.of(".") : targets) {
      Path path = path(target);
      List<Path> found = Files.isDirectory(path) ? inFolder(target, path) : List.of(path);
      found.stream().filter(file -> !files.contains(file)).forEach(files::add);
    }
    return files;
  }

  private static Path path(String target) {
    try {
      Path path = Path.of(target);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Said below, in the same words.
    }
    throw new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not check " + Printable.of(target, 300) + ": there is no such file or folder.",
        "Name requirement or lock files, or a folder that has some.");
  }

  private static List<Path> inFolder(String target, Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, Set.of(), DEEPEST, new Visitor(folder, found));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not search " + Printable.of(target, 300) + ": " + Reasons.of(e) + ".",
          "Name the files themselves.");
    }
    if (found.isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not check "
              + Printable.of(target, 300)
              + ": there is no requirement or lock file in it.",
          "Name the file, if it is called otherwise than its tool calls it.");
    }
    found.sort(null);
    return found;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> found;
    private int entries;

    Visitor(Path folder, List<Path> found) {
      this.folder = folder;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
      String name = entered.getFileName() == null ? "" : entered.getFileName().toString();
      boolean hidden = name.startsWith(".") && !name.equals(".") && !name.equals("..");
      return !entered.equals(folder) && (hidden || SKIPPED.contains(name))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (++entries > MOST_ENTRIES) {
        throw new IOException("it has more than %,d files".formatted(MOST_ENTRIES));
      }
      if (attributes.isRegularFile()
          && FormatNames.find(file.getFileName().toString()).isPresent()) {
        found.add(folder.equals(HERE) ? HERE.relativize(file) : file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
