package dev.gatehouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jdbi.v3.core.Handle;

/**
 * A copy of the database as it was before this program changed its tables: {@code
 * gatehouse.db.backup-1}, and so on. It is made once an opening, before the first migration, so
 * that it is what the previous release can run with. Nothing removes these but the operator.
 */
final class SqliteBackup {
  private SqliteBackup() {}

  /** Whether the database has tables. */
  static boolean isWorthIt(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM sqlite_master").mapTo(Long.class).one() > 0;
  }

  /** Makes the copy whole and safe on disk before it gets its name. */
  static Path make(Handle handle, Path database) {
    Path backup = nextFree(database);
    Path partial = backup.resolveSibling(backup.getFileName() + ".partial");
    try {
      Files.deleteIfExists(partial);
      PrivateFiles.createFile(partial); // VACUUM takes an empty file, and so its mode
      handle.execute("VACUUM INTO ?", partial.toString());
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      PrivateFiles.moveInPlace(partial, backup);
      return backup;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path nextFree(Path database) {
    int number = 1;
    while (Files.exists(numbered(database, number))) {
      number++;
    }
    return numbered(database, number);
  }

  private static Path numbered(Path database, int number) {
    return database.toAbsolutePath().resolveSibling(database.getFileName() + ".backup-" + number);
  }

  static void discard(Path backup, Throwable reason) {
    try {
      Files.deleteIfExists(backup);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
