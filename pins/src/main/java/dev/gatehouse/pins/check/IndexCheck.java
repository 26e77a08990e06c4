package dev.gatehouse.pins.check;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.ProjectStatus;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.StatedHash;
import dev.gatehouse.pins.page.HeldFile;
import dev.gatehouse.pins.page.UploadTime;
import dev.gatehouse.upstream.PageOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an index knows of the versions and hashes that a file pins. */
public final class IndexCheck {
  private static final int MOST_UNKNOWN_HASHES = 20;

  private final Map<ProjectName, PageOutcome> pages;
  private final Instant now;
  private final Duration minimumAge;
  private final PinFile file;
  private final CheckResult result;
  private final Set<ProjectName> unanswered = new HashSet<>();
  private int undated;

  private IndexCheck(
      PinFile file,
      Map<ProjectName, PageOutcome> pages,
      Instant now,
      Duration minimumAge,
      CheckResult result) {
    this.file = file;
    this.pages = pages;
    this.now = now;
    this.minimumAge = minimumAge;
    this.result = result;
  }

  /** The projects whose pages a check of the file asks for. */
  public static Set<ProjectName> asksFor(PinFile file) {
    Set<ProjectName> projects = new TreeSet<>();
    for (Requirement requirement : file.requirements()) {
      ProjectName project = requirement.project();
      if (project != null && requirement.fromIndex()) {
        projects.add(project);
      }
    }
    return projects;
  }

  /** Of an answer what a check of these versions looks at; a page may list thousands of files. */
  public static PageOutcome needed(PageOutcome answer, Set<Version> versions) {
    return answer instanceof PageOutcome.Fresh fresh
        ? Pages.with(
            fresh,
            fresh.page().files().stream()
                .filter(file -> versions.contains(file.name().version()))
                .toList())
        : answer;
  }

  /**
   * Checks a file.
   *
   * @param pages what the index answered, for all that {@link #asksFor} names
   * @param minimumAge younger uploads are told; zero: none
   */
  public static void of(
      PinFile file,
      Map<ProjectName, PageOutcome> pages,
      Instant now,
      Duration minimumAge,
      CheckResult result) {
    new IndexCheck(file, pages, now, minimumAge, result).check();
  }

  private void check() {
    for (Requirement requirement : file.requirements()) {
      ProjectName project = requirement.project();
      if (project == null || !requirement.fromIndex()) {
        continue;
      }
      switch (pages.get(project)) {
        case PageOutcome.Fresh fresh -> page(requirement, project, fresh.page());
        case PageOutcome.Absent _ ->
            result.add(
                PinRules.MISSING,
                requirement.location(),
                "The index has no project %s.".formatted(project),
                requirement.toString());
        case PageOutcome.Unavailable unavailable ->
            unanswered(project, unavailable.failure().message());
        case PageOutcome.NotModified _ -> unanswered(project, "The index answered nothing new.");
        case null -> unanswered(project, "The index was not asked for %s.".formatted(project));
      }
    }
    if (undated > 0 && !minimumAge.isZero()) {
      result.leftOpen(
          file.path(),
          "The index does not say when %,d of the pinned versions were uploaded: their age was not checked."
              .formatted(undated));
    }
  }

  private void unanswered(ProjectName project, String why) {
    if (unanswered.add(project)) {
      result.leftOpen(file.path(), why);
    }
  }

  private void page(Requirement requirement, ProjectName project, ProjectPage page) {
    if (page.status().state() == ProjectStatus.State.QUARANTINED) {
      String reason = page.status().reason();
      result.add(
          PinRules.QUARANTINED,
          requirement.location(),
          "The index has %s in quarantine%s."
              .formatted(project, reason == null ? "" : ": " + reason),
          requirement.toString());
      return;
    }
    requirement.exactVersion().ifPresent(version -> version(requirement, project, page, version));
  }

  private void version(
      Requirement requirement, ProjectName project, ProjectPage page, Version version) {
    List<PageFile> files =
        page.files().stream().filter(each -> each.name().version().equals(version)).toList();
    if (files.isEmpty()) {
      result.add(
          PinRules.MISSING,
          requirement.location(),
          "The index has no file of %s %s: it was removed, or never was there."
              .formatted(project, version),
          requirement.toString());
      return;
    }
    List<StatedHash> hashes = requirement.allHashes();
    List<PageFile> meant =
        hashes.isEmpty() ? files : files.stream().filter(each -> isStated(each, hashes)).toList();
    unknownHashes(requirement, project, version, files, hashes);
    if (meant.isEmpty()) {
      return;
    }
    if (!hashes.isEmpty()) {
      partialHashes(requirement, project, version, files, meant);
    }
    Optional<String> held = heldReason(meant);
    if (held.isPresent()) {
      held(requirement, project, version, held.get());
    } else {
      yanked(requirement, project, version, meant);
      age(requirement, project, version, meant);
    }
  }

  private static boolean isStated(PageFile file, List<StatedHash> hashes) {
    return hashes.stream()
        .anyMatch(
            stated -> stated.hash().hex().equals(file.hashes().get(stated.hash().algorithm())));
  }

  private void unknownHashes(
      Requirement requirement,
      ProjectName project,
      Version version,
      List<PageFile> files,
      List<StatedHash> hashes) {
    Set<String> told = new HashSet<>();
    for (PageFile page : files) {
      told.addAll(page.hashes().keySet());
    }
    List<StatedHash> unknown = new ArrayList<>();
    for (StatedHash stated : hashes) {
      String algorithm = stated.hash().algorithm();
      if (!told.contains(algorithm)) {
        result.leftOpen(
            requirement.location().file(),
            "The index states no %s of %s %s, so that hash was not checked."
                .formatted(algorithm, project, version));
      } else if (files.stream()
          .noneMatch(each -> stated.hash().hex().equals(each.hashes().get(algorithm)))) {
        unknown.add(stated);
      }
    }
    for (StatedHash stated : unknown.subList(0, Math.min(unknown.size(), MOST_UNKNOWN_HASHES))) {
      result.add(
          PinRules.UNKNOWN_HASH,
          stated.location(),
          "No file of %s %s on the index has this %s."
              .formatted(project, version, stated.hash().algorithm()),
          stated.hash().toString());
    }
  }

  private void partialHashes(
      Requirement requirement,
      ProjectName project,
      Version version,
      List<PageFile> files,
      List<PageFile> meant) {
    List<String> uncovered = Coverage.uncovered(requirement.marker(), files, meant);
    if (!uncovered.isEmpty()) {
      result.add(
          PinRules.PARTIAL_HASHES,
          requirement.location(),
          "%d of %d files of %s %s are covered: the install fails on %s."
              .formatted(
                  meant.size(), files.size(), project, version, String.join("; ", uncovered)),
          requirement.toString());
    }
  }

  /** The reason why Gatehouse serves none of the files; empty where it serves one. */
  private static Optional<String> heldReason(List<PageFile> files) {
    List<Optional<String>> reasons = files.stream().map(HeldFile::reason).toList();
    return reasons.stream().allMatch(Optional::isPresent) ? reasons.getFirst() : Optional.empty();
  }

  private void held(Requirement requirement, ProjectName project, Version version, String reason) {
    result.add(
        PinRules.HELD,
        reason.startsWith("refuse") ? Severity.CRITICAL : Severity.HIGH,
        requirement.location(),
        "%s %s is not served: %s".formatted(project, version, reason),
        requirement.toString());
  }

  private void yanked(
      Requirement requirement, ProjectName project, Version version, List<PageFile> files) {
    for (PageFile file : files) {
      if (!(file.yank() instanceof Yank.Yanked)) {
        return;
      }
    }
    String reason =
        files.getFirst().yank() instanceof Yank.Yanked yanked && !yanked.reason().isBlank()
            ? ": " + yanked.reason()
            : ", without a reason.";
    result.add(
        PinRules.YANKED,
        requirement.location(),
        "%s %s was yanked%s".formatted(project, version, reason),
        requirement.toString());
  }

  private void age(
      Requirement requirement, ProjectName project, Version version, List<PageFile> files) {
    Instant newest = null;
    for (PageFile file : files) {
      if (UploadTime.isFirstSight(file)) {
        // The Gatehouse that shows it serves it: it knows whose files have no age.
        return;
      }
      Instant uploaded = file.uploadTime();
      if (uploaded == null) {
        undated++;
        return;
      }
      newest = newest == null || uploaded.isAfter(newest) ? uploaded : newest;
    }
    if (newest != null && newest.isAfter(now.minus(minimumAge))) {
      Duration age = Duration.between(newest, now);
      result.add(
          PinRules.TOO_YOUNG,
          requirement.location(),
          "%s %s was uploaded %s ago, at %s; the minimum age is %s."
              .formatted(project, version, told(age), newest, told(minimumAge)),
          requirement.toString());
    }
  }

  /** A time in its largest two units. */
  static String told(Duration time) {
    if (time.isNegative()) {
      return "0 min";
    }
    long days = time.toDays();
    if (days > 0) {
      return time.toHoursPart() == 0 ? days + " d" : days + " d " + time.toHoursPart() + " h";
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min";
  }
}
