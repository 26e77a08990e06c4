package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120) // only so that a bug ends
class DataFolderIT {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void chooseFolder() {
    folder = parent.resolve("gatehouse-data");
  }

  @Test
  void makesAFolderForItsOwnerOnly() throws IOException {
    Posix.assume();

    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(Posix.mode(data.path())).isEqualTo("rwx------");
      assertThat(Posix.mode(data.path().resolve("lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void keepsItsSecretsForItsOwnerOnly() throws IOException {
    Posix.assume();
    try (DataFolder data = DataFolder.open(folder)) {
      Files.writeString(data.adminToken(), "an old one, that all can read");

      PrivateFiles.write(data.adminToken(), "a token");

      assertThat(data.adminToken()).hasContent("a token");
      assertThat(Posix.mode(data.adminToken())).isEqualTo("rw-------");
    }
  }

  @Test
  void refusesASecondOpeningInOneProcess() throws IOException {
    try (DataFolder data = DataFolder.open(folder)) {
      assertThatExceptionOfType(DataFolderInUseException.class)
          .isThrownBy(() -> DataFolder.open(folder))
          .withMessageContaining("Could not open the data folder " + data.path())
          .withMessageContaining("process " + ProcessHandle.current().pid() + " is using it")
          .withMessageContaining("choose another folder");
    }
  }

  @Test
  void refusesTheSameFolderByAnotherName() throws IOException {
    Posix.assume();
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);

    try (DataFolder data = DataFolder.open(folder)) {
      assertThatExceptionOfType(DataFolderInUseException.class)
          .isThrownBy(() -> DataFolder.open(link))
          .satisfies(refused -> assertThat(refused.folder()).isEqualTo(data.path()));
    }
  }

  @Test
  void letsTheNextInAfterTheClose() throws IOException {
    DataFolder.open(folder).close();

    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(data.database()).hasParentRaw(data.path());
    }
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Files.createFile(folder);

    assertThatIOException().isThrownBy(() -> DataFolder.open(folder));
  }

  @Test
  void refusesAFolderThatAnotherProcessHoldsAndNamesIt() throws Exception {
    try (OtherProcess holder = OtherProcess.start(OtherProcess.Act.HOLD_FOLDER, folder)) {
      assertThat(holder.line()).isEqualTo("done");

      assertThatExceptionOfType(DataFolderInUseException.class)
          .isThrownBy(() -> DataFolder.open(folder))
          .satisfies(refused -> assertThat(refused.process()).hasValue(holder.pid()));
    }

    DataFolder.open(folder).close(); // its death let us in
  }

  /** Closing any file of a POSIX lock's owner would lose the lock: see the set of held folders. */
  @Test
  void staysHeldForOthersAfterItRefusedItsOwnProcess() throws Exception {
    try (DataFolder data = DataFolder.open(folder)) {
      assertThatExceptionOfType(DataFolderInUseException.class)
          .isThrownBy(() -> DataFolder.open(folder));

      try (OtherProcess late = OtherProcess.start(OtherProcess.Act.HOLD_FOLDER, folder)) {
        assertThat(late.line())
            .contains("process " + ProcessHandle.current().pid() + " is using it")
            .contains(data.path().toString());
      }
    }
  }
}
