package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a server did under load.
 *
 * @param requests answered in a second
 * @param bytes sent in a second
 * @param p99 the milliseconds in which 99 of 100 answers came
 */
record Load(double requests, double bytes, double p99) {
  private static final int CONNECTIONS = 64;

  private static final String SCRIPT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("figures %.0f %.0f %.0f %.0f %.0f\\n", summary.duration,
          summary.requests, summary.bytes, latency:percentile(99.0),
          e.connect + e.read + e.write + e.status + e.timeout))
      end
      """;

  /** Loads a server with one thread of wrk. A single wrong answer makes the figures worthless. */
  static Load of(Workbench bench, URI address, Map<String, String> headers, Duration duration)
      throws IOException, InterruptedException {
    Path script = Files.writeString(bench.folder().resolve("figures.lua"), SCRIPT);
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS));
    command.addAll(List.of("-d" + duration.toSeconds() + "s", "-s", script.toString()));
    headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
    command.add(address.toString());
    String output = bench.programs().outputOf(command, duration.plusSeconds(30));
    String[] figures =
        output
            .lines()
            .filter(line -> line.startsWith("figures "))
            .findFirst()
            .orElseThrow(() -> new IOException("wrk printed no figures: " + output))
            .split(" ", -1);
    if (!figures[5].equals("0")) {
      throw new IOException(address + " answered wrongly under load: " + output);
    }
    double seconds = Double.parseDouble(figures[1]) / 1e6;
    return new Load(
        Double.parseDouble(figures[2]) / seconds,
        Double.parseDouble(figures[3]) / seconds,
        Double.parseDouble(figures[4]) / 1e3);
  }
}
