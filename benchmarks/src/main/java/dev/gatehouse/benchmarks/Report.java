package dev.gatehouse.benchmarks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** All that was measured, as Markdown. */
final class Report {
  private final Machine machine;
  private final Options options;
  private final Instant when;
  private final List<Row> rows = new ArrayList<>();

  Report(Machine machine, Options options, Instant when) {
    this.machine = machine;
    this.options = options;
    this.when = when;
  }

  void add(Row row) {
    rows.add(row);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("Measured on ").append(when.atZone(ZoneOffset.UTC).toLocalDate());
    text.append(" by `").append(String.join(" ", command())).append("` on ").append(machine.text());
    text.append("; ").append(options.rounds()).append(" rounds in turn, loads of ");
    text.append(options.load().toSeconds()).append(" s over 64 connections.\n");
    text.append(
        "Each cell: median (least–most); beside it is nginx where nothing else is named; the ratio is Gatehouse over it, by pairs.\n\n");
    text.append("| measured | Gatehouse | beside it | ratio | target | met |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> text.append(row.markdown()));
    return text.toString();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("benchmarks/run"));
    command.addAll(options.words());
    return command;
  }
}
