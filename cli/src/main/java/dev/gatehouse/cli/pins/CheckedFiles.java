package dev.gatehouse.cli.pins;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.check.AdvisoryCheck;
import dev.gatehouse.pins.check.AsOfCheck;
import dev.gatehouse.pins.check.BypassCheck;
import dev.gatehouse.pins.check.CheckResult;
import dev.gatehouse.pins.check.IndexCheck;
import dev.gatehouse.pins.check.OfflineCheck;
import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Unread;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.upstream.PageOutcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The files of one run of {@code check}, and what was found in them. */
final class CheckedFiles {
  static final String LEFT_OUT =
      "Offline: whether versions and hashes are on the index, yanked, held or too young was not checked.";

  /** The locks of the tools that read a pyproject.toml. */
  private static final List<String> LOCKS =
      List.of("uv.lock", "pylock.toml", "poetry.lock", "pdm.lock");

  private final List<PinFile> files = new ArrayList<>();
  private final CheckResult result = new CheckResult();

  private CheckedFiles() {}

  /** Reads them; what cannot be read of one becomes a problem of its report. */
  static CheckedFiles read(List<Path> paths, Map<String, String> environment) {
    CheckedFiles checked = new CheckedFiles();
    PinFileReader reader =
        new PinFileReader(
            variable -> Optional.ofNullable(environment.get(variable)),
            malformed -> checked.result.leftOpen(malformed.file(), reason(malformed)));
    for (Path path : paths) {
      try {
        checked.add(reader.read(path));
      } catch (PinFileException e) {
        checked.result.leftOpen(path, reason(e));
      }
    }
    return checked;
  }

  private void add(PinFile file) {
    files.add(file);
    for (Unread unread : file.unread()) {
      result.leftOpen(unread.location().file(), unread.reason());
    }
  }

  private static String reason(PinFileException e) {
    return "Could not read it: " + e.getMessage() + ".";
  }

  List<PinFile> files() {
    return List.copyOf(files);
  }

  /** What needs no network. */
  void offline(KnownBad known, Severity least, @Nullable URI index) {
    for (PinFile file : files) {
      OfflineCheck.of(file, isLockedElsewhere(file), result);
      AdvisoryCheck.of(file, known, least, result);
      if (index != null) {
        BypassCheck.of(file, index, result);
      }
    }
  }

  /** What the index knows. */
  void online(Map<ProjectName, PageOutcome> pages, Instant now, Duration minimumAge) {
    for (PinFile file : files) {
      IndexCheck.of(file, pages, now, minimumAge, result);
    }
  }

  /** What a fresh install would have taken. */
  void asOf(Instant moment, KnownBad known, Map<ProjectName, PageOutcome> pages) {
    for (PinFile file : files) {
      AsOfCheck.of(file, pages, known, moment, result);
    }
  }

  /** What of the index's answers is looked at. */
  BiFunction<ProjectName, PageOutcome, PageOutcome> needed(boolean asOf) {
    if (asOf) {
      return (_, answer) -> AsOfCheck.needed(answer);
    }
    Map<ProjectName, Set<Version>> pinned = new HashMap<>();
    for (PinFile file : files) {
      for (ExactPin pin : file.exact()) {
        pinned.computeIfAbsent(pin.project(), _ -> new HashSet<>()).add(pin.version());
      }
    }
    return (project, answer) -> IndexCheck.needed(answer, pinned.getOrDefault(project, Set.of()));
  }

  private static boolean isLockedElsewhere(PinFile file) {
    return switch (file.format()) {
      case PYPROJECT ->
          LOCKS.stream().anyMatch(lock -> Files.exists(file.path().resolveSibling(lock)));
      // What pip-compile and uv make requirements.txt from.
      case REQUIREMENTS -> {
        String path = file.path().toString();
        yield path.endsWith(".in")
            && Files.exists(Path.of(path.substring(0, path.length() - 3) + ".txt"));
      }
      case PYLOCK, UV_LOCK, POETRY_LOCK, PDM_LOCK, PIPFILE_LOCK -> false;
    };
  }

  /** A report for each file, included ones too. */
  List<TargetReport> reports(boolean offline) {
    Map<Path, PinFile> named = new HashMap<>();
    files.forEach(file -> named.put(file.path(), file));
    List<TargetReport> reports = new ArrayList<>();
    for (Path path : result.files()) {
      Map<String, Object> details = new LinkedHashMap<>();
      PinFile file = named.get(path);
      if (file != null) {
        details.put("format", file.format().text());
        details.put("exact", file.exact().size());
        details.put("not-exact", file.inexact().size());
      }
      if (offline) {
        details.put("left-out", LEFT_OUT);
      }
      List<Problem> problems = result.problems(path);
      reports.add(
          new TargetReport(
              CheckResult.shown(path),
              Kind.REQUIREMENTS,
              null,
              result.findings(path),
              problems,
              details));
    }
    return reports;
  }
}
