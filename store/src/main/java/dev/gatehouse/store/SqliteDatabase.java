package dev.gatehouse.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database in one file: SQLite in WAL mode, so that readers and the writer never wait for each
 * other. One thread does all the writing, each piece of work in {@code BEGIN IMMEDIATE}: when two
 * connections wrote in deferred transactions, 96 % of them failed, because neither could be given
 * the lock that the other's snapshot forbade.
 *
 * <p>Files: the database, its {@code -wal} and {@code -shm} beside it while it is open, the copies
 * of {@link SqliteBackup}, and a folder {@code native}, see {@link NativeLibrary}.
 *
 * <p>Migrations are {@link MigrationHistory}'s, not Flyway's: each module has a history of its own
 * here, and the whole start of the server, in which this is one part, is to take less than 1.5 s.
 */
public final class SqliteDatabase implements Database {
  /** More would only take turns at the processors: what is read mostly lies in memory. */
  private static final int READERS = 4;

  /** For other programs that lock the file, as a backup by {@code sqlite3} does for an instant. */
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private final Path file;
  private final SqliteWriter writer;
  private final HikariDataSource readConnections;
  private final Jdbi readers;
  private boolean backupDue;

  private SqliteDatabase(
      Path file, SqliteWriter writer, HikariDataSource readConnections, boolean backupDue) {
    this.file = file;
    this.writer = writer;
    this.readConnections = readConnections;
    this.readers = Jdbi.create(readConnections);
    this.backupDue = backupDue;
  }

  /**
   * Opens the file, making it with mode 0600 where it is missing. Its folder must exist, and nobody
   * else may open it: see {@link DataFolder}.
   *
   * @throws StoreException when it cannot be opened or is no database
   */
  public static SqliteDatabase open(Path file) {
    String tried = "Could not open the database " + file;
    try {
      PrivateFiles.createFileIfMissing(file);
      NativeLibrary.unpackInto(file.toAbsolutePath().resolveSibling("native"));
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNREACHABLE, tried, e.toString(), e);
    }
    SQLiteDataSource source = new SQLiteDataSource(settings());
    source.setUrl("jdbc:sqlite:" + file);
    SqliteWriter writer = SqliteWriter.start(source, tried);
    try {
      boolean wasThere = writer.run(tried, SqliteBackup::isWorthIt);
      return new SqliteDatabase(file, writer, readConnections(source), wasThere);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static SQLiteConfig settings() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config;
  }

  private static HikariDataSource readConnections(SQLiteDataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("gatehouse-database-readers");
    config.setMaximumPoolSize(READERS);
    config.setConnectionInitSql("PRAGMA query_only = ON");
    return new HikariDataSource(config);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<? super Handle, ? extends T> work) {
    String tried = "Could not read from the database " + file;
    if (readConnections.isClosed()) {
      throw new StoreException(StoreException.Code.CLOSED, tried, "it is closed", null);
    }
    try (Handle handle = readers.open()) {
      return SqliteTransaction.run(handle, "BEGIN", work);
    } catch (RuntimeException e) {
      throw SqliteFailure.translated(tried, e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Function<? super Handle, ? extends T> work) {
    return writer.run(
        "Could not write to the database " + file,
        handle -> SqliteTransaction.<T>run(handle, "BEGIN IMMEDIATE", work));
  }

  @Override
  public synchronized void migrate(String owner, List<Migration> migrations) {
    MigrationHistory history = new MigrationHistory(owner, migrations);
    for (Migration next : this.<List<Migration>>write(history::pending)) {
      if (backupDue) {
        afterBackup(() -> useWrite(handle -> history.apply(handle, next)));
        backupDue = false;
      } else {
        useWrite(handle -> history.apply(handle, next));
      }
    }
  }

  /** A change that failed needs no backup; kept, each vain start would leave another copy. */
  private void afterBackup(Runnable change) {
    Path backup =
        writer.run("Could not back up " + file, handle -> SqliteBackup.make(handle, file));
    try {
      change.run();
    } catch (RuntimeException e) {
      SqliteBackup.discard(backup, e);
      throw e;
    }
  }

  @Override
  public void close() {
    readConnections.close();
    writer.close(); // last, because the last connection folds the WAL into the file
  }
}
