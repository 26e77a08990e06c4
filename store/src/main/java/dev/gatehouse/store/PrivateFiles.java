package dev.gatehouse.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders that nobody but their owner can read, from the moment they exist. Where a file
 * system knows no POSIX permissions (Windows), they inherit those of the folder above.
 */
public final class PrivateFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  /** Makes the folder, and those above it that are missing, with mode 0700. */
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
  }

  /**
   * Makes an empty file with mode 0600.
   *
   * @throws FileAlreadyExistsException when something of that name exists
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, permissions("rw-------"));
  }

  /** Makes an empty file with mode 0600, or leaves what is there as it is. */
  public static void createFileIfMissing(Path file) throws IOException {
    try {
      createFile(file);
    } catch (FileAlreadyExistsException e) {
      // It is there, which is all that was asked.
    }
  }

  /**
   * Writes a whole file with mode 0600. Whoever reads it sees the old text or the new, never a
   * part, and the new survives a loss of power.
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    createFile(fresh);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    moveInPlace(fresh, file);
  }

  /** Renames within a file system in one step, and returns when the new name is safe on disk. */
  static void moveInPlace(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    sync(to.resolveSibling("."));
  }

  /** Makes the names in a folder safe from a loss of power. */
  static void sync(Path folder) throws IOException {
    if (POSIX) { // Windows has no such call for a folder, and its journal no need of it
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] permissions(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
