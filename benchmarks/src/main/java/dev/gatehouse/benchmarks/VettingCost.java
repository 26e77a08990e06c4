package dev.gatehouse.benchmarks;

import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Gatehouse that vets, beside one in the mode {@code observe}, which inspects nothing: a wheel
 * that both have served already, and wheels that neither has seen.
 */
final class VettingCost {
  private static final double MEGABYTE = 1e6;

  private final Workbench bench;
  private final Options options;
  private final Client client = new Client();

  private VettingCost(Workbench bench, Options options) {
    this.bench = bench;
    this.options = options;
  }

  static List<Row> measure(Workbench bench, Options options)
      throws IOException, InterruptedException {
    return new VettingCost(bench, options).measure();
  }

  private List<Row> measure() throws IOException, InterruptedException {
    try (Gatehouse vetting = Gatehouse.start(bench);
        Gatehouse observing = Gatehouse.observing(bench)) {
      return List.of(warm(vetting, observing), cold(vetting, observing));
    }
  }

  private Row warm(Gatehouse vetting, Gatehouse observing)
      throws IOException, InterruptedException {
    URI vetted = wheel(vetting);
    URI observed = wheel(observing);
    byte[] body = client.get(vetted, Map.of());
    client.get(observed, Map.of());
    Load.of(bench, vetted, Map.of(), options.warmUp());
    Load.of(bench, observed, Map.of(), options.warmUp());
    List<Double> ours = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      ours.add(Load.of(bench, vetted, Map.of(), options.load()).bytes() / MEGABYTE);
      beside.add(Load.of(bench, observed, Map.of(), options.load()).bytes() / MEGABYTE);
    }
    return Row.atLeast(
        String.format(
            Locale.ROOT,
            "wheel, %,.0f KB, admitted; beside it the mode observe",
            body.length / 1e3),
        new Figures(ours),
        new Figures(beside),
        "%.0f",
        "MB/s",
        0.97);
  }

  private URI wheel(Gatehouse gatehouse) {
    SampleArtifact wheel = bench.samples().wheel();
    return gatehouse.file(wheel.project().normalized(), wheel.filename());
  }

  private Row cold(Gatehouse vetting, Gatehouse observing)
      throws IOException, InterruptedException {
    PipDownloads pip = new PipDownloads(bench);
    pip.use(vetting, options.coldWheels());
    pip.use(observing, options.coldWheels());
    List<Double> ours = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    // The first round is the last of the warm-up: only then does either meet such wheels.
    for (int round = -1; round < options.rounds(); round++) {
      List<SampleArtifact> wheels = bench.samples().writeDownloads("vetted" + (round + 1));
      double vetted = pip.download(wheels, vetting.simple());
      double observed = pip.download(wheels, observing.simple());
      if (round >= 0) {
        ours.add(vetted);
        beside.add(observed);
      }
    }
    return Row.atMost(
        "pip download of 20 %s, cold; beside it the mode observe"
            .formatted(
                bench.samples().real().isEmpty() ? "wheels of noise" : "wheels with real files"),
        new Figures(ours),
        new Figures(beside),
        "%.2f",
        "s",
        1.1);
  }
}
