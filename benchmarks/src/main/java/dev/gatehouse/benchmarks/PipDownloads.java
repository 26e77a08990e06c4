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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * pip downloads twenty pinned wheels: straight from the upstream, through a Gatehouse that was just
 * started and has nothing, and again through the same one. Dependencies, caches and settings of the
 * machine are shut out.
 */
final class PipDownloads {
  private static final Duration MOST = Duration.ofMinutes(2);

  private final Workbench bench;
  private final Path pins;

  private PipDownloads(Workbench bench, Path pins) {
    this.bench = bench;
    this.pins = pins;
  }

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    String pinned =
        bench.samples().downloads().stream()
            .map(wheel -> wheel.project() + "==" + wheel.version() + "\n")
            .collect(Collectors.joining());
    Path pins = Files.writeString(bench.folder().resolve("pins.txt"), pinned);
    return new PipDownloads(bench, pins).measure(options);
  }

  private List<Row> measure(Options options) throws IOException, InterruptedException {
    download(bench.nginx().simple()); // Python's own files come from the disk once
    List<Double> straight = new ArrayList<>();
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      straight.add(download(bench.nginx().simple()));
      try (Gatehouse gatehouse = Gatehouse.start(bench)) {
        new Client().get(gatehouse.ready(), Map.of());
        cold.add(download(gatehouse.simple()));
        warm.add(download(gatehouse.simple()));
      }
    }
    long bytes = bench.samples().downloads().stream().mapToLong(SampleArtifact::size).sum();
    String what = "pip download of 20 wheels, %d MB in all, ".formatted(bytes / 1_000_000);
    Figures peer = new Figures(straight);
    return List.of(
        Row.atMost(what + "cold (server just started)", new Figures(cold), peer, "%.2f", "s", 1.1),
        Row.atMost(what + "warm", new Figures(warm), peer, "%.2f", "s", 1.0));
  }

  private double download(URI index) throws IOException, InterruptedException {
    Path target = Files.createTempDirectory(bench.folder(), "downloads-");
    List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "--isolated"));
    command.addAll(List.of("download", "--no-deps", "--no-cache-dir", "--quiet", "--no-input"));
    command.addAll(List.of("--disable-pip-version-check", "--only-binary=:all:"));
    command.addAll(List.of("--timeout", "15", "--retries", "0"));
    command.addAll(List.of("--dest", target.toString(), "--index-url", index.toString()));
    command.addAll(List.of("--requirement", pins.toString()));
    long start = System.nanoTime();
    bench.programs().outputOf(command, MOST);
    double seconds = (System.nanoTime() - start) / 1e9;
    try (Stream<Path> files = Files.list(target)) {
      if (files.count() != bench.samples().downloads().size()) {
        throw new IOException("pip did not download everything from " + index);
      }
    }
    Workbench.remove(target);
    return seconds;
  }
}
