package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.provenance.continuity.Baseline;
import dev.gatehouse.provenance.continuity.Continuity;
import dev.gatehouse.provenance.continuity.FileProvenance;
import dev.gatehouse.provenance.continuity.VersionProvenance;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.report.ArtifactProvenance;
import dev.gatehouse.provenance.verification.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what the user named into reports: files, versions of an index, requirement files. */
final class Targets {
  private final ProvenancePolicy policy;
  private final Baseline baseline;
  private final IndexVersions index;
  private final Verifying verifying;
  private final Map<String, String> environment;

  /** A version that is looked up, and the files of it that are meant: none are named: all. */
  private record Wanted(ProjectName project, Version version, Set<Sha256> hashes) {}

  /** A file of an index, or why there is none. */
  private record Listed(String target, @Nullable PageFile file, String problem) {}

  Targets(
      ProvenancePolicy policy,
      Baseline baseline,
      IndexVersions index,
      Verifying verifying,
      Map<String, String> environment) {
    this.policy = policy;
    this.baseline = baseline;
    this.index = index;
    this.verifying = verifying;
    this.environment = environment;
  }

  /**
   * The reports: of files, then of versions, then of what requirement files settle on.
   *
   * @param provenance none, or one for each target
   */
  List<TargetReport> reports(List<String> targets, List<Path> provenance, List<Path> requirements)
      throws InterruptedException {
    List<TargetReport> reports = new ArrayList<>();
    List<Named> files = new ArrayList<>();
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      String target = targets.get(i);
      Path document = provenance.isEmpty() ? null : provenance.get(i);
      if (target.contains("==") && !Files.exists(Path.of(target))) {
        wanted.add(version(target, document));
      } else {
        files.add(new Named(target, document));
      }
    }
    reports.addAll(verifying.all(files, Named::target, this::file));
    for (Path file : requirements) {
      pins(file, wanted, reports);
    }
    reports.addAll(verifying.all(listed(wanted), Listed::target, this::listed));
    return reports;
  }

  /** A file that the user named, with the document that is about it. */
  private record Named(String target, @Nullable Path document) {}

  private TargetReport file(Named named) throws InterruptedException {
    Path path = Path.of(named.target());
    if (!Files.isRegularFile(path)) {
      return failed(
          named.target(),
          "Could not read it: there is no such file. Name a wheel or an sdist, or a version such as"
              + " litellm==1.82.6.");
    }
    try {
      LocalArtifact artifact = LocalArtifact.of(path, named.document());
      Sha256 sha256 = verifying.computing(artifact::sha256);
      Verification verification = artifact.verify(sha256, verifying::verify);
      return report(named.target(), artifact.name(), sha256, "of its bytes", verification);
    } catch (MalformedException e) {
      return failed(named.target(), "Could not verify it: " + e.getMessage() + ".");
    } catch (IOException e) {
      return failed(named.target(), "Could not read it: " + Reasons.of(e) + ".");
    }
  }

  private TargetReport report(
      String target,
      ArtifactName artifact,
      Sha256 sha256,
      String digestOf,
      @Nullable Verification verification)
      throws InterruptedException {
    List<Finding> changes =
        baseline
            .find(artifact.project())
            .map(
                entry ->
                    Continuity.findings(
                        List.of(
                            new VersionProvenance(
                                artifact.version(),
                                null,
                                List.of(new FileProvenance(artifact.filename(), verification)))),
                        entry))
            .orElse(List.of());
    return new ArtifactProvenance(artifact, sha256, digestOf, verification)
        .report(target, policy, verifying.root(), verifying.now(), changes);
  }

  private static Wanted version(String target, @Nullable Path document) {
    int equals = target.indexOf("==");
    try {
      if (document != null) {
        throw new MalformedException("--provenance is for files; the index has that of a version");
      }
      return new Wanted(
          ProjectName.parse(target.substring(0, equals).strip()),
          Version.parse(target.substring(equals + 2).strip()),
          Set.of());
    } catch (MalformedException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not tell what to verify: " + e.getMessage() + ".",
          "Name a file, or a version such as litellm==1.82.6.");
    }
  }

  private void pins(Path path, List<Wanted> wanted, List<TargetReport> reports) {
    List<Problem> problems = new ArrayList<>();
    PinFileReader reader =
        new PinFileReader(
            variable -> Optional.ofNullable(environment.get(variable)),
            malformed -> problems.add(unread(malformed)));
    try {
      PinFile file = reader.read(path);
      for (ExactPin pin : file.exact()) {
        Wanted one = new Wanted(pin.project(), pin.version(), hashes(pin));
        if (!wanted.contains(one)) {
          wanted.add(one);
        }
      }
      file.unread().forEach(unread -> problems.add(new Problem(null, unread.reason())));
      file.inexact()
          .forEach(
              requirement ->
                  problems.add(
                      new Problem(
                          null,
                          "Could not verify what %s settles on: it is not exact. Pin it first: gatehouse pin."
                              .formatted(Printable.of(requirement.writtenName(), 100)))));
    } catch (PinFileException e) {
      problems.add(unread(e));
    }
    if (!problems.isEmpty()) {
      reports.add(
          new TargetReport(path.toString(), Kind.PROVENANCE, null, List.of(), problems, Map.of()));
    }
  }

  private static Problem unread(PinFileException e) {
    return new Problem(null, "Could not read it: " + e.getMessage() + ".");
  }

  private static Set<Sha256> hashes(ExactPin pin) {
    return pin.hashes().stream()
        .map(FileHash::sha256)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** The files of all versions; each project's page is asked for once. */
  private List<Listed> listed(List<Wanted> wanted) throws InterruptedException {
    List<ProjectName> projects =
        List.copyOf(
            wanted.stream().map(Wanted::project).collect(Collectors.toCollection(TreeSet::new)));
    List<IndexVersions.Files> pages =
        verifying.all(projects, ProjectName::normalized, project -> needed(project, wanted));
    Map<ProjectName, IndexVersions.Files> byProject = new LinkedHashMap<>();
    for (int i = 0; i < projects.size(); i++) {
      byProject.put(projects.get(i), pages.get(i));
    }
    List<Listed> listed = new ArrayList<>();
    for (Wanted each : wanted) {
      listed.addAll(listed(each, Objects.requireNonNull(byProject.get(each.project()))));
    }
    return listed;
  }

  /** Pages of hundreds of projects are large; only what is wanted of them is kept. */
  private IndexVersions.Files needed(ProjectName project, List<Wanted> wanted) {
    Set<Version> versions =
        wanted.stream()
            .filter(each -> each.project().equals(project))
            .map(Wanted::version)
            .collect(Collectors.toSet());
    return switch (index.files(project)) {
      case IndexVersions.Files.Unknown unknown -> unknown;
      case IndexVersions.Files.Found(List<PageFile> files) ->
          new IndexVersions.Files.Found(
              files.stream().filter(file -> versions.contains(file.name().version())).toList());
    };
  }

  private static List<Listed> listed(Wanted wanted, IndexVersions.Files page) {
    String target = wanted.project() + "==" + wanted.version();
    return switch (page) {
      case IndexVersions.Files.Unknown(String problem) ->
          List.of(new Listed(target, null, problem));
      case IndexVersions.Files.Found(List<PageFile> files) -> {
        List<Listed> meant =
            files.stream()
                .filter(file -> file.name().version().equals(wanted.version()))
                .filter(
                    file ->
                        wanted.hashes().isEmpty()
                            || file.sha256().filter(wanted.hashes()::contains).isPresent())
                .map(file -> new Listed(file.name().filename(), file, ""))
                .toList();
        yield meant.isEmpty()
            ? List.of(
                new Listed(
                    target,
                    null,
                    "Could not find %s: the index has %s."
                        .formatted(
                            target,
                            wanted.hashes().isEmpty()
                                ? "no such version"
                                : "no file of it with a hash that is pinned")))
            : meant;
      }
    };
  }

  private TargetReport listed(Listed listed) throws InterruptedException {
    PageFile file = listed.file();
    if (file == null) {
      return failed(listed.target(), listed.problem());
    }
    return switch (index.ask(file)) {
      case IndexVersions.Answer.Unknown(String problem) -> failed(listed.target(), problem);
      case IndexVersions.Answer.Known(Sha256 sha256, Verification verification) ->
          report(listed.target(), file.name(), sha256, "as the index states it", verification);
    };
  }

  private static TargetReport failed(String target, String problem) {
    return new TargetReport(
        Printable.of(target, 300),
        Kind.PROVENANCE,
        null,
        List.of(),
        List.of(new Problem(null, problem)),
        Map.of());
  }
}
