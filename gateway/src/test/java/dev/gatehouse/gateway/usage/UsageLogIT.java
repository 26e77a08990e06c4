package dev.gatehouse.gateway.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.store.SqliteDatabase;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
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
        NOON, key, null, team, "openai", model, Labels.NONE, new Usage(10, 4, 2, 5, 1), nanoUsd);
  }

  private static UsageEntry entry(UUID key, Labels labels, long nanoUsd) {
    return new UsageEntry(
        NOON, key, null, null, "openai", "gpt", labels, new Usage(10, 4, 2, 5, 1), nanoUsd);
  }

  private static Labels endUser(String endUser) {
    return new Labels(endUser, List.of());
  }

  private static Labels tags(String... tags) {
    return new Labels(null, List.of(tags));
  }

  /** What each value of a dimension cost. */
  private static Map<String, Long> costs(UsageLog log, Dimension by) throws IOException {
    return log.find(query(Map.of(), by)).stream()
        .collect(Collectors.toMap(row -> row.of().getOrDefault(by, ""), UsageRow::nanoUsd));
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
              NOON.plusSeconds(86_400),
              KEY,
              null,
              null,
              "openai",
              "gpt",
              Labels.NONE,
              Usage.NONE,
              1000));

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

  @Test
  void sumsUpByEndUserAndByTagBesideTheTotals() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      log.record(entry(KEY, new Labels("ann", List.of("nightly", "search")), 7));
      log.record(entry(KEY, new Labels("bob", List.of("search")), 8));
      log.record(entry(OTHER, endUser("ann"), 100));
      log.record(entry(OTHER, Labels.NONE, 1000));

      assertThat(log.find(query(Map.of(), Dimension.END_USER, Dimension.KEY)))
          .extracting(row -> row.of().values().stream().sorted().toList(), UsageRow::nanoUsd)
          .containsExactlyInAnyOrder(
              tuple(List.of(KEY.toString(), "ann"), 7L),
              tuple(List.of(KEY.toString(), "bob"), 8L),
              tuple(List.of(OTHER.toString(), "ann"), 100L));
      assertThat(log.find(query(Map.of(Dimension.TAG, "search"))))
          .containsExactly(new UsageRow(Map.of(), 2, new Usage(20, 8, 4, 10, 2), 15));
      assertThat(costs(log, Dimension.TAG))
          .containsOnly(Map.entry("nightly", 7L), Map.entry("search", 15L));
      assertThat(total(log)).isEqualTo(1115);
    }
  }

  /** A client may make up as many names as it likes. */
  @Test
  void countsTheEndUsersOfAKeyAndDayTogetherThatComeAfterTheThousandth() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      for (int i = 0; i < KeptLabels.MOST_END_USERS - 1; i++) {
        log.record(entry(KEY, endUser("u" + i), 1));
      }
      log.transfer();
      for (String next : List.of("(other)", "last", "late", "later", "u0")) {
        log.record(entry(KEY, endUser(next), 10));
      }
      log.transfer();
      log.record(entry(KEY, endUser("latest"), 10));
      log.record(entry(OTHER, endUser("late"), 500));

      assertThat(costs(log, Dimension.END_USER))
          .hasSize(KeptLabels.MOST_END_USERS + 2)
          .contains(
              Map.entry("u0", 11L),
              Map.entry("last", 10L),
              Map.entry("(other)", 40L),
              Map.entry("late", 500L));
    }
  }

  @Test
  void countsACallOnceAmongTheTagsThatComeAfterTheHundredth() throws IOException {
    try (UsageLog log = UsageLog.open(database, journal)) {
      for (int call = 0; call < 10; call++) {
        int first = call * 10;
        log.record(
            entry(
                KEY,
                tags(
                    IntStream.range(0, 10).mapToObj(i -> "t" + (first + i)).toArray(String[]::new)),
                1));
      }
      log.record(entry(KEY, tags("t0", "one", "another"), 50));

      assertThat(costs(log, Dimension.TAG))
          .hasSize(KeptLabels.MOST_TAGS + 1)
          .contains(Map.entry("t0", 51L), Map.entry("t99", 1L), Map.entry("(other)", 50L));
      assertThat(total(log)).isEqualTo(60);
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

  @Test
  void takesOverTheLongestEntryThatThereCanBe() throws IOException {
    UsageLog dead = UsageLog.open(database, journal);
    Labels longest =
        new Labels(
            "한".repeat(300), IntStream.range(0, 10).mapToObj(i -> i + "한".repeat(300)).toList());
    dead.record(
        new UsageEntry(
            NOON, KEY, TEAM, TEAM, "한".repeat(300), "한".repeat(300), longest, Usage.NONE, 7));
    dead.record(entry(KEY, Labels.NONE, 8));

    try (UsageLog next = UsageLog.open(database, journal)) {
      assertThat(total(next)).isEqualTo(15);
      assertThat(costs(next, Dimension.END_USER))
          .containsExactly(Map.entry("한".repeat(256) + "…", 7L));
      assertThat(costs(next, Dimension.TAG)).hasSize(10);
    }
  }

  /** As after an upgrade of a gateway that was killed. */
  @Test
  void takesOverTheTablesAndTheJournalOfTheVersionBefore() throws IOException {
    database.migrate(UsageRepository.OWNER, UsageRepository.MIGRATIONS.subList(0, 1));
    database.useWrite(
        handle ->
            handle.execute(
                "INSERT INTO usage VALUES (?, ?, '', '', 'openai', 'gpt', 1, 10, 0, 0, 5, 0, 100)",
                DAY.toString(),
                KEY.toString()));
    Files.createDirectories(journal);
    byte[] first = recordWithoutLabels("gpt", 7);
    byte[] second = recordWithoutLabels("gpt", 8);
    byte[] torn = Arrays.copyOf(recordWithoutLabels("gpt", 1000), 40);
    try (OutputStream segment = Files.newOutputStream(journal.resolve("usage-1.journal"))) {
      segment.write("gatehouse-usage/1\n".getBytes(US_ASCII));
      segment.write(first);
      segment.write(second);
      segment.write(torn);
    }

    try (UsageLog next = UsageLog.open(database, journal)) {
      next.record(entry(KEY, endUser("ann"), 1000));

      assertThat(byKeyAndTeam(next))
          .containsExactly(
              new UsageRow(
                  Map.of(Dimension.KEY, KEY.toString(), Dimension.TEAM, ""),
                  2,
                  new Usage(20, 4, 2, 10, 1),
                  1100),
              new UsageRow(
                  Map.of(Dimension.KEY, KEY.toString(), Dimension.TEAM, TEAM.toString()),
                  2,
                  new Usage(20, 8, 4, 10, 2),
                  15));
      assertThat(costs(next, Dimension.END_USER)).containsExactly(Map.entry("ann", 1000L));
    }
  }

  private static List<UsageRow> byKeyAndTeam(UsageLog log) throws IOException {
    return log.find(query(Map.of(), Dimension.KEY, Dimension.TEAM));
  }

  /** As {@code gatehouse-usage/1} has it. */
  private static byte[] recordWithoutLabels(String model, long nanoUsd) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(payload);
    out.writeLong(NOON.toEpochMilli());
    for (UUID id : List.of(KEY, new UUID(0, 0), TEAM)) {
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
    }
    out.writeUTF("openai");
    out.writeUTF(model);
    for (long number : new long[] {10, 4, 2, 5, 1, nanoUsd}) {
      out.writeLong(number);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(payload.toByteArray());
    return ByteBuffer.allocate(8 + payload.size())
        .putInt(payload.size())
        .putInt((int) checksum.getValue())
        .put(payload.toByteArray())
        .array();
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
