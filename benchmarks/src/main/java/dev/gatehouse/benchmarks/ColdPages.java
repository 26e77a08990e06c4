package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pages of 2,000 files that Gatehouse does not know: fetched from the upstream, judged, remembered
 * and sent, one at a time. The server has run for a while, the projects are new to it.
 */
final class ColdPages {
  private final Workbench bench;
  private final Client client = new Client();
  private int projects;

  private ColdPages(Workbench bench) {
    this.bench = bench;
  }

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    return new ColdPages(bench).measure(options);
  }

  private List<Row> measure(Options options) throws IOException, InterruptedException {
    try (Gatehouse gatehouse = Gatehouse.start(bench)) {
      client.get(gatehouse.ready(), Map.of());
      List<Double> first = new ArrayList<>();
      List<Double> plain = new ArrayList<>();
      List<Double> compressed = new ArrayList<>();
      List<Double> upstream = new ArrayList<>();
      first.add(next(gatehouse, Client.JSON_GZIP));
      for (int i = 0; i < options.coldWarmUp(); i++) {
        next(gatehouse, i % 2 == 0 ? Client.JSON : Client.JSON_GZIP);
      }
      for (int i = 0; i < options.coldPages(); i++) {
        plain.add(next(gatehouse, Client.JSON));
        compressed.add(next(gatehouse, Client.JSON_GZIP));
        upstream.add(client.millisToGet(bench.nginx().simple().resolve(project()), Client.JSON));
      }
      return List.of(
          Row.belowBeside(
              "page of 2,000 files, not known, JSON",
              new Figures(plain),
              new Figures(upstream),
              "%.1f",
              "ms",
              50),
          Row.below(
              "page of 2,000 files, not known, JSON, gzip",
              new Figures(compressed),
              "%.1f",
              "ms",
              50),
          Row.plain(
              "the same, the first that a server is asked for", new Figures(first), "%.0f", "ms"));
    }
  }

  private double next(Gatehouse gatehouse, Map<String, String> headers)
      throws IOException, InterruptedException {
    projects++;
    bench.samples().writeLargePage("cold-" + projects);
    URI page = gatehouse.simple().resolve(project());
    return client.millisToGet(page, headers);
  }

  private String project() {
    return "cold-" + projects + "/";
  }
}
