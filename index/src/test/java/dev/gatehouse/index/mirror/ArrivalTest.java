package dev.gatehouse.index.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.store.FileBlobStore;
import dev.gatehouse.store.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalTest {
  private static final int KIB = 1024;
  private static final MirrorFailure BROKEN =
      new MirrorFailure(
          MirrorFailure.Cause.MISMATCH,
          "artifact-mismatch",
          "verify it",
          "it is forged",
          "Beware.");

  @TempDir Path folder;
  private StagedBlob staged;
  private final Arrival arrival = new Arrival(false);

  @BeforeEach
  void stage() throws IOException {
    staged = FileBlobStore.open(folder.resolve("blobs"), folder.resolve("staging")).stage();
  }

  private void write(int bytes) throws IOException {
    staged.write(ByteBuffer.allocate(bytes));
    arrival.advance(staged.written());
  }

  private static int drain(Arrival.Follower follower, int most) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(most);
    return follower.read(target);
  }

  private boolean isStagingEmpty() throws IOException {
    try (var files = Files.list(folder.resolve("staging"))) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void givesWhatHasComeButForTheEnd() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(200 * KIB);
    try (Arrival.Follower follower = arrival.follow()) {
      assertThat(drain(follower, 400 * KIB)).isEqualTo(136 * KIB);
    }
  }

  @Test
  void givesTheEndOnceAllIsVerifiedAndNotYetKept() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(200 * KIB);
    try (Arrival.Follower follower = arrival.follow()) {
      drain(follower, 136 * KIB);
      arrival.verify();

      assertThat(drain(follower, 400 * KIB)).isEqualTo(64 * KIB);
    }
  }

  @Test
  void givesTheEndOfWhatWasVerifiedAlsoWhenItCannotBeKept() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(200 * KIB);
    try (Arrival.Follower follower = arrival.follow()) {
      arrival.verify();
      drain(follower, 150 * KIB);
      arrival.fail(BROKEN);

      assertThat(drain(follower, 400 * KIB)).isEqualTo(50 * KIB);
    }
  }

  @Test
  void givesTheEndOfWhatWasKeptAtOnce() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(200 * KIB);
    try (Arrival.Follower follower = arrival.follow()) {
      drain(follower, 136 * KIB);
      arrival.keep();

      assertThat(drain(follower, 64 * KIB)).isEqualTo(64 * KIB);
      assertThat(drain(follower, KIB)).isEqualTo(-1);
    }
  }

  @Test
  void knowsTheSizeOfWhatWasVerified() throws IOException {
    arrival.begin(staged, null);
    write(200 * KIB);
    arrival.verify();

    assertThat(arrival.size()).contains(200L * KIB);
  }

  @Test
  void failsTheFollowersOfWhatWillNeverBeWhole() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(150 * KIB);
    try (Arrival.Follower follower = arrival.follow()) {
      drain(follower, 10 * KIB);
      arrival.fail(BROKEN);

      assertThatThrownBy(() -> drain(follower, KIB))
          .isInstanceOfSatisfying(
              ArrivalFailedException.class, e -> assertThat(e.failure()).isEqualTo(BROKEN));
    }
  }

  @Test
  void saysOfWhatWasKeptAlreadyThatItIs() throws Exception {
    CompletableFuture<Arrival.Progress> told = new CompletableFuture<>();
    Thread waiting = Thread.ofVirtual().start(() -> told.complete(awaitFirst()));
    arrival.keep();
    waiting.join();

    assertThat(told).isCompletedWithValue(new Arrival.Progress.Kept());
  }

  @Test
  void givesNothingOfASmallFileThatIsNotWhatItShouldBe() throws Exception {
    arrival.begin(staged, (long) KIB);
    CompletableFuture<Arrival.Progress> told = new CompletableFuture<>();
    Thread waiting = Thread.ofVirtual().start(() -> told.complete(awaitFirst()));
    write(KIB);
    arrival.fail(BROKEN);
    waiting.join();

    assertThat(told).isCompletedWithValue(new Arrival.Progress.Failed(BROKEN));
  }

  @Test
  void givesNothingOfAFileWhoseSizeNobodyKnows() throws Exception {
    arrival.begin(staged, null);
    write(500 * KIB);
    CompletableFuture<Arrival.Progress> told = new CompletableFuture<>();
    Thread waiting = Thread.ofVirtual().start(() -> told.complete(awaitFirst()));
    arrival.fail(BROKEN);
    waiting.join();

    assertThat(told).isCompletedWithValue(new Arrival.Progress.Failed(BROKEN));
  }

  private Arrival.Progress awaitFirst() {
    try {
      return arrival.await(0);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesNothingStagedWhenTheLastFollowerHasLeft() throws IOException {
    arrival.begin(staged, 200L * KIB);
    write(200 * KIB);
    Arrival.Follower follower = arrival.follow();
    arrival.fail(BROKEN);
    assertThat(isStagingEmpty()).isFalse();

    follower.close();

    assertThat(isStagingEmpty()).isTrue();
  }

  @Nested
  class WhatHasToBeVetted {
    private static final int SIZE = 4096 * KIB;

    /** A thirty-second of it: more than the least. */
    private static final int TAIL = 128 * KIB;

    private static final int RESERVE = 1024 * KIB;

    private final Arrival gated = new Arrival(true, Duration.ofMillis(1));

    @BeforeEach
    void arrive() throws IOException {
      gated.begin(staged, (long) SIZE);
      staged.write(ByteBuffer.allocate(SIZE));
      gated.advance(staged.written());
    }

    @Test
    void leavesAtOnceButForItsTailAndTheReserve() throws IOException {
      try (Arrival.Follower follower = gated.follow()) {
        assertThat(drain(follower, SIZE)).isEqualTo(SIZE - TAIL - RESERVE);
      }
    }

    @Test
    void givesOfTheReserveALittleAtATimeAndNeverTheTail() throws Exception {
      try (Arrival.Follower follower = gated.follow()) {
        int given = drain(follower, SIZE);
        while (given < SIZE - TAIL) {
          int drop = drain(follower, SIZE);
          assertThat(drop).isBetween(1, KIB);
          given += drop;
        }
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread waiting =
            Thread.ofVirtual()
                .start(() -> told.complete(catchThrowable(() -> drain(follower, KIB))));
        gated.fail(BROKEN);
        waiting.join();

        assertThat(given).isEqualTo(SIZE - TAIL);
        assertThat(told.join()).isInstanceOf(ArrivalFailedException.class);
      }
    }

    @Test
    void leavesWholeOnceItIsKept() throws IOException {
      try (Arrival.Follower follower = gated.follow()) {
        int given = drain(follower, SIZE);
        gated.keep();

        assertThat(drain(follower, SIZE)).isEqualTo(SIZE - given);
        assertThat(drain(follower, KIB)).isEqualTo(-1);
      }
    }

    @Test
    void tellsWhoWaitsForTheEndThatItFailed() throws Exception {
      gated.fail(BROKEN);

      assertThat(gated.awaitEnd(Duration.ofMinutes(1)))
          .isEqualTo(new Arrival.Progress.Failed(BROKEN));
    }

    @Test
    void tellsWhoHasNoMorePatienceWhatMayLeave() throws Exception {
      assertThat(gated.awaitEnd(Duration.ZERO))
          .isEqualTo(new Arrival.Progress.Upto(SIZE - TAIL - RESERVE));
      gated.fail(BROKEN);
    }
  }
}
