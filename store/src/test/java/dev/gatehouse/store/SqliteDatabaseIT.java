package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseIT extends DatabaseContract {
  private static final List<Migration> FIRST =
      List.of(new Migration(1, "notes", "CREATE TABLE note (line VARCHAR(100))"));
  private static final List<Migration> SECOND =
      List.of(FIRST.getFirst(), new Migration(2, "days", "ALTER TABLE note ADD COLUMN day DATE"));

  private static final List<Migration> OTHER =
      List.of(new Migration(1, "verdicts", "CREATE TABLE verdict (reason VARCHAR(100))"));

  @TempDir Path folder;

  @Override
  Database open() {
    return SqliteDatabase.open(folder.resolve("contract.db"));
  }

  @Test
  void makesNoBackupOfADatabaseThatItMade() throws IOException {
    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", FIRST);
      database.migrate("vetting", OTHER);
    }

    assertThat(backups()).isEmpty();
  }

  @Test
  void makesOneBackupBeforeItChangesADatabase() throws IOException {
    makeWithNote("kept");

    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", SECOND);
      database.migrate("vetting", OTHER);
    }

    assertThat(backups()).containsExactly("notes.db.backup-1");
    try (Database backup = SqliteDatabase.open(folder.resolve("notes.db.backup-1"))) {
      backup.migrate("index", FIRST);
      assertThat(notes(backup)).containsExactly("kept");
    }
  }

  @Test
  void countsBackupsUp() throws IOException {
    makeWithNote("kept");
    Files.createFile(folder.resolve("notes.db.backup-1"));

    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", SECOND);
    }

    assertThat(backups()).containsExactly("notes.db.backup-1", "notes.db.backup-2");
  }

  @Test
  void keepsNoBackupWhenNothingChanged() throws IOException {
    makeWithNote("kept");
    List<Migration> wrong =
        List.of(FIRST.getFirst(), new Migration(2, "wrong", "DROP TABLE nowhere"));

    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", FIRST);
      failsWith(Code.MIGRATION_FAILED, () -> database.migrate("index", wrong));
    }

    assertThat(backups()).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(file(), "This is no database, but it is long enough to be taken for one.");

    StoreException refused = failsWith(Code.CORRUPT, () -> SqliteDatabase.open(file()).close());

    assertThat(refused).hasMessageStartingWith("Could not open the database " + file());
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path nowhere = folder.resolve("nowhere").resolve("notes.db");

    failsWith(Code.UNREACHABLE, () -> SqliteDatabase.open(nowhere).close());
  }

  @Test
  void leavesNothingForOthersToRead() throws IOException {
    Posix.assume();
    makeWithNote("kept");

    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", SECOND);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.filter(path -> path.getFileName().toString().startsWith("notes.db")))
            .hasSizeGreaterThanOrEqualTo(4)
            .allSatisfy(path -> assertThat(Posix.mode(path)).isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void keepsWhatWasCommittedAndNothingElseWhenItsProcessIsKilled() throws Exception {
    Path killed = folder.resolve("killed");
    try (OtherProcess writer =
        OtherProcess.start(OtherProcess.Act.WRITE_HALF_A_TRANSACTION, killed)) {
      assertThat(writer.line()).isEqualTo("done");
    }

    try (DataFolder data = DataFolder.open(killed);
        Database database = SqliteDatabase.open(data.database())) {
      assertThat(notes(database)).containsExactly("committed");
    }
  }

  @Test
  void changesNothingWhenTheDiskIsFull() throws IOException {
    makeWithNote("kept");
    try (Database database = SqliteDatabase.open(file())) {
      database.useWrite(handle -> handle.execute("PRAGMA max_page_count = 10"));

      StoreException full =
          failsWith(Code.FULL, () -> database.useWrite(SqliteDatabaseIT::writeAMegabyte));

      assertThat(full).hasMessageContaining("make room on the disk");
      assertThat(notes(database)).containsExactly("kept");
      database.useWrite(handle -> handle.execute("INSERT INTO note VALUES ('small')"));
      assertThat(notes(database)).containsExactly("kept", "small");
    }
  }

  private static void writeAMegabyte(Handle handle) {
    for (int i = 0; i < 1_000; i++) {
      handle.execute("INSERT INTO note VALUES (?)", "x".repeat(1_000));
    }
  }

  private void makeWithNote(String line) {
    try (Database database = SqliteDatabase.open(file())) {
      database.migrate("index", FIRST);
      database.useWrite(handle -> handle.execute("INSERT INTO note VALUES (?)", line));
    }
  }

  private static List<String> notes(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT line FROM note").mapTo(String.class).list());
  }

  private Path file() {
    return folder.resolve("notes.db");
  }

  private List<String> backups() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.contains("backup"))
          .sorted()
          .toList();
    }
  }
}
