package dev.gatehouse.findings;

import dev.gatehouse.findings.Page.Ink;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report for a person, perhaps one who was woken by it: the worst target first, in it the worst
 * finding first, each with its place, what it does, the line that shows it and what to do; then
 * every executable {@code .pth} line; then what could not be read; at the end one line with the
 * sum, since that is what stands above the next prompt.
 */
public final class TextReport implements ReportWriter {
  private static final int LISTED_OF_A_RULE = 20;
  private static final int LISTED_CLEAN = 20;

  private final Style style;

  /**
   * How it looks.
   *
   * @param columns that a line may have, at least 60
   * @param colour whether to use a terminal's colours
   * @param leastOnly print findings of this severity or worse alone, and nothing at all where there
   *     are none and all was read; null: everything
   */
  public record Style(int columns, boolean colour, @Nullable Severity leastOnly) {
    /** Checks the width. */
    public Style {
      if (columns < 60) {
        throw new IllegalArgumentException("a report needs 60 columns, not " + columns);
      }
    }
  }

  /** A report of this look. */
  public TextReport(Style style) {
    this.style = style;
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    Page page = new Page(out, style.columns(), style.colour());
    Severity least = style.leastOnly();
    if (least != null && !report.hasAtLeast(least) && !report.isIncomplete()) {
      return;
    }
    List<TargetReport> targets =
        report.targets().stream().sorted(Comparator.comparing(TextReport::worst)).toList();
    if (least == null) {
      ProvenanceText.table(page, report.targets());
    }
    for (TargetReport target : targets) {
      findings(page, target, targets.size() == 1);
    }
    if (least == null) {
      executablePth(page, targets);
    }
    problems(page, targets);
    if (least == null) {
      clean(page, report.targets());
    }
    sum(page, report);
    page.flush();
  }

  private static Severity worst(TargetReport target) {
    return target.findings().isEmpty() ? Severity.INFO : target.findings().getFirst().severity();
  }

  private void findings(Page page, TargetReport target, boolean alone) throws IOException {
    Map<String, List<Finding>> groups =
        shown(target)
            .collect(
                Collectors.groupingBy(
                    finding -> "%s %s".formatted(finding.rule().name(), finding.severity()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    boolean compared = target.kind() == Kind.COMPARISON && style.leastOnly() == null;
    boolean proved =
        target.kind() == Kind.PROVENANCE
            && style.leastOnly() == null
            && (alone || !groups.isEmpty() || ProvenanceText.isHistory(target));
    if (groups.isEmpty() && !compared && !proved) {
      return;
    }
    page.paragraph(0, Ink.BOLD, name(target));
    page.paragraph(2, Ink.FAINT, identity(target));
    if (compared) {
      ComparisonText.of(target).summary(page);
    }
    if (proved) {
      ProvenanceText.summary(page, target);
    }
    page.blank();
    for (List<Finding> group : groups.values()) {
      group(page, group);
      page.blank();
    }
    if (compared) {
      ComparisonText.of(target).diffs(page);
    }
  }

  /** Without what the list of executable .pth lines says anyway. */
  private Stream<Finding> shown(TargetReport target) {
    Set<String> listed =
        ExecutablePth.of(target).stream()
            .filter(ExecutablePth::known)
            .map(ExecutablePth::place)
            .collect(Collectors.toSet());
    Severity least = style.leastOnly() == null ? Severity.INFO : style.leastOnly();
    // Inspectors tell first what explains the rest: a start-up line before what its code does.
    List<String> order =
        target.findings().stream().map(finding -> finding.rule().name()).distinct().toList();
    return target.findings().stream()
        .filter(finding -> finding.severity().isAtLeast(least))
        .filter(finding -> finding.severity() != Severity.INFO || !listed.contains(place(finding)))
        .sorted(
            Comparator.comparing(Finding::severity)
                .thenComparing(finding -> !finding.blocking())
                .thenComparingInt(finding -> order.indexOf(finding.rule().name())));
  }

  private static String identity(TargetReport target) {
    Object version = target.details().get("version");
    Object project = target.details().get("project");
    String what =
        project == null || version == null
            ? ""
            : " of " + Printable.of(project + " " + version, 100);
    String sha256 = target.sha256() == null ? "" : ", sha256 " + target.sha256();
    return target.kind().text() + what + sha256;
  }

  private static void group(Page page, List<Finding> group) throws IOException {
    Finding first = group.getFirst();
    String label = first.severity().text().toUpperCase(Locale.ROOT);
    page.labelled(
        label,
        ink(first.severity()),
        "",
        2,
        Ink.BOLD,
        (first.rule().name() + ": " + first.rule().title())
            + (first.blocking() ? " (refused by the default policy)" : ""));
    int listed =
        first.severity().isAtLeast(Severity.HIGH)
            ? group.size()
            : Math.min(group.size(), LISTED_OF_A_RULE);
    for (Finding finding : group.subList(0, listed)) {
      String place = place(finding);
      if (!place.isEmpty()) {
        page.paragraph(2, Ink.CYAN, place);
      }
      page.paragraph(4, Ink.PLAIN, finding.message());
      page.code(4, finding.evidence());
    }
    if (listed < group.size()) {
      page.paragraph(
          2, Ink.PLAIN, "and %d more; --format json has them all".formatted(group.size() - listed));
    }
    page.labelled("To do:", Ink.GREEN, "  ", 9, Ink.PLAIN, first.rule().remedy());
  }

  private static void executablePth(Page page, List<TargetReport> targets) throws IOException {
    List<TargetReport> asked =
        targets.stream().filter(target -> target.details().containsKey(ExecutablePth.KEY)).toList();
    if (asked.isEmpty()) {
      return;
    }
    List<ExecutablePth> all =
        asked.stream().flatMap(target -> ExecutablePth.of(target).stream()).toList();
    if (all.isEmpty()) {
      page.paragraph(
          0, Ink.BOLD, "Executable .pth lines, which run at every start of Python: none");
      page.blank();
      return;
    }
    long unknown = all.stream().filter(line -> !line.known()).count();
    page.paragraph(
        0,
        Ink.BOLD,
        "Executable .pth lines, which run at every start of Python: %d, %s unknown"
            .formatted(all.size(), unknown == 0 ? "none" : Long.toString(unknown)));
    for (TargetReport target : asked) {
      List<ExecutablePth> lines = ExecutablePth.of(target);
      if (!lines.isEmpty()) {
        page.paragraph(2, Ink.PLAIN, name(target));
      }
      for (ExecutablePth line : lines) {
        pthLine(page, line);
      }
    }
    page.blank();
  }

  private static void pthLine(Page page, ExecutablePth line) throws IOException {
    String shape = line.shape().isEmpty() ? "" : " (" + line.shape() + ")";
    String versions = line.versions().isEmpty() ? "" : "; run by Python " + line.versions();
    page.labelled(
        line.known() ? "known  " : "UNKNOWN",
        line.known() ? Ink.GREEN : Ink.RED,
        "    ",
        12,
        Ink.PLAIN,
        line.place() + shape + versions);
    page.code(12, line.code());
  }

  private static void problems(Page page, List<TargetReport> targets) throws IOException {
    long count = targets.stream().mapToLong(target -> target.problems().size()).sum();
    if (count == 0) {
      return;
    }
    page.paragraph(0, Ink.RED, "Not read, so nobody may call it clean: " + count);
    for (TargetReport target : targets) {
      if (!target.problems().isEmpty()) {
        page.paragraph(2, Ink.PLAIN, name(target));
      }
      for (Problem problem : target.problems()) {
        page.paragraph(
            4,
            Ink.PLAIN,
            problem.path() == null ? problem.message() : problem.path() + ": " + problem.message());
      }
    }
    page.blank();
  }

  private static void clean(Page page, List<TargetReport> targets) throws IOException {
    List<TargetReport> clean =
        targets.stream().filter(target -> target.status() == Status.CLEAN).toList();
    if (clean.isEmpty()) {
      return;
    }
    page.paragraph(0, Ink.BOLD, "Clean: " + clean.size());
    for (TargetReport target : clean.subList(0, Math.min(clean.size(), LISTED_CLEAN))) {
      page.paragraph(2, Ink.PLAIN, name(target));
    }
    if (clean.size() > LISTED_CLEAN) {
      page.paragraph(2, Ink.PLAIN, "and %d more".formatted(clean.size() - LISTED_CLEAN));
    }
    page.blank();
  }

  private static void sum(Page page, Report report) throws IOException {
    List<TargetReport> targets = report.targets();
    List<Finding> findings =
        targets.stream().flatMap(target -> target.findings().stream()).toList();
    String found =
        Stream.of(Severity.values())
            .map(
                severity ->
                    Map.entry(
                        severity,
                        findings.stream()
                            .filter(finding -> finding.severity() == severity)
                            .count()))
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey().text())
            .collect(Collectors.joining(", "));
    String targetCount = targets.size() == 1 ? "1 target" : targets.size() + " targets";
    long incomplete =
        targets.stream().filter(target -> target.status() == Status.INCOMPLETE).count();
    boolean clean = targets.stream().allMatch(target -> target.status() == Status.CLEAN);
    String text =
        targetCount
            + ": "
            + (found.isEmpty() ? "nothing found" : found)
            + (incomplete == 0 ? "" : "; %d incomplete".formatted(incomplete))
            + (clean && !targets.isEmpty() ? "; clean" : "");
    page.paragraph(0, clean ? Ink.GREEN : Ink.BOLD, text);
    if (!findings.isEmpty()) {
      Finding worst = findings.stream().min(Comparator.comparing(Finding::severity)).orElseThrow();
      page.paragraph(
          0, Ink.FAINT, "More on a rule: gatehouse audit --explain " + worst.rule().name());
    }
  }

  private static Ink ink(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Ink.ALARM;
      case HIGH -> Ink.RED;
      case MEDIUM -> Ink.YELLOW;
      case LOW -> Ink.CYAN;
      case INFO -> Ink.FAINT;
    };
  }

  private static String place(Finding finding) {
    if (finding.path() == null) {
      return "";
    }
    return finding.line() == 0 ? finding.path() : finding.path() + ":" + finding.line();
  }

  private static String name(TargetReport target) {
    return Printable.of(target.target(), 500);
  }
}
