package dev.gatehouse.benchmarks;

import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What Gatehouse has already and serves under load, beside nginx with the same bytes. */
final class ServedLoad {
  private static final double MEGABYTE = 1e6;

  private final List<Load> ours = new ArrayList<>();
  private final List<Load> peers = new ArrayList<>();

  private ServedLoad() {}

  static List<Row> page(Workbench bench, Options options) throws IOException, InterruptedException {
    try (Gatehouse gatehouse = Gatehouse.start(bench)) {
      URI page = gatehouse.page(Samples.SMALL);
      byte[] body = new Client().get(page, Client.JSON);
      URI same = bench.nginx().serve(body, "page.json");
      ServedLoad load = inTurn(bench, options, page, same, Client.JSON);
      String what = "page, " + kilobytes(body) + " of JSON";
      return List.of(
          Row.atLeast(
              what, load.ours(Load::requests), load.peers(Load::requests), "%.0f", "req/s", 0.4),
          Row.belowBeside(
              what + ": 99th percentile",
              load.ours(Load::p99),
              load.peers(Load::p99),
              "%.1f",
              "ms",
              20));
    }
  }

  static List<Row> wheel(Workbench bench, Options options)
      throws IOException, InterruptedException {
    try (Gatehouse gatehouse = Gatehouse.start(bench)) {
      SampleArtifact wheel = bench.samples().wheel();
      URI file = gatehouse.file(wheel.project().normalized(), wheel.filename());
      byte[] body = new Client().get(file, Map.of());
      URI same = bench.nginx().serve(body, wheel.filename());
      ServedLoad load = inTurn(bench, options, file, same, Map.of());
      String what = "wheel, " + kilobytes(body);
      return List.of(
          Row.atLeast(
              what,
              load.ours(one -> one.bytes() / MEGABYTE),
              load.peers(one -> one.bytes() / MEGABYTE),
              "%.0f",
              "MB/s",
              0.8));
    }
  }

  static List<Row> largePage(Workbench bench, Options options)
      throws IOException, InterruptedException {
    try (Gatehouse gatehouse = Gatehouse.start(bench)) {
      URI page = gatehouse.page(Samples.LARGE);
      List<Row> rows = new ArrayList<>();
      byte[] body = new Client().get(page, Client.JSON);
      URI same = bench.nginx().serve(body, "large.json");
      ServedLoad load = inTurn(bench, options, page, same, Client.JSON);
      rows.add(largeRow("JSON", body, load));
      byte[] compressed = new Client().get(page, Client.JSON_GZIP);
      URI sameCompressed = bench.nginx().serve(compressed, "gzip/large.json");
      ServedLoad loadCompressed = inTurn(bench, options, page, sameCompressed, Client.JSON_GZIP);
      rows.add(largeRow("JSON, gzip", compressed, loadCompressed));
      return rows;
    }
  }

  private static Row largeRow(String form, byte[] body, ServedLoad load) {
    return Row.atLeast(
        "page of 2,000 files, known, " + kilobytes(body) + " of " + form,
        load.ours(Load::requests),
        load.peers(Load::requests),
        "%.0f",
        "req/s",
        0.4);
  }

  private static String kilobytes(byte[] body) {
    return String.format(Locale.ROOT, "%,.0f KB", body.length / 1e3);
  }

  private static ServedLoad inTurn(
      Workbench bench, Options options, URI ours, URI peer, Map<String, String> headers)
      throws IOException, InterruptedException {
    Load.of(bench, ours, headers, options.warmUp());
    ServedLoad load = new ServedLoad();
    for (int round = 0; round < options.rounds(); round++) {
      load.ours.add(Load.of(bench, ours, headers, options.load()));
      load.peers.add(Load.of(bench, peer, headers, options.load()));
    }
    return load;
  }

  private Figures ours(ToDoubleFunction<Load> figure) {
    return figures(ours, figure);
  }

  private Figures peers(ToDoubleFunction<Load> figure) {
    return figures(peers, figure);
  }

  private static Figures figures(List<Load> loads, ToDoubleFunction<Load> figure) {
    return new Figures(loads.stream().mapToDouble(figure).boxed().toList());
  }
}
