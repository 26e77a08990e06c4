package dev.gatehouse.benchmarks;

import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * pip downloads twenty pinned wheels: straight from the upstream, through a Gatehouse that has been
 * in use but never saw them, again through the same one, and through one that was just started.
 * Each round has wheels of its own. Dependencies, caches and settings of the machine are shut out.
 */
final class PipDownloads {
  private static final Duration MOST = Duration.ofMinutes(2);

  private final Workbench bench;
  private final Client client = new Client();
  private final List<Double> straight = new ArrayList<>();
  private final List<Double> cold = new ArrayList<>();
  private final List<Double> warm = new ArrayList<>();
  private final List<Double> justStarted = new ArrayList<>();

  PipDownloads(Workbench bench) {
    this.bench = bench;
  }

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    return new PipDownloads(bench).measure(options);
  }

  private List<Row> measure(Options options) throws IOException, InterruptedException {
    try (Gatehouse used = Gatehouse.start(bench)) {
      use(used, options.coldWheels());
      List<SampleArtifact> first = bench.samples().writeDownloads("first");
      download(first, bench.nginx().simple()); // Python's own files come from the disk once
      for (int round = 0; round < options.rounds(); round++) {
        measureOnce(used, bench.samples().writeDownloads("round-" + round));
      }
      long bytes = first.stream().mapToLong(SampleArtifact::size).sum();
      return rows("pip download of 20 wheels, %d MB in all, ".formatted(bytes / 1_000_000));
    }
  }

  private void measureOnce(Gatehouse used, List<SampleArtifact> wheels)
      throws IOException, InterruptedException {
    straight.add(download(wheels, bench.nginx().simple()));
    cold.add(download(wheels, used.simple()));
    warm.add(download(wheels, used.simple()));
    try (Gatehouse fresh = Gatehouse.start(bench)) {
      client.get(fresh.ready(), Map.of());
      justStarted.add(download(wheels, fresh.simple()));
    }
  }

  private List<Row> rows(String what) {
    Figures peer = new Figures(straight);
    return List.of(
        Row.atMost(what + "cold", new Figures(cold), peer, "%.2f", "s", 1.1),
        Row.atMost(what + "warm", new Figures(warm), peer, "%.2f", "s", 1.0),
        Row.compared(
            what + "cold, server just started", new Figures(justStarted), peer, "%.2f", "s"));
  }

  /** Has the server do what it is going to be measured at, with other wheels. */
  void use(Gatehouse gatehouse, int wheels) throws IOException, InterruptedException {
    for (int i = 0; i < wheels; i++) {
      String project = "use-" + i;
      URI file = gatehouse.file(project, bench.samples().writeSmallWheel(project).filename());
      client.get(gatehouse.page(project), Client.JSON_GZIP);
      client.get(URI.create(file + ".metadata"), Map.of());
      client.get(file, Map.of());
    }
  }

  double download(List<SampleArtifact> wheels, URI index) throws IOException, InterruptedException {
    Path target = Files.createTempDirectory(bench.folder(), "downloads-");
    List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "--isolated"));
    command.addAll(List.of("download", "--no-deps", "--no-cache-dir", "--quiet", "--no-input"));
    command.addAll(List.of("--disable-pip-version-check", "--only-binary=:all:"));
    command.addAll(List.of("--timeout", "15", "--retries", "0"));
    command.addAll(List.of("--dest", target.toString(), "--index-url", index.toString()));
    wheels.forEach(wheel -> command.add(wheel.project() + "==" + wheel.version()));
    long start = System.nanoTime();
    bench.programs().outputOf(command, MOST);
    double seconds = (System.nanoTime() - start) / 1e9;
    try (Stream<Path> files = Files.list(target)) {
      if (files.count() != wheels.size()) {
        throw new IOException("pip did not download everything from " + index);
      }
    }
    Workbench.remove(target);
    return seconds;
  }
}
