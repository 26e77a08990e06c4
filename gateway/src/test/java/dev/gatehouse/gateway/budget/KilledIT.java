package dev.gatehouse.gateway.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.usage.Dimension;
import dev.gatehouse.gateway.usage.UsageQuery;
import dev.gatehouse.gateway.usage.UsageRow;
import dev.gatehouse.store.SqliteDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledIT {
  private static final int LIVES = 4;

  @TempDir private Path folder;

  /** {@code kill -9} while calls settle and the journal is being taken over, again and again. */
  @Test
  void losesNoSettledCallAndCountsNoneTwice() throws IOException {
    long told = 0;
    for (int life = 1; life <= LIVES; life++) {
      told += settledUntilKilled(200 * life);
      long counted = spent() / DyingProcess.COST;

      // Each life may have settled one more call than it came to tell.
      assertThat(counted).as("life %d", life).isBetween(told, told + life);
      assertThat(spent() % DyingProcess.COST).isZero();
      assertThat(reserved()).isZero();
      assertThat(calls(Dimension.END_USER)).containsExactly(Map.entry("someone", counted));
      assertThat(calls(Dimension.TAG))
          .containsOnly(Map.entry("nightly", counted), Map.entry("search", counted));
    }
  }

  private long settledUntilKilled(int lines) throws IOException {
    Process process = DyingProcess.start(folder);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      long told = 0;
      while (told < lines && "settled".equals(out.readLine())) {
        told++;
      }
      assertThat(told).isEqualTo(lines);
      process.toHandle().destroyForcibly(); // the process's own would close what it said, too
      while ("settled".equals(out.readLine())) {
        told++;
      }
      return told;
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private long spent() throws IOException {
    return standing().spentEver();
  }

  private long reserved() throws IOException {
    return standing().reserved();
  }

  private Map<String, Long> calls(Dimension label) throws IOException {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
        Accounting accounting = DyingProcess.open(database, folder)) {
      return accounting
          .usage(
              new UsageQuery(LocalDate.EPOCH, LocalDate.of(9999, 12, 31), Map.of(), Set.of(label)))
          .stream()
          .collect(Collectors.toMap(row -> row.of().getOrDefault(label, ""), UsageRow::calls));
    }
  }

  private Standing standing() throws IOException {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
        Accounting accounting = DyingProcess.open(database, folder)) {
      return accounting.standing(DyingProcess.KEY);
    }
  }
}
