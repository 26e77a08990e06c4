package dev.gatehouse.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreIT extends BlobStoreContract {
  private static final byte[] CONTENT = "bytes".getBytes(UTF_8);
  private static final Sha256 NAME = Sha256.digest(CONTENT);

  @TempDir Path folder;

  @Override
  BlobStore open() throws IOException {
    return FileBlobStore.open(blobs(), staging());
  }

  @Override
  void assertNothingIsStaged() throws IOException {
    StoreInvariants.assertNothingIsStaged(staging());
  }

  private Path blobs() {
    return folder.resolve("blobs");
  }

  private Path staging() {
    return folder.resolve("staging");
  }

  private Path fileOf(Sha256 name) {
    return blobs().resolve(name.hex().substring(0, 2)).resolve(name.hex());
  }

  @Test
  void laysBlobsIntoFoldersByTheirDigest() throws IOException {
    put(CONTENT);

    assertThat(fileOf(NAME)).hasBinaryContent(CONTENT);
  }

  @Test
  void leavesTheFileOfABlobThatIsThereAlreadyAlone() throws IOException {
    put(CONTENT);
    FileTime before = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(fileOf(NAME), before);

    put(CONTENT);

    assertThat(Files.getLastModifiedTime(fileOf(NAME))).isEqualTo(before);
  }

  @Test
  void leavesNothingForOthersToRead() throws IOException {
    Posix.assume();
    put(CONTENT);

    assertThat(Posix.mode(fileOf(NAME))).isEqualTo("rw-------");
    try (Stream<Path> all = Files.walk(blobs())) {
      assertThat(all.filter(Files::isDirectory))
          .hasSize(2)
          .allSatisfy(each -> assertThat(Posix.mode(each)).isEqualTo("rwx------"));
    }
    assertThat(Posix.mode(staging())).isEqualTo("rwx------");
  }

  @Test
  void removesWhatAnEarlierRunLeftInStaging() throws IOException {
    Files.write(staging().resolve("1.part"), CONTENT);
    Path foreign = Files.createFile(staging().resolve("not-ours.txt"));

    open();

    assertThat(staging().resolve("1.part")).doesNotExist();
    assertThat(foreign).exists();
    Files.delete(foreign);
  }

  @Test
  void listsNothingThatIsNoBlob() throws IOException {
    put(CONTENT);
    Files.createFile(blobs().resolve("readme.txt"));
    Files.createFile(fileOf(NAME).resolveSibling("readme.txt"));
    Files.copy(fileOf(NAME), blobs().resolve(NAME.hex())); // in the wrong place

    try (Stream<Sha256> all = open().list()) {
      assertThat(all).containsExactly(NAME);
    }
  }

  @Test
  void doesNotTakeAFaultForAbsence() throws IOException {
    Files.createDirectories(fileOf(NAME));

    assertThatIOException()
        .isThrownBy(() -> open().find(NAME))
        .withMessageContaining("not a file, though a blob should be there");
  }

  @Test
  void followsNoLinkToAFileOfOthers() throws IOException {
    Posix.assume();
    Path outside = Files.write(folder.resolve("outside"), CONTENT);
    Files.createDirectories(fileOf(NAME).resolveSibling("."));
    Files.createSymbolicLink(fileOf(NAME), outside);

    assertThatIOException().isThrownBy(() -> open().find(NAME));

    Files.delete(fileOf(NAME));
  }

  @Test
  void refusesStagingOnAnotherFileSystem() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
        "skipped: there is no second file system here");
    Path elsewhere = Files.createTempDirectory(memory, "gatehouse-test");
    try {
      assertThatIOException().isThrownBy(() -> FileBlobStore.open(blobs(), elsewhere));
      assertThat(elsewhere).isEmptyDirectory();
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void mayTryTheCommitAgainAfterItFailed() throws IOException {
    Path inTheWay = blobs().resolve(NAME.hex().substring(0, 2));
    try (StagedBlob staged = open().stage()) {
      staged.write(ByteBuffer.wrap(CONTENT));
      Files.createFile(inTheWay);
      assertThatIOException().isThrownBy(staged::commit);
      Files.delete(inTheWay);

      assertThat(bytes(staged.commit())).isEqualTo(CONTENT);
    }
  }

  @Test
  void showsNothingOfABlobWhoseWriterWasKilled() throws Exception {
    try (OtherProcess writer = OtherProcess.start(OtherProcess.Act.WRITE_HALF_A_BLOB, folder)) {
      assertThat(writer.line()).isEqualTo("done");
      assertThat(staging().resolve("1.part")).hasSize(1_000_000);
    }

    BlobStore store = open();

    assertThat(staging()).isEmptyDirectory();
    try (Stream<Sha256> all = store.list()) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void showsNothingOfABlobThatFilledTheDisk() throws Exception {
    Posix.assume();
    try (OtherProcess writer =
        OtherProcess.startWithFullDisk(OtherProcess.Act.FILL_THE_DISK, folder)) {
      assertThat(writer.line()).startsWith("write: File too large; commit: a write failed before");

      assertThat(staging()).isEmptyDirectory();
      try (Stream<Path> files = Files.walk(blobs())) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void hasADecoratorThatFillsTheDiskForOthers() throws IOException {
    FullDiskBlobStore full = new FullDiskBlobStore(open(), CONTENT.length - 1);
    try (StagedBlob staged = full.stage()) {
      assertThatIOException().isThrownBy(() -> staged.write(ByteBuffer.wrap(CONTENT)));
      assertThatIOException().isThrownBy(staged::commit);
    }

    assertThat(full.find(NAME)).isEmpty();
    full.makeRoom(2L * CONTENT.length);
    try (StagedBlob staged = full.stage()) {
      staged.write(ByteBuffer.wrap(CONTENT));
      assertThat(bytes(staged.commit())).isEqualTo(CONTENT);
    }
  }
}
