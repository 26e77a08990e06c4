package dev.gatehouse.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the SQLite driver unpacks its native library: into a folder of our own, mode 0700, anew at
 * each start. The driver's default is the folder for temporary files, where other users could wait
 * for it, and which hardened systems mount without the right to execute. Where the data folder is
 * mounted so, start Java with {@code -Dorg.sqlite.tmpdir=FOLDER}; that is left as it is.
 */
final class NativeLibrary {
  private static final String DRIVER_PROPERTY = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /** Does nothing from the second time on: the library is loaded once in the life of a JVM. */
  static synchronized void unpackInto(Path folder) throws IOException {
    if (System.getProperty(DRIVER_PROPERTY) == null) {
      PrivateFiles.createFolders(folder);
      removeLeftovers(folder);
      System.setProperty(DRIVER_PROPERTY, folder.toString());
    }
  }

  /** The driver removes its files when the JVM ends in peace, and only then. */
  private static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }
}
