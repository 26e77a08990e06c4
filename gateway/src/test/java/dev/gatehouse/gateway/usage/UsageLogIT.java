package dev.gatehouse.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.store.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageLogIT {
  private static final UUID KEY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);
  private static final UUID TEAM = new UUID(1, 3);
  private static final Instant NOON = Instant.parse("2026-03-24T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-03-24");

  @TempDir private Path folder;
  private SqliteDatabase database;
  private Path journal;

  @BeforeEach
  void open() {
    journal = folder.resolve("usage");
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static UsageEntry entry(UUID key, @Nullable UUID team, String model, long nanoUsd) {
    return new UsageEntry(
        NOON, key, null, team, "openai", model, new Usage(10, 4, 2, 5, 1), nanoUsd);
  }

  private static UsageQuery query(Map<Dimension, String> only, Dimension... by) {
    return new UsageQuery(DAY, DAY, only, Set.of(by));
  }

  private static long total(UsageLog log) throws IOException {
    return log.find(query(Map.of())).getFirst().nanoUsd();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(journal)) {
      return all.sorted().toList();
    }
  }

  @Test
  void sumsUpByKeyModelAndDay() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, TEAM, "gpt", 7));
      log.record(entry(KEY, TEAM, "gpt", 8));
      log.record(entry(OTHER, null, "gpt", 100));
      log.record(
          new UsageEntry(
              NOON.plusSeconds(86_400), KEY, null, null, "openai", "gpt", Usage.NONE, 1000));

      assertThat(log.find(query(Map.of(), Dimension.KEY, Dimension.MODEL)))
          .containsExactly(
              new UsageRow(
                  Map.of(Dimension.KEY, KEY.toString(), Dimension.MODEL, "gpt"),
                  2,
                  new Usage(20, 8, 4, 10, 2),
                  15),
              new UsageRow(
                  Map.of(Dimension.KEY, OTHER.toString(), Dimension.MODEL, "gpt"),
                  1,
                  new Usage(10, 4, 2, 5, 1),
                  100));
      assertThat(log.find(query(Map.of(Dimension.TEAM, TEAM.toString()))))
          .extracting(UsageRow::nanoUsd)
          .containsExactly(15L);
      assertThat(files()).isEmpty();
    }
  }

  /** CVE-2026-42208: what a request says is a value, never a part of the SQL. */
  @Test
  void bindsWhatARequestSays() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, null, "gpt", 7));

      assertThat(log.find(query(Map.of(Dimension.MODEL, "x' OR '1'='1"), Dimension.KEY))).isEmpty();
      assertThat(log.find(query(Map.of(Dimension.KEY, "'; DROP TABLE usage; --"), Dimension.KEY)))
          .isEmpty();
      assertThat(total(log)).isEqualTo(7);
    }
  }

  @Test
  void takesOverWhatADeadProcessLeft() throws IOException {
    UsageLog dead = UsageLog.open(database, journal);
    dead.record(entry(KEY, null, "gpt", 7));
    assertThat(files()).hasSize(1);

    try (UsageLog next = UsageLog.open(database, journal)) {
      assertThat(total(next)).isEqualTo(7);
      next.record(entry(KEY, null, "gpt", 8));
      assertThat(total(next)).isEqualTo(15);
    }
  }

  /** As where the process died after the commit and before the file was removed. */
  @Test
  void takesOverASegmentOnce() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, null, "gpt", 7));
      Path segment = files().getFirst();
      byte[] content = Files.readAllBytes(segment);
      log.transfer();
      Files.write(segment, content);
    }
    try (UsageLog next = UsageLog.open(database, journal)) {
      assertThat(total(next)).isEqualTo(7);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void passesOverARecordThatWasBeingWritten() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, null, "gpt", 7));
      log.record(entry(KEY, null, "gpt", 8));
      log.record(entry(KEY, null, "gpt", 9));
      Path segment = files().getFirst();
      byte[] whole = Files.readAllBytes(segment);
      int record = (whole.length - JournalFormat.HEADER.length) / 3;
      for (int length = 0; length < whole.length; length++) {
        Path cut = folder.resolve("cut");
        Files.write(cut, Arrays.copyOf(whole, length));

        assertThat(JournalFormat.read(cut))
            .as("%d of %d bytes", length, whole.length)
            .hasSize(Math.max(0, length - JournalFormat.HEADER.length) / record);
        // A file system may have grown the file before the power went.
        Files.write(cut, Arrays.copyOf(Arrays.copyOf(whole, whole.length - record), 20_000));
      }
      assertThat(JournalFormat.read(folder.resolve("cut"))).hasSize(2);
    }
  }

  @Test
  void saysWhereItIsDamaged() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      for (int i = 0; i < 3; i++) {
        log.record(entry(KEY, null, "gpt", 7));
      }
      Path segment = files().getFirst();
      byte[] whole = Files.readAllBytes(segment);
      int record = (whole.length - JournalFormat.HEADER.length) / 3;
      Path damaged = folder.resolve("damaged");
      byte[] bytes = whole.clone();
      bytes[JournalFormat.HEADER.length + record + 20] ^= 1;
      Files.write(damaged, bytes);

      assertThatThrownBy(() -> JournalFormat.read(damaged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged at byte " + (JournalFormat.HEADER.length + record));
    }
  }

  @Test
  void losesNothingOfWhatManyThreadsNoteWhileItIsTakenOver() throws Exception {
    try (UsageLog log = UsageLog.open(database, journal);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> noting = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        noting.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    log.record(entry(KEY, null, "gpt", 3));
                  }
                  return null;
                }));
      }
      while (noting.stream().anyMatch(future -> !future.isDone())) {
        log.transfer();
      }
      for (Future<?> future : noting) {
        future.get();
      }

      assertThat(total(log)).isEqualTo(8 * 250 * 3);
    }
  }

  /** As on a disk that is full, or a folder that is gone; then it is there again. */
  @Test
  void triesAgainWhatCouldNotBeWritten() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, null, "gpt", 7));
      log.transfer();
      Files.delete(journal);
      assertThatThrownBy(() -> log.record(entry(KEY, null, "gpt", 8)))
          .isInstanceOf(IOException.class);
      assertThat(log.isWritten()).isFalse();
      Files.createDirectory(journal);
      log.sync();

      assertThat(log.isWritten()).isTrue();
      assertThat(total(log)).isEqualTo(15);
    }
  }
}
