package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.attestation.AttestationLimits;
import dev.gatehouse.provenance.continuity.Continuity;
import dev.gatehouse.provenance.continuity.FileProvenance;
import dev.gatehouse.provenance.continuity.VersionProvenance;
import dev.gatehouse.provenance.report.ProjectHistory;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.upstream.FileOutcome;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of an index, and what their provenance objects prove. */
final class IndexVersions {
  private final Upstream index;
  private final Verifying verifying;

  IndexVersions(Upstream index, Verifying verifying) {
    this.index = index;
    this.verifying = verifying;
  }

  /** What became of asking for a project's files. */
  sealed interface Files {
    /** They are these. */
    record Found(List<PageFile> files) implements Files {}

    /** Nobody knows them, and why. */
    record Unknown(String problem) implements Files {}
  }

  /** What became of asking for a file's provenance. */
  sealed interface Answer {
    /** It has one, and that is what it proves; null: it has none. */
    record Known(Sha256 sha256, @Nullable Verification verification) implements Answer {}

    /** Nobody knows, and why. */
    record Unknown(String problem) implements Answer {}
  }

  /** Asks for the page of a project. */
  Files files(ProjectName project) {
    return switch (index.page(project, null)) {
      case PageOutcome.Fresh fresh -> new Files.Found(fresh.page().files());
      case PageOutcome.Unavailable(var failure) -> new Files.Unknown(failure.message());
      case PageOutcome.Absent _, PageOutcome.NotModified _ ->
          new Files.Unknown(
              "Could not find %s: %s has no such project.".formatted(project, index.name()));
    };
  }

  /** Asks for the provenance of a file, where its page names one, and verifies it. */
  Answer ask(PageFile file) throws InterruptedException {
    Optional<Sha256> sha256 = file.sha256();
    if (sha256.isEmpty()) {
      return new Answer.Unknown(
          "Could not verify %s: the index states no SHA-256 of it.".formatted(file.name()));
    }
    if (file.provenance() == null) {
      return new Answer.Known(sha256.get(), null);
    }
    return switch (index.provenance(file)) {
      case FileOutcome.Content content -> {
        try (content) {
          byte[] document = content.body().readNBytes(AttestationLimits.DOCUMENT + 1);
          yield new Answer.Known(
              sha256.get(), verifying.verify(file.name(), sha256.get(), document));
        } catch (IOException e) {
          yield new Answer.Unknown(
              "Could not fetch the provenance of %s: %s.".formatted(file.name(), Reasons.of(e)));
        }
      }
      case FileOutcome.Absent _ ->
          new Answer.Unknown(
              "Could not fetch the provenance of %s: the index names one and does not have it."
                  .formatted(file.name()));
      case FileOutcome.Unavailable(var failure) -> new Answer.Unknown(failure.message());
    };
  }

  /**
   * All versions of a project.
   *
   * @param last how many of the newest; null: all
   */
  ProjectHistory history(ProjectName project, @Nullable Integer last) throws InterruptedException {
    return switch (files(project)) {
      case Files.Unknown(String problem) ->
          new ProjectHistory(project, List.of(), List.of(new Problem(null, problem)));
      case Files.Found(List<PageFile> files) -> history(project, newest(files, last));
    };
  }

  private static List<PageFile> newest(List<PageFile> files, @Nullable Integer last) {
    if (last == null) {
      return files;
    }
    List<Version> versions =
        Continuity.inOrder(
                byVersion(files).entrySet().stream()
                    .map(
                        entry ->
                            version(
                                entry.getKey(),
                                entry.getValue(),
                                entry.getValue().stream()
                                    .map(file -> new FileProvenance(file.name().filename(), null))
                                    .toList()))
                    .toList())
            .stream()
            .map(VersionProvenance::version)
            .toList();
    List<Version> kept = versions.subList(Math.max(0, versions.size() - last), versions.size());
    return files.stream().filter(file -> kept.contains(file.name().version())).toList();
  }

  private static Map<Version, List<PageFile>> byVersion(List<PageFile> files) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> file.name().version(), TreeMap::new, Collectors.toList()));
  }

  private static VersionProvenance version(
      Version version, List<PageFile> files, List<FileProvenance> known) {
    List<Instant> times =
        files.stream().map(PageFile::uploadTime).filter(Objects::nonNull).sorted().toList();
    return new VersionProvenance(version, times.isEmpty() ? null : times.getFirst(), known);
  }

  private ProjectHistory history(ProjectName project, List<PageFile> files)
      throws InterruptedException {
    List<Answer> answers = verifying.all(files, file -> file.name().filename(), this::ask);
    List<Problem> problems = new ArrayList<>();
    Map<PageFile, FileProvenance> known = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      PageFile file = files.get(i);
      switch (answers.get(i)) {
        case Answer.Known(_, Verification verification) ->
            known.put(file, new FileProvenance(file.name().filename(), verification));
        case Answer.Unknown(String problem) ->
            problems.add(new Problem(file.name().version().toString(), problem));
      }
    }
    List<VersionProvenance> versions = new ArrayList<>();
    byVersion(files)
        .forEach(
            (version, ofVersion) -> {
              List<FileProvenance> told =
                  ofVersion.stream().map(known::get).filter(Objects::nonNull).toList();
              if (!told.isEmpty()) {
                versions.add(version(version, ofVersion, told));
              }
            });
    return new ProjectHistory(project, versions, problems);
  }
}
