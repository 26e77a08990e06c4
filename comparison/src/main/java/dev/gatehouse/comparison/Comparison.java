package dev.gatehouse.comparison;

import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.comparison.source.Revision;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An artifact held against a source.
 *
 * @param target the artifact, as the user named it
 * @param sha256 64 hex digits; null where it could not be read
 * @param source as the user named it; empty where none was found
 * @param revision of the source; null where nothing was compared
 * @param decided how that revision was chosen; empty where nothing was compared
 * @param files all files of the artifact with their classes, then those that it lacks
 * @param findings of the comparison, and of the inspection on what is not explained
 * @param problems what was not compared
 */
public record Comparison(
    String target,
    @Nullable String sha256,
    String source,
    @Nullable Revision revision,
    String decided,
    List<FileResult> files,
    List<Finding> findings,
    List<Problem> problems) {
  private static final int MOST_LISTED = 1_000;

  /** Takes copies. */
  public Comparison {
    files = List.copyOf(files);
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  /** An artifact that was held against nothing, for one reason. */
  public static Comparison uncompared(
      String target,
      @Nullable String sha256,
      String source,
      List<Finding> findings,
      String problem) {
    return new Comparison(
        target, sha256, source, null, "", List.of(), findings, List.of(new Problem(null, problem)));
  }

  /** How many files are of each class. */
  public Map<FileClass, Integer> counts() {
    Map<FileClass, Integer> counts = new EnumMap<>(FileClass.class);
    files.forEach(file -> counts.merge(file.type(), 1, Integer::sum));
    return counts;
  }

  /** How much of it is shown to be the source's. */
  public Coverage coverage() {
    return Coverage.of(files);
  }

  /** The files that are not shown to be the source's, those with the worst findings first. */
  public List<FileResult> unexplained() {
    Map<String, Severity> worst = new HashMap<>();
    for (Finding finding : findings) {
      if (finding.path() != null) {
        worst.merge(
            finding.path(),
            finding.severity(),
            (one, other) -> one.compareTo(other) <= 0 ? one : other);
      }
    }
    return files.stream()
        .filter(file -> Coverage.isUnexplained(file.type()))
        .sorted(
            Comparator.comparing(
                file -> worst.getOrDefault(Printable.of(file.path(), 500), Severity.INFO)))
        .toList();
  }

  /** As every command reports. */
  public TargetReport report() {
    Map<String, Object> details = new LinkedHashMap<>();
    if (!source.isEmpty()) {
      details.put("source", Printable.of(source, 500));
    }
    if (revision != null) {
      details.put("revision", Printable.of(revision.name(), 200));
      if (revision.commit() != null) {
        details.put("commit", revision.commit());
      }
      details.put("decided", decided);
      Map<String, Object> classes = new LinkedHashMap<>();
      counts().forEach((type, count) -> classes.put(type.text(), count));
      details.put("classes", classes);
      details.put("coverage", coverage().details());
      details.put(
          "unexplained",
          unexplained().stream().limit(MOST_LISTED).map(Comparison::details).toList());
    }
    return new TargetReport(target, Kind.COMPARISON, sha256, findings, problems, details);
  }

  private static Map<String, Object> details(FileResult file) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("path", Printable.of(file.path(), 500));
    details.put("class", file.type().text());
    details.put("size", file.size());
    if (file.counterpart() != null) {
      details.put("counterpart", Printable.of(file.counterpart(), 500));
    }
    details.put("reason", Printable.of(file.reason(), 300));
    if (!file.diff().isEmpty()) {
      details.put("diff", file.diff().stream().map(line -> Printable.of(line, 500)).toList());
    }
    return details;
  }
}
