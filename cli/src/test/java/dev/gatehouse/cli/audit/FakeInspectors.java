package dev.gatehouse.cli.audit;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds what the name of a target asks for. */
class FakeInspectors implements Inspectors {
  static final Rule BAD =
      new Rule("fake-bad", Severity.CRITICAL, true, "a bad thing", "Take it away.");
  static final Rule ODD =
      new Rule("fake-odd", Severity.MEDIUM, false, "an odd thing", "Look at it.");

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public Task artifact(String target, Path file) throws IOException {
    return task(target, Kind.WHEEL, Files.size(file));
  }

  @Override
  public Task image(String target, Path file) throws IOException {
    return task(target, Kind.IMAGE, Files.size(file));
  }

  @Override
  public Task environment(String target, Path folder) {
    return task(target, Kind.ENVIRONMENT, 0);
  }

  @Override
  public Task sources(String target, Path folder, List<Path> files) {
    return new Task(
        target,
        Kind.DIRECTORY,
        0,
        _ ->
            new TargetReport(
                target,
                Kind.DIRECTORY,
                null,
                List.of(),
                List.of(),
                Map.of(
                    "files",
                    files.stream().map(file -> file.toString().replace('\\', '/')).toList())));
  }

  @Override
  public List<Task> machine() {
    return List.of(task("/usr", Kind.ENVIRONMENT, 0), task("/home/me/.venv", Kind.ENVIRONMENT, 0));
  }

  private static Task task(String target, Kind kind, long bytes) {
    return new Task(target, kind, bytes, _ -> inspect(target, kind));
  }

  private static TargetReport inspect(String target, Kind kind) throws IOException {
    if (target.contains("unreadable")) {
      throw new IOException("the disk is on fire");
    }
    if (target.contains("crash")) {
      throw new IllegalStateException("secret");
    }
    List<Finding> findings =
        target.contains("bad")
            ? List.of(BAD.at("x.pth", 1, "Does a bad thing at every start of Python.", "import x"))
            : target.contains("odd") ? List.of(ODD.in("x.py", "Does an odd thing.")) : List.of();
    List<Problem> problems =
        target.contains("half") ? List.of(new Problem("y", "Could not read the rest.")) : List.of();
    return new TargetReport(target, kind, null, findings, problems, Map.of());
  }
}
