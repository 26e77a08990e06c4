package dev.gatehouse.benchmarks.detection;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.samples.mutation.Mutant;
import dev.gatehouse.samples.mutation.Mutants;
import dev.gatehouse.samples.mutation.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** How much of what is re-enacted, and rewritten in a thousand ways, is refused. */
final class Recall {
  /** So that the figures can be had again. */
  private static final long SEED = 20_260_324;

  private final Inspector inspector;
  private final List<Transformation> family;
  private final Map<String, Score> byIncident = new TreeMap<>();
  private final Map<String, Score> byTransformation = new TreeMap<>();

  /**
   * @param family the transformations that mutants are made by
   */
  Recall(Inspector inspector, List<Transformation> family) {
    this.inspector = inspector;
    this.family = List.copyOf(family);
  }

  /** Of so many: refused by the default policy, and at least held. */
  private static final class Score {
    private int all;
    private int held;
    private int refused;

    void add(Outcome outcome) {
      all++;
      held += outcome == Outcome.MISSED ? 0 : 1;
      refused += outcome == Outcome.REFUSED ? 1 : 0;
    }

    String row(String name) {
      return "| %s | %,d | %.1f %% | %.1f %% |\n"
          .formatted(name, all, 100.0 * refused / all, 100.0 * held / all);
    }
  }

  private enum Outcome {
    REFUSED,
    HELD,
    MISSED
  }

  /** What became of a mutant. */
  private record Result(String incident, Mutant mutant, Outcome outcome) {}

  /** Judges so many mutants of each incident, on all processors. */
  void measure(int mutants) throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      for (Reenactment incident : Reenactments.all()) {
        List<Future<Result>> results = new ArrayList<>();
        List<String> carriers = List.copyOf(incident.carriers().keySet());
        Mutants.of(incident.files(), carriers, family, SEED, mutants)
            .forEach(mutant -> results.add(threads.submit(() -> judge(incident, mutant))));
        for (Future<Result> result : results) {
          add(result.get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Result judge(Reenactment incident, Mutant mutant) {
    WheelBuilder builder =
        WheelBuilder.wheel(incident.project(), incident.version()).requiresPython(">=3.9");
    mutant.files().forEach(builder::file);
    SampleArtifact wheel = builder.build();
    TargetReport report =
        inspector.artifact(
            wheel.filename(), wheel.filename(), new SeekableInMemoryByteChannel(wheel.bytes()));
    return new Result(incident.incident(), mutant, outcome(report));
  }

  private static Outcome outcome(TargetReport report) {
    if (report.findings().stream().anyMatch(Finding::blocking)) {
      return Outcome.REFUSED;
    }
    boolean held =
        !report.problems().isEmpty()
            || report.findings().stream()
                .anyMatch(finding -> finding.severity().isAtLeast(Severity.HIGH));
    return held ? Outcome.HELD : Outcome.MISSED;
  }

  private void add(Result result) {
    byIncident.computeIfAbsent(result.incident(), _ -> new Score()).add(result.outcome());
    for (String transformation : result.mutant().transformations()) {
      byTransformation.computeIfAbsent(transformation, _ -> new Score()).add(result.outcome());
    }
  }

  /** As Markdown. */
  String table() {
    StringBuilder text = new StringBuilder();
    head(text, "incident");
    byIncident.forEach((name, score) -> text.append(score.row(name)));
    Score all = new Score();
    byIncident
        .values()
        .forEach(
            score -> {
              all.all += score.all;
              all.held += score.held;
              all.refused += score.refused;
            });
    text.append(all.row("**all**")).append('\n');
    head(text, "transformation, alone or with others");
    byTransformation.forEach((name, score) -> text.append(score.row(name)));
    return text.toString();
  }

  private static void head(StringBuilder text, String first) {
    text.append("| ").append(first);
    text.append(" | mutants | refused | held or refused |\n| --- | ---: | ---: | ---: |\n");
  }
}
