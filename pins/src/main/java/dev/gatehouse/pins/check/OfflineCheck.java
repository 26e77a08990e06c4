package dev.gatehouse.pins.check;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import dev.gatehouse.pins.file.Unread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a file tells by itself: whether it is exact, hashed, from one place, and of one mind. */
public final class OfflineCheck {
  private final PinFile file;
  private final boolean lockedElsewhere;
  private final CheckResult result;

  /** What pip takes from constraints for a requirement of the same project. */
  private final Map<ProjectName, List<Requirement>> constraints;

  private OfflineCheck(PinFile file, boolean lockedElsewhere, CheckResult result) {
    this.file = file;
    this.lockedElsewhere = lockedElsewhere;
    this.result = result;
    this.constraints =
        file.requirements().stream()
            .filter(each -> each.role() == Role.CONSTRAINT && each.project() != null)
            .collect(Collectors.groupingBy(Requirement::project));
  }

  /**
   * Checks a file.
   *
   * @param lockedElsewhere whether a lock file beside it settles what it leaves open
   */
  public static void of(PinFile file, boolean lockedElsewhere, CheckResult result) {
    new OfflineCheck(file, lockedElsewhere, result).check();
  }

  private void check() {
    result.looked(file.path());
    for (Requirement requirement : file.requirements()) {
      result.looked(requirement.location().file());
      if (!requirement.isOwn()) {
        exactness(requirement);
        weakHashes(requirement);
        source(requirement);
      }
    }
    file.options().forEach(this::option);
    byProject().forEach(this::namedTwice);
    for (Unread unread : file.unread()) {
      result.add(
          PinRules.MUTABLE_SOURCE, unread.location(), "What is required is decided elsewhere.", "");
    }
  }

  private void exactness(Requirement requirement) {
    switch (requirement.source()) {
      case Source.Index _ -> {
        if (!isExact(requirement)) {
          notExact(requirement);
        } else if (hashes(requirement).isEmpty()) {
          noHash(requirement);
        }
      }
      case Source.Archive _ -> {
        if (hashes(requirement).isEmpty()) {
          noHash(requirement);
        }
      }
      case Source.Repository _, Source.Local _, Source.Own _ -> {}
    }
  }

  private boolean isExact(Requirement requirement) {
    return requirement.exactVersion().isPresent()
        || constraintsOf(requirement).stream().anyMatch(each -> each.exactVersion().isPresent());
  }

  private List<StatedHash> hashes(Requirement requirement) {
    List<StatedHash> all = new ArrayList<>(requirement.allHashes());
    constraintsOf(requirement).forEach(each -> all.addAll(each.allHashes()));
    return all;
  }

  private List<Requirement> constraintsOf(Requirement requirement) {
    ProjectName project = requirement.project();
    return project == null || requirement.role() == Role.CONSTRAINT
        ? List.of()
        : constraints.getOrDefault(project, List.of());
  }

  private void notExact(Requirement requirement) {
    String shown = requirement.toString();
    switch (requirement.role()) {
      case CONSTRAINT ->
          result.add(
              PinRules.NOT_EXACT,
              Severity.LOW,
              requirement.location(),
              "%s limits the version without settling it.".formatted(shown),
              shown);
      case BUILD ->
          result.add(
              PinRules.NOT_EXACT,
              Severity.LOW,
              requirement.location(),
              "%s is fetched anew, and run, whenever the project is built from source."
                  .formatted(shown),
              shown);
      case DECLARED, LOCKED -> {
        if (!lockedElsewhere) {
          result.add(
              PinRules.NOT_EXACT,
              requirement.location(),
              "%s takes the newest version %s on the day of the install."
                  .formatted(
                      shown, requirement.specifiers().specifiers().isEmpty() ? "" : "that fits")
                  .replace("  ", " "),
              shown);
        }
      }
    }
  }

  private void noHash(Requirement requirement) {
    // A constraint installs nothing; build requirements and pyproject.toml have no room for hashes.
    boolean settledElsewhere =
        requirement.role() == Role.CONSTRAINT
            || requirement.role() == Role.BUILD
            || lockedElsewhere;
    if (!settledElsewhere) {
      String why =
          file.format() == Format.PYPROJECT
              ? "%s has no hash, and a pyproject.toml has no room for one: lock it."
              : "%s has no hash: whatever the index serves under that name is installed.";
      String shown = Addresses.shown(requirement.toString());
      result.add(PinRules.NO_HASH, requirement.location(), why.formatted(shown), shown);
    }
  }

  private void weakHashes(Requirement requirement) {
    requirement.allHashes().stream()
        .filter(stated -> stated.hash().isWeak())
        .findFirst()
        .ifPresent(
            stated ->
                result.add(
                    PinRules.WEAK_HASH,
                    stated.location(),
                    "%s is accepted by its %s, of which two files can be made that share it."
                        .formatted(
                            Addresses.shown(requirement.toString()),
                            stated
                                .hash()
                                .algorithm()
                                .replace("sha1", "SHA-1")
                                .replace("md5", "MD5")),
                    stated.hash().toString()));
  }

  private void source(Requirement requirement) {
    String name = Addresses.shown(requirement.writtenName());
    switch (requirement.source()) {
      case Source.Repository repository -> {
        if (!repository.isCommit()) {
          mutable(
              requirement,
              Severity.HIGH,
              repository.revision() == null
                  ? "%s is whatever its repository holds on the day of the install.".formatted(name)
                  : "%s is taken from %s, which is no commit: a branch moves, and a tag can be moved."
                      .formatted(name, repository.revision()));
        } else if (Addresses.isPlain(repository.url())) {
          plain(requirement, name);
        }
      }
      case Source.Archive archive -> {
        if (Addresses.isPlain(archive.url())) {
          plain(requirement, name);
        }
      }
      case Source.Index index -> {
        if (index.url() != null && Addresses.isPlain(index.url())) {
          plain(requirement, name);
        }
      }
      case Source.Local _ -> {
        if (requirement.allHashes().isEmpty()) {
          mutable(
              requirement,
              Severity.MEDIUM,
              requirement.editable()
                  ? "%s is a folder that is used as it stands, whatever is in it.".formatted(name)
                  : "%s is whatever lies at that path on the day of the install.".formatted(name));
        }
      }
      case Source.Own _ -> {}
    }
  }

  private void mutable(Requirement requirement, Severity severity, String message) {
    result.add(
        PinRules.MUTABLE_SOURCE,
        severity,
        requirement.location(),
        message,
        Addresses.shown(requirement.writtenName()));
  }

  private void plain(Requirement requirement, String name) {
    mutable(
        requirement,
        Severity.HIGH,
        "%s comes by plain http: anybody on the way can put another file in its place."
            .formatted(name));
  }

  private void option(IndexOption option) {
    result.looked(option.location().file());
    String place = Addresses.place(option.value());
    switch (option.kind()) {
      case EXTRA_INDEX ->
          result.add(
              PinRules.EXTRA_INDEX,
              option.location(),
              "%s lets %s compete with the other index: whoever puts a higher version of a name on either is installed."
                  .formatted(option.name(), place),
              option.name());
      case FIND_LINKS -> {
        if (Addresses.host(option.value()).isPresent()) {
          result.add(
              PinRules.EXTRA_INDEX,
              option.location(),
              "%s takes the files that %s lists, beside those of the index."
                  .formatted(option.name(), place),
              option.name());
        }
      }
      case TRUSTED_HOST ->
          result.add(
              PinRules.CHECK_DISABLED,
              option.location(),
              "%s turns the check of a certificate off: anybody on the way can answer in its place."
                  .formatted(option.name()),
              option.name());
      case NO_REQUIRE_HASHES ->
          result.add(
              PinRules.CHECK_DISABLED,
              option.location(),
              "%s lets files in that no hash was stated for.".formatted(option.name()),
              option.name());
      case INDEX, NO_INDEX, REQUIRE_HASHES, PRE, OTHER -> {}
    }
    boolean asked =
        option.kind() == IndexOption.Kind.INDEX
            || option.kind() == IndexOption.Kind.EXTRA_INDEX
            || option.kind() == IndexOption.Kind.FIND_LINKS;
    if (asked && Addresses.isPlain(option.value())) {
      result.add(
          PinRules.MUTABLE_SOURCE,
          option.location(),
          "%s asks %s by plain http: anybody on the way can answer in its place."
              .formatted(option.name(), place),
          option.name());
    }
  }

  private Map<ProjectName, List<Requirement>> byProject() {
    Map<ProjectName, List<Requirement>> byProject = new LinkedHashMap<>();
    for (Requirement requirement : file.requirements()) {
      ProjectName project = requirement.project();
      if (project != null && requirement.role() != Role.BUILD) {
        byProject.computeIfAbsent(project, _ -> new ArrayList<>()).add(requirement);
      }
    }
    return byProject;
  }

  private void namedTwice(ProjectName project, List<Requirement> all) {
    Requirement first = all.getFirst();
    for (Requirement other : all.subList(1, all.size())) {
      // What an address is called is not how the project is spelled.
      boolean spelled = other.fromIndex() && first.fromIndex();
      if (spelled && !other.writtenName().equals(first.writtenName())) {
        result.add(
            PinRules.NAMED_TWICE,
            other.location(),
            "%s is spelled %s in line %d and %s here: who searches for one misses the other."
                .formatted(
                    project, first.writtenName(), first.location().line(), other.writtenName()),
            other.toString());
      }
      all.subList(0, all.indexOf(other)).stream()
          .filter(earlier -> contradict(earlier, other))
          .findFirst()
          .ifPresent(
              earlier ->
                  result.add(
                      PinRules.NAMED_TWICE,
                      other.location(),
                      "%s stands in line %d and %s here, and no version is both."
                          .formatted(earlier, earlier.location().line(), other),
                      other.toString()));
    }
  }

  /** Groups of a pyproject.toml and the forks of a uv.lock may differ: they never meet. */
  private boolean contradict(Requirement one, Requirement other) {
    boolean apart = Set.of(Format.PYPROJECT, Format.UV_LOCK).contains(file.format());
    return !apart
        && (excludes(one, other.specifiers()) || excludes(other, one.specifiers()))
        && Environments.overlap(one.marker(), other.marker());
  }

  private static boolean excludes(Requirement exact, SpecifierSet specifiers) {
    return exact.exactVersion().filter(version -> !specifiers.contains(version)).isPresent();
  }
}
