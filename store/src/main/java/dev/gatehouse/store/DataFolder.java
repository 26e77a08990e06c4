package dev.gatehouse.store;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder in which a server keeps all that it knows, held by one process at a time and readable
 * by its owner only. Closing it lets others in; so does the death of the process, however it dies.
 */
public final class DataFolder implements AutoCloseable {
  /**
   * Which folders this JVM holds. POSIX locks belong to a process: a second opening here would get
   * the lock, and by closing the file lose it for both. So it never comes to that.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /**
   * The locked byte lies far behind the text, because Windows lets nobody read what is locked, and
   * the text tells others who holds it.
   */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens the folder, making it with mode 0700 where it is missing.
   *
   * @throws DataFolderInUseException when it is in use
   * @throws IOException when it cannot be made or written to
   */
  public static DataFolder open(Path path) throws IOException {
    PrivateFiles.createFolders(path);
    Path folder = path.toRealPath();
    if (!HELD.add(folder)) {
      throw new DataFolderInUseException(folder, OptionalLong.of(ProcessHandle.current().pid()));
    }
    try {
      return new DataFolder(folder, lock(folder));
    } catch (IOException | RuntimeException e) {
      HELD.remove(folder);
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    PrivateFiles.createFileIfMissing(file);
    FileChannel channel = FileChannel.open(file, WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw new DataFolderInUseException(folder, holder(file));
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whoever holds the folder may not have written its id yet, or a broken disk something else. */
  private static OptionalLong holder(Path lockFile) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(lockFile).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The folder itself, absolute and free of links. */
  public Path path() {
    return folder;
  }

  /** The embedded database's file. */
  public Path database() {
    return folder.resolve("gatehouse.db");
  }

  /** Where blobs lie. */
  public Path blobs() {
    return folder.resolve("blobs");
  }

  /** Where blobs lie while they are being written. */
  public Path staging() {
    return folder.resolve("staging");
  }

  /** The file with the local administrator's token; {@link PrivateFiles#write} writes it. */
  public Path adminToken() {
    return folder.resolve("admin-token");
  }

  /** Lets other processes in. The lock file stays: removing it would let two in at once. */
  @Override
  public void close() throws IOException {
    if (lockFile.isOpen()) {
      try (lockFile) {
        lockFile.truncate(0);
      } finally {
        HELD.remove(folder);
      }
    }
  }
}
