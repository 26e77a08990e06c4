package dev.gatehouse.cli.installers;

import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pip that a Python came with.
 *
 * @param python the interpreter
 * @param wheel of pip, in the interpreter's {@code ensurepip}
 */
record BundledPip(Path python, Path wheel) {
  /** Of all Pythons that pyenv keeps for this user; none where there is no pyenv. */
  static List<BundledPip> all() {
    Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(versions)) {
      return homes.flatMap(home -> of(home).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<BundledPip> of(Path home) {
    try (Stream<Path> files =
        Files.find(
            home.resolve("lib"),
            4,
            (path, _) -> path.getFileName().toString().matches("pip-.*\\.whl"))) {
      return files.map(wheel -> new BundledPip(home.resolve("bin/python"), wheel)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Version version() {
    return WheelName.parse(wheel.getFileName().toString()).version();
  }
}
