package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the program takes to start, and what it takes while nobody asks. */
final class StartUp {
  private static final int IDLE_SECONDS = 10;

  private static final Duration SOON = Duration.ofSeconds(30);

  private StartUp() {}

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    Client client = new Client();
    client.get(bench.nginx().simple(), Map.of()); // what the client itself loads is not counted
    List<Double> ready = new ArrayList<>();
    List<Double> page = new ArrayList<>();
    List<Double> idle = new ArrayList<>();
    List<Double> help = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      long start = System.nanoTime();
      try (Gatehouse gatehouse = Gatehouse.start(bench)) {
        client.get(gatehouse.ready(), Map.of());
        ready.add(secondsSince(start));
        client.get(gatehouse.page(Samples.SMALL), Client.JSON_GZIP);
        page.add(secondsSince(start));
        if (gatehouse.process().waitFor(IDLE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("gatehouse ended by itself");
        }
        idle.add(residentMegabytes(gatehouse.process().pid()));
      }
      start = System.nanoTime();
      bench.programs().outputOf(bench.gatehouse("--help"), SOON);
      help.add(secondsSince(start));
    }
    return List.of(
        Row.below("start to first answer", new Figures(ready), "%.2f", "s", 1.5),
        Row.plain("start to first page, upstream asked", new Figures(page), "%.2f", "s"),
        Row.below(
            "resident memory, idle for %d s".formatted(IDLE_SECONDS),
            new Figures(idle),
            "%.0f",
            "MB",
            200),
        Row.below("`./gatehouse --help`", new Figures(help), "%.2f", "s", 0.4));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
        .findFirst()
        .orElseThrow();
  }
}
