package dev.gatehouse.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every blob store does, wherever its bytes lie. */
@Timeout(120) // only so that a bug ends
abstract class BlobStoreContract {
  private static final byte[] CONTENT = "a wheel, in a manner of speaking".getBytes(UTF_8);
  private static final Sha256 NAME = Sha256.digest(CONTENT);

  private BlobStore store;

  /** Opens the test's own store, which is empty at first and keeps what was committed to it. */
  abstract BlobStore open() throws IOException;

  /** Fails when anything is left of what was staged. */
  abstract void assertNothingIsStaged() throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    store = open();
  }

  @AfterEach
  void leavesNoDamage() throws IOException {
    assertNothingIsStaged();
    StoreInvariants.assertBlobsAreTrue(store);
  }

  @Nested
  class Staging {
    @Test
    void showsNothingBeforeTheCommit() throws IOException {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));

        assertThat(store.find(NAME)).isEmpty();
        assertThat(names()).isEmpty();
      }
    }

    @Test
    void discardsWhatIsClosedWithoutACommit() throws IOException {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));
      }

      assertThat(store.find(NAME)).isEmpty();
      assertNothingIsStaged();
    }

    @Test
    void takesBuffersOfEveryKindAndOnlyWhatRemainsInThem() throws IOException {
      ByteBuffer direct = ByteBuffer.allocateDirect(CONTENT.length).put(CONTENT).flip();
      try (StagedBlob staged = store.stage()) {
        staged.write(direct.slice(0, 5));
        staged.write(ByteBuffer.wrap(CONTENT, 5, 7));
        staged.write(ByteBuffer.wrap(CONTENT).position(12).asReadOnlyBuffer());
        assertThat(staged.written()).isEqualTo(CONTENT.length);

        assertThat(bytes(staged.commit())).isEqualTo(CONTENT);
      }
    }

    @Test
    void usesTheBufferUp() throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(CONTENT);
      try (StagedBlob staged = store.stage()) {
        staged.write(buffer);
      }

      assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void digestsWhatWasWrittenSoFar() throws IOException {
      try (StagedBlob staged = store.stage()) {
        assertThat(staged.digest()).isEqualTo(Sha256.digest(new byte[0]));
        staged.write(ByteBuffer.wrap(CONTENT));
        assertThat(staged.digest()).isEqualTo(NAME);
        staged.write(ByteBuffer.wrap(CONTENT));
        assertThat(staged.digest()).isEqualTo(Sha256.digest(twice(CONTENT)));
      }
    }

    @Test
    void letsAReaderOpenTheFileBeforeTheCommit() throws IOException {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));

        assertThat(Files.readAllBytes(staged.path())).isEqualTo(CONTENT);
      }
    }
  }

  @Nested
  class Committing {
    @Test
    void makesTheBlobVisible() throws IOException {
      Blob blob = put(CONTENT);

      assertThat(blob.sha256()).isEqualTo(NAME);
      assertThat(blob.size()).isEqualTo(CONTENT.length);
      assertThat(names()).containsExactly(NAME);
      Blob found = store.find(NAME).orElseThrow();
      assertThat(found.size()).isEqualTo(CONTENT.length);
      assertThat(bytes(found)).isEqualTo(CONTENT);
    }

    @Test
    void keepsTheBlobWhenTheStoreIsOpenedAgain() throws IOException {
      put(CONTENT);

      store = open();

      assertThat(bytes(store.find(NAME).orElseThrow())).isEqualTo(CONTENT);
    }

    @Test
    void takesAnEmptyBlob() throws IOException {
      assertThat(put(new byte[0]).size()).isZero();
    }

    @Test
    void givesTheSameTheSecondTime() throws IOException {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));

        assertThat(staged.commit()).isEqualTo(staged.commit());
      }
    }

    @Test
    void keepsTheBlobThatIsThereAlready() throws IOException {
      put(CONTENT);
      try (SeekableByteChannel reader = store.find(NAME).orElseThrow().open()) {
        Blob again = put(CONTENT);

        assertThat(again.sha256()).isEqualTo(NAME);
        assertThat(bytes(reader)).isEqualTo(CONTENT);
      }
      assertThat(names()).containsExactly(NAME);
    }

    @Test
    void letsManyCommitTheSameBytesAtOnce() throws Exception {
      int writers = 16;
      CyclicBarrier together = new CyclicBarrier(writers);
      List<Future<Blob>> commits = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < writers; i++) {
          commits.add(
              threads.submit(
                  () -> {
                    try (StagedBlob staged = store.stage()) {
                      staged.write(ByteBuffer.wrap(CONTENT));
                      together.await();
                      return staged.commit();
                    }
                  }));
        }
      }

      for (Future<Blob> commit : commits) {
        assertThat(bytes(commit.get())).isEqualTo(CONTENT);
      }
      assertThat(names()).containsExactly(NAME);
    }

    @Test
    void isTheEndOfWriting() throws IOException {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));
        staged.commit();

        assertThatIOException().isThrownBy(() -> staged.write(ByteBuffer.wrap(CONTENT)));
      }
    }

    @Test
    void isRefusedAfterTheClose() throws IOException {
      StagedBlob staged = store.stage();
      staged.write(ByteBuffer.wrap(CONTENT));
      staged.close();

      assertThatIOException().isThrownBy(staged::commit);
    }
  }

  @Nested
  class Following {
    @Test
    void readsWhatIsThereAndNeverTheEnd() throws IOException {
      try (StagedBlob staged = store.stage()) {
        ByteBuffer target = ByteBuffer.allocate(100);
        assertThat(staged.read(target, 0)).isZero();
        staged.write(ByteBuffer.wrap(CONTENT));

        assertThat(staged.read(target, 2)).isEqualTo(CONTENT.length - 2);
        assertThat(target.get(0)).isEqualTo(CONTENT[2]);
        assertThat(staged.read(target, CONTENT.length)).isZero();
      }
    }

    @Test
    void readsIntoBuffersOutsideOfTheHeap() throws IOException {
      try (StagedBlob staged = store.stage()) {
        ByteBuffer target = ByteBuffer.allocateDirect(4);
        staged.write(ByteBuffer.wrap(CONTENT));

        assertThat(staged.read(target, 1)).isEqualTo(4);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(CONTENT, 1, 4));
      }
    }

    @Test
    void goesOnAfterTheCommitUntilTheClose() throws IOException {
      StagedBlob staged = store.stage();
      staged.write(ByteBuffer.wrap(CONTENT));
      staged.commit();

      assertThat(staged.read(ByteBuffer.allocate(100), 0)).isEqualTo(CONTENT.length);
      staged.close();

      assertThatIOException().isThrownBy(() -> staged.read(ByteBuffer.allocate(100), 0));
    }

    @Test
    void goesOnWhereTheBlobWasThereAlready() throws IOException {
      put(CONTENT);
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));
        staged.commit();

        assertThat(staged.read(ByteBuffer.allocate(100), 0)).isEqualTo(CONTENT.length);
      }
    }

    @Test
    void showsManyFollowersTheSameBytesWhileTheyAreWritten() throws Exception {
      byte[] content = new byte[3_000_000];
      new Random(1).nextBytes(content);
      try (StagedBlob staged = store.stage();
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Sha256>> followers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          followers.add(threads.submit(() -> follow(staged, content.length)));
        }

        for (int at = 0; at < content.length; at += 100_000) {
          staged.write(ByteBuffer.wrap(content, at, 100_000));
          tellFollowers();
        }

        for (Future<Sha256> follower : followers) {
          assertThat(follower.get()).isEqualTo(Sha256.digest(content));
        }
      }
    }

    @Test
    void isNotDisturbedByAnInterruptedFollower() throws Exception {
      try (StagedBlob staged = store.stage()) {
        staged.write(ByteBuffer.wrap(CONTENT));
        readInterrupted(staged);

        assertThat(staged.read(ByteBuffer.allocate(100), 0)).isEqualTo(CONTENT.length);
        staged.write(ByteBuffer.wrap(CONTENT));
        assertThat(staged.commit().sha256()).isEqualTo(Sha256.digest(twice(CONTENT)));
      }
    }

    @Test
    void isNotDisturbedByAnInterruptedFollowerAfterTheCommit() throws Exception {
      for (int round = 0; round < 2; round++) { // the second finds the blob there already
        try (StagedBlob staged = store.stage()) {
          staged.write(ByteBuffer.wrap(CONTENT));
          staged.commit();
          readInterrupted(staged);

          assertThat(staged.read(ByteBuffer.allocate(100), 0)).isEqualTo(CONTENT.length);
        }
      }
    }

    private void readInterrupted(StagedBlob staged) throws InterruptedException {
      Thread.ofVirtual()
          .start(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  staged.read(ByteBuffer.allocate(100), 0);
                } catch (IOException e) {
                  // The one that is interrupted may fail; the others may not.
                }
              })
          .join();
    }

    private Sha256 follow(StagedBlob staged, int length) throws Exception {
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(17_000);
      while (seen.size() < length) {
        awaitMore(staged, seen.size());
        int read = staged.read(buffer.clear(), seen.size());
        seen.write(buffer.array(), 0, read);
      }
      return Sha256.digest(seen.toByteArray());
    }

    private synchronized void awaitMore(StagedBlob staged, long seen) throws InterruptedException {
      while (staged.written() == seen) {
        wait();
      }
    }

    private synchronized void tellFollowers() {
      notifyAll();
    }
  }

  @Nested
  class Reading {
    @Test
    void beginsAnywhere() throws IOException {
      try (SeekableByteChannel channel = put(CONTENT).open()) {
        assertThat(channel.size()).isEqualTo(CONTENT.length);
        ByteBuffer word = ByteBuffer.allocate(5);
        channel.position(2).read(word);

        assertThat(word.array()).isEqualTo("wheel".getBytes(UTF_8));
      }
    }

    @Test
    void goesOnWhenTheBlobIsDeletedMeanwhile() throws IOException {
      try (SeekableByteChannel channel = put(CONTENT).open()) {
        store.delete(NAME);

        assertThat(bytes(channel)).isEqualTo(CONTENT);
      }
    }

    @Test
    void failsWhenTheBlobWasDeletedBefore() throws IOException {
      Blob blob = put(CONTENT);
      store.delete(NAME);

      assertThatIOException().isThrownBy(blob::open);
    }
  }

  @Nested
  class Deleting {
    @Test
    void removesTheBlobAndSaysWhetherItWasThere() throws IOException {
      put(CONTENT);

      assertThat(store.delete(NAME)).isTrue();
      assertThat(store.delete(NAME)).isFalse();
      assertThat(store.find(NAME)).isEmpty();
      assertThat(names()).isEmpty();
    }

    @Test
    void letsTheBlobComeBack() throws IOException {
      put(CONTENT);
      store.delete(NAME);

      assertThat(bytes(put(CONTENT))).isEqualTo(CONTENT);
    }
  }

  @Test
  void listsEveryBlob() throws IOException {
    List<Sha256> put = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      put.add(put(new byte[i]).sha256());
    }

    assertThat(names()).containsExactlyInAnyOrderElementsOf(put);
  }

  final Blob put(byte[] content) throws IOException {
    try (StagedBlob staged = store.stage()) {
      staged.write(ByteBuffer.wrap(content));
      return staged.commit();
    }
  }

  private List<Sha256> names() throws IOException {
    try (Stream<Sha256> all = store.list()) {
      return all.toList();
    }
  }

  static byte[] bytes(Blob blob) throws IOException {
    try (SeekableByteChannel channel = blob.open()) {
      return bytes(channel);
    }
  }

  private static byte[] bytes(SeekableByteChannel channel) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    return in.readAllBytes();
  }

  private static byte[] twice(byte[] content) {
    return ByteBuffer.allocate(2 * content.length).put(content).put(content).array();
  }
}
