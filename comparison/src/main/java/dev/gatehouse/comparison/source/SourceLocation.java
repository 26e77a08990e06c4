package dev.gatehouse.comparison.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/** Where a source is. */
public sealed interface SourceLocation {
  /** Where it lies on this machine. */
  Path path();

  /** A git repository: its working folder, or itself where it is bare. */
  record Repository(Path path) implements SourceLocation {}

  /**
   * A git repository that was fetched.
   *
   * @param name where it came from, as it is shown
   * @param movedTags those that stood for another commit when it was fetched before
   */
  record Fetched(Path path, String name, Set<String> movedTags) implements SourceLocation {
    /** Takes a copy. */
    public Fetched {
      movedTags = Set.copyOf(movedTags);
    }
  }

  /** A file that {@code git bundle} wrote. */
  record Bundle(Path path) implements SourceLocation {}

  /** A folder without history. */
  record Folder(Path path) implements SourceLocation {}

  /**
   * What lies at a path.
   *
   * @throws SourceException where nothing is there, or something that holds no source
   */
  static SourceLocation of(Path path) throws SourceException {
    if (Files.isDirectory(path)) {
      return isRepository(path) ? new Repository(path) : new Folder(path);
    }
    if (isBundle(path)) {
      return new Bundle(path);
    }
    throw new SourceException(
        Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? "Could not take %s for a source: it is no folder, no git repository and no git bundle."
                .formatted(Printable.of(path.toString(), 300))
            : "Could not find the source %s: there is nothing of that name."
                .formatted(Printable.of(path.toString(), 300)));
  }

  private static boolean isRepository(Path folder) {
    return Files.exists(folder.resolve(".git"))
        || (Files.isRegularFile(folder.resolve("HEAD"))
            && Files.isDirectory(folder.resolve("objects"))
            && (Files.isDirectory(folder.resolve("refs"))
                || Files.exists(folder.resolve("packed-refs"))));
  }

  /** By its first line ("gitformat-bundle"). */
  private static boolean isBundle(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(16), US_ASCII);
      return head.equals("# v2 git bundle\n") || head.equals("# v3 git bundle\n");
    } catch (IOException _) {
      return false;
    }
  }
}
