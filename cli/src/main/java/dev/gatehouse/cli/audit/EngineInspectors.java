package dev.gatehouse.cli.audit;

import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.cli.advisories.AdvisorySettings;
import dev.gatehouse.cli.advisories.CurrentAdvisories;
import dev.gatehouse.cli.report.Meter;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.EntryReader;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.artifact.SourceFiles;
import dev.gatehouse.inspection.environment.DiskTree;
import dev.gatehouse.inspection.environment.MachineInspection;
import dev.gatehouse.inspection.environment.Platform;
import dev.gatehouse.inspection.environment.SearchPlaces;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The inspectors of {@code inspection}, wired to files and folders of this machine. */
final class EngineInspectors implements Inspectors {
  private final Inspector inspector;
  private final CurrentAdvisories advisories;
  private final Map<String, String> environment;

  private EngineInspectors(CurrentAdvisories advisories, Map<String, String> environment) {
    this.advisories = advisories;
    this.environment = environment;
    KnownBad known = new KnownBad(advisories.records(), Incidents.builtIn());
    this.inspector = new Inspector(known, Limits.DEFAULT, InstantSource.system());
  }

  static Inspectors open(AdvisorySettings settings) {
    return new EngineInspectors(
        CurrentAdvisories.of(settings, InstantSource.system()), settings.environment());
  }

  @Override
  public List<String> notes() {
    return advisories.notes();
  }

  @Override
  public Task artifact(String target, Path file) throws IOException {
    return task(
        target,
        Kind.WHEEL,
        Files.size(file),
        meter -> {
          try (SeekableByteChannel bytes = MeteredChannel.open(file, meter)) {
            return inspector.artifact(target, file.getFileName().toString(), bytes);
          }
        });
  }

  @Override
  public Task image(String target, Path file) throws IOException {
    return task(
        target,
        Kind.IMAGE,
        Files.size(file),
        meter -> {
          try (SeekableByteChannel bytes = MeteredChannel.open(file, meter)) {
            return inspector.image(target, bytes);
          }
        });
  }

  @Override
  public Task environment(String target, Path folder) {
    return task(
        target, Kind.ENVIRONMENT, 0, _ -> inspector.environment(target, "", DiskTree.of(folder)));
  }

  @Override
  public Task sources(String target, Path folder, List<Path> files) {
    return task(
        target,
        Kind.DIRECTORY,
        0,
        meter ->
            inspector.sources(
                target, (reader, unread) -> read(folder, files, meter, reader, unread)));
  }

  private static void read(
      Path folder, List<Path> files, Meter meter, EntryReader reader, SourceFiles.Unread unread) {
    for (Path relative : files) {
      String path = relative.toString().replace('\\', '/');
      Path file = folder.resolve(relative);
      try (SeekableByteChannel bytes = MeteredChannel.open(file, meter);
          InputStream in = new BufferedInputStream(Channels.newInputStream(bytes), 1 << 16)) {
        reader.read(
            new ArchiveEntry(
                path, ArchiveEntry.Type.FILE, bytes.size(), Files.isExecutable(file), null),
            in);
      } catch (IOException e) {
        unread.file(path, e);
      }
    }
  }

  @Override
  public List<Task> machine() {
    List<Task> tasks = new ArrayList<>();
    SearchPlaces places =
        new SearchPlaces(platform(), Path.of("").toAbsolutePath().toString(), home(), environment);
    for (MachineInspection.Piece piece :
        inspector.machine(DiskTree.machine(FileSystems.getDefault()), places)) {
      tasks.add(task(piece.name(), piece.kind(), 0, _ -> piece.inspection().get()));
    }
    return tasks;
  }

  private String home() {
    String home = environment.get(platform() == Platform.WINDOWS ? "USERPROFILE" : "HOME");
    return home == null || home.isBlank() ? System.getProperty("user.home") : home;
  }

  private static Platform platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("windows")
        ? Platform.WINDOWS
        : system.startsWith("mac") ? Platform.MACOS : Platform.LINUX;
  }

  /** A report says what it was held against, and with --strict is incomplete without. */
  private Task task(String target, Kind kind, long bytes, Task.Inspection inspection) {
    return new Task(target, kind, bytes, meter -> completed(inspection.inspect(meter)));
  }

  private TargetReport completed(TargetReport report) {
    List<Problem> problems = new ArrayList<>(report.problems());
    problems.addAll(advisories.problems());
    Map<String, Object> details = new LinkedHashMap<>(report.details());
    details.put("advisories", advisories.details());
    return new TargetReport(
        report.target(), report.kind(), report.sha256(), report.findings(), problems, details);
  }
}
