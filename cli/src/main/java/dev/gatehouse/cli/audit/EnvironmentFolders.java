package dev.gatehouse.cli.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a folder that Python packages are installed in from any other. */
final class EnvironmentFolders {
  private EnvironmentFolders() {}

  /**
   * Whether it is a virtual environment (PEP 405), a conda one, a prefix that has {@code
   * lib/python3.*}{@code /site-packages} or {@code Lib/site-packages}, or a site directory itself.
   */
  static boolean isEnvironment(Path folder) {
    Path name = folder.getFileName();
    if (name != null
        && (name.toString().equals("site-packages") || name.toString().equals("dist-packages"))) {
      return true;
    }
    return Files.isRegularFile(folder.resolve("pyvenv.cfg"))
        || Files.isDirectory(folder.resolve("conda-meta"))
        || Files.isDirectory(folder.resolve("Lib/site-packages"))
        || hasSiteDirectory(folder.resolve("lib"))
        || hasSiteDirectory(folder.resolve("lib64"));
  }

  private static boolean hasSiteDirectory(Path library) {
    if (!Files.isDirectory(library)) {
      return false;
    }
    try (DirectoryStream<Path> pythons = Files.newDirectoryStream(library, "{python,pypy}*")) {
      for (Path python : pythons) {
        if (Files.isDirectory(python.resolve("site-packages"))
            || Files.isDirectory(python.resolve("dist-packages"))) {
          return true;
        }
      }
      return false;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // Not listable: whoever looks at the folder comes upon it again, and says so.
      return false;
    }
  }
}
