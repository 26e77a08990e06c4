package dev.gatehouse.benchmarks.detection;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** In how many real wheels each rule finds something, which is what it costs to have it. */
final class BaseRates {
  private final Inspector inspector;
  private final Map<String, Integer> wheelsByRule = new TreeMap<>();
  private final List<String> held = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private int wheels;
  private int blocked;
  private long unpacked;

  BaseRates(Inspector inspector) {
    this.inspector = inspector;
  }

  /** Inspects every wheel of the folders, on all processors. */
  void measure(List<Path> folders) throws IOException, InterruptedException {
    List<Future<TargetReport>> reports = new ArrayList<>();
    int processors = Runtime.getRuntime().availableProcessors();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      for (Path wheel : wheels(folders)) {
        reports.add(threads.submit(() -> inspect(wheel)));
      }
      for (Future<TargetReport> report : reports) {
        add(report.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A wheel that lies in two of the folders counts once. */
  private static List<Path> wheels(List<Path> folders) throws IOException {
    Set<String> names = new HashSet<>();
    List<Path> wheels = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".whl"))
            .sorted()
            .filter(file -> names.add(file.getFileName().toString()))
            .forEach(wheels::add);
      }
    }
    return wheels;
  }

  private TargetReport inspect(Path wheel) throws IOException {
    String name = wheel.getFileName().toString();
    try (SeekableByteChannel bytes = Files.newByteChannel(wheel)) {
      return inspector.artifact(name, name, bytes);
    }
  }

  private void add(TargetReport report) {
    wheels++;
    if (report.details().get("unpacked-bytes") instanceof Number bytes) {
      unpacked += bytes.longValue();
    }
    Set<String> rules = new HashSet<>();
    for (Finding finding : report.findings()) {
      rules.add("%s, %s".formatted(finding.rule().name(), finding.severity().text()));
    }
    rules.forEach(rule -> wheelsByRule.merge(rule, 1, Integer::sum));
    report.findings().stream()
        .filter(finding -> finding.severity().isAtLeast(Severity.HIGH))
        .findFirst()
        .ifPresent(
            finding ->
                held.add(
                    "%s: %s in %s"
                        .formatted(report.target(), finding.rule().name(), finding.path())));
    blocked += report.findings().stream().anyMatch(Finding::blocking) ? 1 : 0;
    if (!report.problems().isEmpty()) {
      unread.add(report.target() + ": " + report.problems().getFirst());
    }
  }

  /** As Markdown. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d real wheels, %.1f GB unpacked: %d refused, %d held or refused (%.2f %%), %d not wholly read.\n\n"
            .formatted(
                wheels,
                unpacked / 1e9,
                blocked,
                held.size(),
                100.0 * held.size() / wheels,
                unread.size()));
    text.append("| rule, severity | wheels |\n| --- | ---: |\n");
    wheelsByRule.forEach((rule, count) -> text.append("| %s | %d |\n".formatted(rule, count)));
    text.append('\n');
    held.forEach(line -> text.append("- held: ").append(line).append('\n'));
    unread.forEach(line -> text.append("- not read: ").append(line).append('\n'));
    return text.toString();
  }
}
