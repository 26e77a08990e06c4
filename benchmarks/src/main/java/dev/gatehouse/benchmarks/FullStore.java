package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.store.DataFolder;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.vetting.exposure.Download;
import dev.gatehouse.vetting.exposure.Downloads;
import dev.gatehouse.vetting.policy.Reason;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Verdicts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/**
 * What {@code gatehouse why} and {@code gatehouse exposure} ask the server for, of a store that has
 * a large organisation's year in it: 20 versions of each of thousands of projects, of each a wheel
 * with a verdict, and of each wheel the downloads of a hundred clients. One was downloaded by ten
 * thousand.
 */
final class FullStore {
  private static final int VERSIONS = 20;
  private static final int CLIENTS = 100;
  private static final int CLIENTS_OF_ONE = 10_000;
  private static final int ROWS_A_WRITE = 50_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  /** As long as what pip says of itself is kept. */
  private static final String AGENT =
      "pip/26.2.1 {\"ci\":true,\"cpu\":\"x86_64\",\"distro\":{\"id\":\"bookworm\",\"libc\":{\"lib\":\"glibc\","
          + "\"version\":\"2.36\"},\"name\":\"Debian GNU/Linux\",\"version\":\"12\"},\"implementation\":"
          + "{\"name\":\"CPython\",\"version\":\"3.13.0\"},\"installer\":{\"name\":\"pip\",\"version\":\"26.2.1\"},"
          + "\"openssl_version\":\"OpenSSL 3.0.15\"}";

  private final Workbench bench;
  private final int verdicts;
  private final Client client = new Client();

  private FullStore(Workbench bench, int verdicts) {
    this.bench = bench;
    this.verdicts = verdicts;
  }

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    return new FullStore(bench, options.verdicts()).measure(options.rounds());
  }

  private List<Row> measure(int rounds) throws IOException, InterruptedException {
    Path data = bench.newFolder();
    // A store that the server made itself: one that it had to bring up to date would be backed up.
    try (Gatehouse first = Gatehouse.startOver(bench, data)) {
      client.get(first.ready(), Map.of());
    }
    fill(data);
    return ask(data, rounds);
  }

  private List<Row> ask(Path data, int rounds) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Gatehouse gatehouse = Gatehouse.startOver(bench, data)) {
      client.get(gatehouse.ready(), Map.of());
      double started = (System.nanoTime() - start) / 1e9;
      List<Row> rows = new ArrayList<>();
      String store =
          String.format(
              Locale.ROOT,
              "of a store of %,d verdicts and %,d downloads, %,.1f GB",
              verdicts,
              (verdicts - 1) * CLIENTS + CLIENTS_OF_ONE,
              Files.size(data.resolve("gatehouse.db")) / 1e9);
      rows.add(
          Row.plain("start to first answer " + store, new Figures(List.of(started)), "%.2f", "s"));
      String token = Files.readString(data.resolve("admin-token")).strip();
      List<Integer> many =
          IntStream.range(0, rounds).map(round -> (round + 1) * 7).boxed().toList();
      for (String path : List.of("api/why/", "api/exposure/")) {
        rows.add(row(gatehouse, token, path, " of a version that 100 clients have", many));
        rows.add(
            row(
                gatehouse,
                token,
                path,
                " of one that 10,000 have",
                Collections.nCopies(rounds, 0)));
      }
      return rows;
    }
  }

  private Row row(Gatehouse gatehouse, String token, String path, String what, List<Integer> asked)
      throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int number : asked) {
      String project = name(number);
      bench.samples().writeStored(project, VERSIONS);
      URI address = gatehouse.address().resolve(path + project + "/1.0.0");
      seconds.add(client.millisToGet(address, Map.of("Authorization", "Bearer " + token)) / 1000);
    }
    return Row.below("`" + path + "`" + what, new Figures(seconds), "%.3f", "s", 1);
  }

  private void fill(Path folder) throws IOException {
    long start = System.nanoTime();
    try (DataFolder data = DataFolder.open(folder);
        SqliteDatabase database = SqliteDatabase.open(data.database());
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      Verdicts given = Verdicts.open(database);
      try (Downloads downloads = Downloads.open(database, executor)) {
        Sha256 epoch = Sha256.digest("epoch".getBytes(UTF_8));
        Verdict admit =
            new Verdict.Admit(List.of(new Reason("vetted", "nothing speaks against it")));
        int rows = 0;
        for (int i = 0; i < verdicts; i++) {
          ArtifactName wheel = wheel(i);
          Sha256 sha256 = Sha256.digest(wheel.filename().getBytes(UTF_8));
          given.save(wheel, sha256, epoch, admit, FIRST.plusSeconds(i));
          int clients = i == 0 ? CLIENTS_OF_ONE : CLIENTS;
          for (int j = 0; j < clients; j++) {
            downloads.record(
                new Download(
                    wheel,
                    sha256,
                    "team-%05d".formatted(j),
                    null,
                    "10.1.%d.%d".formatted(j / 256, j % 256),
                    AGENT,
                    Download.Outcome.RECEIVED,
                    FIRST.plusSeconds(i + j)));
            if (++rows % ROWS_A_WRITE == 0) {
              downloads.flush();
            }
          }
        }
      }
    }
    System.err.printf(Locale.ROOT, "Filled a store in %.0f s%n", (System.nanoTime() - start) / 1e9);
  }

  private static String name(int project) {
    return "stored-%05d".formatted(project);
  }

  private static ArtifactName wheel(int number) {
    String project = name(number / VERSIONS);
    return ArtifactName.parse(
        "%s-1.%d.0-py3-none-any.whl".formatted(project.replace('-', '_'), number % VERSIONS),
        ProjectName.parse(project));
  }
}
