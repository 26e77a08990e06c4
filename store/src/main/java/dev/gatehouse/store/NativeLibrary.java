package dev.gatehouse.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where the SQLite driver's native library lies: in a folder of our own, mode 0700. The driver
 * would unpack it into the folder for temporary files, where other users could wait for it, and
 * which hardened systems mount without the right to execute; it would leave a copy behind at each
 * unclean end, and take 70 ms of processor time at each start. Where the data folder is mounted so,
 * start Java with {@code -Dorg.sqlite.lib.path=FOLDER} and put the library there: that is left as
 * it is.
 */
final class NativeLibrary {
  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /**
   * Puts the library into the folder and tells the driver. Does nothing from the second time on: it
   * is loaded once in the life of a JVM.
   */
  static synchronized void unpackInto(Path folder) throws IOException {
    if (System.getProperty(PATH_PROPERTY) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    PrivateFiles.createFolders(folder);
    unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, folder.resolve(name));
    System.setProperty(PATH_PROPERTY, folder.toString());
    System.setProperty(NAME_PROPERTY, name);
  }

  /** What lies there is used only if it is, byte for byte, what the driver brings. */
  private static void unpack(String resource, Path file) throws IOException {
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the SQLite driver knows no such system: " + resource);
      }
      byte[] library = in.readAllBytes();
      if (Files.notExists(file) || !Arrays.equals(library, Files.readAllBytes(file))) {
        PrivateFiles.write(file, library);
      }
    }
  }
}
