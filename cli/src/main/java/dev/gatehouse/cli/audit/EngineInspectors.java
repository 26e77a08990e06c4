package dev.gatehouse.cli.audit;

import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The inspectors of {@code inspection}, wired to files and folders of this machine. */
final class EngineInspectors implements Inspectors {
  private EngineInspectors() {}

  static Inspectors open(AuditSettings settings) {
    return new EngineInspectors();
  }

  @Override
  public Task artifact(String target, Path file) throws IOException {
    return unread(target, Kind.WHEEL, Files.size(file));
  }

  @Override
  public Task image(String target, Path file) throws IOException {
    return unread(target, Kind.IMAGE, Files.size(file));
  }

  @Override
  public Task environment(String target, Path folder) {
    return unread(target, Kind.ENVIRONMENT, 0);
  }

  @Override
  public Task sources(String target, Path folder, List<Path> files) {
    return unread(target, Kind.DIRECTORY, 0);
  }

  @Override
  public List<Task> machine() {
    return List.of(unread("this machine", Kind.ENVIRONMENT, 0));
  }

  private static Task unread(String target, Kind kind, long bytes) {
    return new Task(
        target,
        kind,
        bytes,
        _ ->
            new TargetReport(
                target,
                kind,
                null,
                List.of(),
                List.of(new Problem(null, "Could not look into it: this build has no inspector.")),
                Map.of()));
  }
}
