package dev.gatehouse.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Which files of a folder are artifacts, by name, and by content where the name does not say. */
final class ArtifactFiles {
  private static final List<String> SOURCE_SUFFIXES =
      List.of(".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst", ".zip");

  private static final List<String> CODE_SUFFIXES =
      List.of(
          ".py", ".pyw", ".pth", ".start", ".sh", ".js", ".mjs", ".cjs", ".ps1", ".bat", ".cmd");

  private ArtifactFiles() {}

  /** A single module, script or start-up file, which is no archive. */
  static boolean isCode(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return CODE_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  static boolean isArtifact(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".whl") || name.endsWith(".egg") || isSource(name) || isImage(file);
  }

  /** A data set may be a tar.gz, too; only a name that has a version makes it an sdist. */
  private static boolean isSource(String name) {
    if (SOURCE_SUFFIXES.stream().noneMatch(name::endsWith)) {
      return false;
    }
    int hyphen = name.indexOf('-', 1);
    while (hyphen >= 0 && !Character.isDigit(name.charAt(hyphen + 1))) {
      hyphen = name.indexOf('-', hyphen + 1);
    }
    return hyphen > 0;
  }

  static boolean isImage(Path file) {
    try {
      return Files.isRegularFile(file) && ImageSniffer.isImage(file);
    } catch (IOException e) {
      return false; // Whoever reads it as something else says why it cannot be read.
    }
  }
}
