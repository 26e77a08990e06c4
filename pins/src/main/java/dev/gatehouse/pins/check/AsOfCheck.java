package dev.gatehouse.pins.check;

import dev.gatehouse.advisories.BadRelease;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.page.UploadTime;
import dev.gatehouse.upstream.PageOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a fresh install at a past moment would have taken for each requirement, and whether that is
 * now known to be malware. Yanked versions count: most were yanked because of what happened at that
 * moment. Versions that the index has removed since count where an incident's times are known.
 */
public final class AsOfCheck {
  private final PinFile file;
  private final Map<ProjectName, PageOutcome> pages;
  private final KnownBad known;
  private final Instant moment;
  private final CheckResult result;

  /** A version that could be installed, and since when; the upload of its first file. */
  private record Offered(Version version, Instant since) {}

  private AsOfCheck(
      PinFile file,
      Map<ProjectName, PageOutcome> pages,
      KnownBad known,
      Instant moment,
      CheckResult result) {
    this.file = file;
    this.pages = pages;
    this.known = known;
    this.moment = moment;
    this.result = result;
  }

  /** Of an answer what the check looks at: the first dated file of each version, or an undated. */
  public static PageOutcome needed(PageOutcome answer) {
    if (!(answer instanceof PageOutcome.Fresh fresh)) {
      return answer;
    }
    Map<Version, PageFile> first = new LinkedHashMap<>();
    for (PageFile file : fresh.page().files()) {
      first.merge(file.name().version(), file, AsOfCheck::earlier);
    }
    return Pages.with(fresh, List.copyOf(first.values()));
  }

  private static PageFile earlier(PageFile one, PageFile other) {
    Instant left = UploadTime.of(one);
    Instant right = UploadTime.of(other);
    return right == null || (left != null && !right.isBefore(left)) ? one : other;
  }

  /**
   * Checks a file.
   *
   * @param pages what the index answered, for all that {@link IndexCheck#asksFor} names
   */
  public static void of(
      PinFile file,
      Map<ProjectName, PageOutcome> pages,
      KnownBad known,
      Instant moment,
      CheckResult result) {
    new AsOfCheck(file, pages, known, moment, result).check();
  }

  private void check() {
    result.looked(file.path());
    for (Requirement requirement : file.requirements()) {
      ProjectName project = requirement.project();
      if (project != null && requirement.fromIndex() && requirement.role() != Role.CONSTRAINT) {
        requirement(requirement, project);
      }
    }
  }

  private void requirement(Requirement requirement, ProjectName project) {
    List<Offered> offered = new ArrayList<>();
    switch (pages.get(project)) {
      case PageOutcome.Fresh fresh -> offered.addAll(offered(requirement, fresh.page()));
      case PageOutcome.Absent _ -> {}
      case PageOutcome.Unavailable unavailable ->
          result.leftOpen(file.path(), unavailable.failure().message());
      case PageOutcome.NotModified _ ->
          result.leftOpen(file.path(), "The index answered nothing new of %s.".formatted(project));
      case null ->
          result.leftOpen(file.path(), "The index was not asked for %s.".formatted(project));
    }
    for (BadRelease release : known.releases(project)) {
      if (release.isOffered(moment)) {
        offered.add(new Offered(release.version(), release.from()));
      }
    }
    taken(requirement, project, offered).ifPresent(taken -> tell(requirement, project, taken));
  }

  private List<Offered> offered(Requirement requirement, ProjectPage page) {
    Map<Version, Instant> since = new LinkedHashMap<>();
    boolean undated = false;
    for (PageFile each : page.files()) {
      Instant uploaded = UploadTime.of(each);
      undated |= uploaded == null;
      if (uploaded != null && !uploaded.isAfter(moment)) {
        since.merge(each.name().version(), uploaded, (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    if (undated) {
      result.leftOpen(
          requirement.location().file(),
          "The index does not say when all files of %s were uploaded: those without a time were passed over."
              .formatted(page.name()));
    }
    return since.entrySet().stream()
        .map(entry -> new Offered(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The newest that every line about the project allows; a pre-release where it is asked for. */
  private Optional<Offered> taken(
      Requirement requirement, ProjectName project, List<Offered> offered) {
    List<SpecifierSet> demands =
        file.requirements().stream()
            .filter(each -> project.equals(each.project()))
            .filter(each -> each.equals(requirement) || each.role() == Role.CONSTRAINT)
            .map(Requirement::specifiers)
            .toList();
    List<Offered> fitting =
        offered.stream()
            .filter(each -> demands.stream().allMatch(demand -> demand.contains(each.version())))
            .toList();
    boolean prereleases =
        demands.stream().anyMatch(SpecifierSet::namesPrerelease)
            || fitting.stream().allMatch(each -> each.version().isPrerelease());
    return fitting.stream()
        .filter(each -> prereleases || !each.version().isPrerelease())
        .max((a, b) -> a.version().compareTo(b.version()));
  }

  private void tell(Requirement requirement, ProjectName project, Offered taken) {
    @Nullable BadVersion bad = known.malware(project, taken.version()).orElse(null);
    String what =
        "A fresh install at %s would have taken %s %s, uploaded at %s"
            .formatted(moment, project, taken.version(), taken.since());
    if (bad == null) {
      result.add(PinRules.AS_OF, requirement.location(), what + ".", requirement.toString());
    } else {
      result.add(
          PinRules.AS_OF_MALWARE,
          requirement.location(),
          "%s: known malware, %s".formatted(what, AdvisoryCheck.told(bad)),
          requirement.toString());
    }
  }
}
