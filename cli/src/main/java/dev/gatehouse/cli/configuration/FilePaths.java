package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.inbound.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration's paths mean. */
public final class FilePaths {
  private FilePaths() {}

  /** The folder that a file's relative paths start from, and beside which its data lies. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file.toAbsolutePath().getRoot() : folder;
  }

  /** A path as a file names it. */
  static Path path(Path folder, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be a path, not " + quoted(text));
    }
    return folder.resolve(text).normalize();
  }

  /** A file that is there and can be read. */
  static Path existing(Path folder, String text) {
    Path file = path(folder, text);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException("there is no readable file " + file);
    }
    return file;
  }

  /** The files of TLS; null: none are named. */
  static @Nullable TlsFiles tls(
      TableReader table, Setting certificateSetting, Setting keySetting, Path folder) {
    Optional<Path> certificate = table.find(certificateSetting, path -> existing(folder, path));
    Optional<Path> key = table.find(keySetting, path -> existing(folder, path));
    if (table.has(certificateSetting) != table.has(keySetting)) {
      Setting there = table.has(keySetting) ? keySetting : certificateSetting;
      table.problem(there, "tls-certificate and tls-key are given together or not at all");
    }
    return certificate.isPresent() && key.isPresent()
        ? new TlsFiles(certificate.get(), key.get())
        : null;
  }
}
