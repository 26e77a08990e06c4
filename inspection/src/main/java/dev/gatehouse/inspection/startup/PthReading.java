package dev.gatehouse.inspection.startup;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import java.util.List;

/**
 * What a file holds that {@code site} obeys.
 *
 * @param findings on its executable lines and on itself
 * @param executable all lines that run
 * @param places what it puts on the path: judged by whoever knows the site directory
 * @param modules dotted names of the modules that its lines import
 * @param problems where not all of it was looked at
 */
public record PthReading(
    List<Finding> findings,
    List<ExecutableLine> executable,
    List<PathLine> places,
    List<String> modules,
    List<Problem> problems) {
  /** Takes copies. */
  public PthReading {
    findings = List.copyOf(findings);
    executable = List.copyOf(executable);
    places = List.copyOf(places);
    modules = List.copyOf(modules);
    problems = List.copyOf(problems);
  }
}
