package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A report as workflow commands of GitHub Actions, which shows them as annotations: errors for what
 * is high or worse and for what was not read, warnings for medium, notices for the rest; worst
 * first, since it keeps ten of each in a step.
 */
public final class GithubReport implements ReportWriter {
  private record Annotation(Severity severity, String line) {}

  @Override
  public void write(Report report, Writer out) throws IOException {
    Stream<Annotation> findings =
        report.targets().stream()
            .flatMap(target -> target.findings().stream().map(found -> annotation(target, found)));
    Stream<Annotation> problems =
        report.targets().stream()
            .flatMap(
                target -> target.problems().stream().map(problem -> annotation(target, problem)));
    for (Annotation annotation :
        Stream.concat(findings, problems)
            .sorted(Comparator.comparing(Annotation::severity))
            .toList()) {
      out.write(annotation.line());
      out.write('\n');
    }
    out.flush();
  }

  private static Annotation annotation(TargetReport target, Finding finding) {
    Place place = Place.of(target, finding.path(), finding.line());
    StringBuilder message = new StringBuilder(finding.message());
    if (!finding.evidence().isEmpty()) {
      message.append("\n").append(finding.evidence());
    }
    message.append("\n").append(finding.rule().remedy());
    return new Annotation(
        finding.severity(),
        command(
            level(finding.severity()),
            place,
            finding.severity().text() + ": " + finding.rule().name(),
            message.toString()));
  }

  private static Annotation annotation(TargetReport target, Problem problem) {
    Place place = Place.of(target, problem.path(), 0);
    return new Annotation(
        Severity.HIGH, command("error", place, "incomplete: not all was read", problem.message()));
  }

  private static String command(String level, Place place, String title, String message) {
    StringBuilder command = new StringBuilder("::").append(level);
    command.append(" file=").append(property(Printable.of(place.file(), 1000)));
    if (place.line() > 0) {
      command.append(",line=").append(place.line());
    }
    command.append(",title=").append(property(title));
    String where = place.inside().isEmpty() ? "" : place.inside() + ": ";
    return command.append("::").append(data(where + message)).toString();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "notice";
    };
  }

  /** As the runner's own toolkit escapes it (actions/toolkit, packages/core/src/command.ts). */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
