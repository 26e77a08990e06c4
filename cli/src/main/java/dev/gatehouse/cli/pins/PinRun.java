package dev.gatehouse.cli.pins;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.check.IndexCheck;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.requirements.RequirementsEditor;
import dev.gatehouse.pins.text.SourceText;
import dev.gatehouse.pins.write.KnownVersions;
import dev.gatehouse.pins.write.KnownVersions.Choice;
import dev.gatehouse.pins.write.PylockWriter;
import dev.gatehouse.pins.write.VersionFiles;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of {@code pin}: asks the index, settles the versions, writes the file anew. */
final class PinRun {
  private final PinFile file;
  private final RequirementsEditor editor;
  private final Upstream index;
  private final boolean onlyAdmitted;
  private final Progress progress;
  private final KnownBad knownBad = KnownBad.builtIn();
  private final Map<ProjectName, PageOutcome> pages = new HashMap<>();

  /** The lines that are pinned, with the version and the files of each. */
  private final Map<RequirementsEditor.Line, Pinned> settled = new LinkedHashMap<>();

  /** What they require beside. */
  private final SortedMap<ProjectName, Pinned> added = new TreeMap<>();

  private final List<String> open = new ArrayList<>();
  private boolean unanswered;
  private String origin = "";

  private record Pinned(Version version, VersionFiles.Found files) {}

  /**
   * What came of it.
   *
   * @param content what the file is to hold; null: nothing is to be written
   * @param open what could not be pinned, and why, a line each
   * @param loosened whether a line that was open was made exact
   * @param unanswered whether something is open because the index could not be asked
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written and forgotten
  record Written(
      byte @Nullable [] content,
      List<String> summary,
      List<String> open,
      boolean unanswered,
      boolean loosened) {}

  PinRun(
      PinFile file,
      SourceText source,
      Function<String, Optional<String>> variables,
      Upstream index,
      boolean onlyAdmitted,
      Progress progress)
      throws InterruptedException {
    this.file = file;
    this.editor = RequirementsEditor.open(source, variables);
    this.index = index;
    this.onlyAdmitted = onlyAdmitted;
    this.progress = progress;
    ask(IndexCheck.asksFor(file));
  }

  private void ask(Collection<ProjectName> projects) throws InterruptedException {
    Set<ProjectName> missing = new HashSet<>(projects);
    missing.removeAll(pages.keySet());
    if (!missing.isEmpty()) {
      pages.putAll(new PageQuestions(index, progress).ask(missing, (_, answer) -> answer));
    }
  }

  /**
   * Whether pip can settle it from wheels. What has none would make the whole resolution fail; it
   * is left open instead.
   */
  boolean canBeResolved(Requirement requirement) {
    return requirement.project() != null
        && pages.get(requirement.project()) instanceof PageOutcome.Fresh fresh
        && fresh.page().offered().stream()
            .anyMatch(
                each ->
                    each.name() instanceof WheelName
                        && requirement.specifiers().contains(each.name().version()));
  }

  /** Gives each line its version and files. */
  void settle(KnownVersions known) throws InterruptedException {
    origin = known.origin();
    ask(known.projects());
    DependencyClosure closure = new DependencyClosure(index, pages, known);
    for (RequirementsEditor.Line line : editor.lines()) {
      Requirement requirement = line.requirement();
      version(line, known)
          .ifPresent(
              version ->
                  pinned(line.requirement().project(), version, at(requirement))
                      .ifPresent(
                          pinned -> {
                            settled.put(line, pinned);
                            if (!known.projects().isEmpty()) {
                              closure.follow(wanted(requirement, version));
                            }
                          }));
    }
    others();
    Set<ProjectName> listed = IndexCheck.asksFor(file);
    closure
        .found()
        .forEach(
            (project, version) -> {
              if (!listed.contains(project)) {
                pinned(project, version, project + " (required by others)")
                    .ifPresent(pinned -> added.put(project, pinned));
              }
            });
    for (String project : closure.unread()) {
      open.add(project + ": the index has no metadata of it, so what it requires is not known");
    }
  }

  private static DependencyClosure.Wanted wanted(Requirement requirement, Version version) {
    ProjectName project = requirement.project();
    if (project == null) {
      throw new IllegalArgumentException("only what has a name is pinned");
    }
    return new DependencyClosure.Wanted(project, version, requirement.extras());
  }

  private static String at(Requirement requirement) {
    return "line %d: %s".formatted(requirement.location().line(), requirement);
  }

  private Optional<Version> version(RequirementsEditor.Line line, KnownVersions known) {
    Requirement requirement = line.requirement();
    String reason;
    if (!requirement.fromIndex()) {
      reason = notFromIndex(requirement);
    } else if (line.hasVariables()) {
      reason = "environment variables decide what it says";
    } else if (requirement.exactVersion().isPresent()) {
      return requirement.exactVersion();
    } else if (known.projects().isEmpty()) {
      reason =
          "it is not exact; take versions from somewhere with --from, or let pip with --resolve";
    } else {
      switch (known.choose(requirement)) {
        case Choice.Chosen(Version version) -> {
          return Optional.of(version);
        }
        case Choice.Open(String why) ->
            reason =
                pages.get(requirement.project()) instanceof PageOutcome.Fresh
                        && !canBeResolved(requirement)
                    ? "the index has no wheel that fits, and source archives run code to be resolved"
                    : why;
      }
    }
    if (reason.isEmpty()) {
      return Optional.empty();
    }
    open.add(at(requirement) + ": " + reason);
    return Optional.empty();
  }

  /** Why it cannot be hashed; empty where it is hashed. */
  private static String notFromIndex(Requirement requirement) {
    return switch (requirement.source()) {
      case Source.Repository _ -> "it comes from a repository, of which pip takes no hash";
      case Source.Local _, Source.Own _ -> "it lies on this machine, not on an index";
      case Source.Archive _ ->
          requirement.hashes().isEmpty() ? "it comes from an address: state its hash there" : "";
      case Source.Index _ -> "";
    };
  }

  private Optional<Pinned> pinned(@Nullable ProjectName project, Version version, String at) {
    if (project == null) {
      return Optional.empty();
    }
    if (knownBad.malware(project, version).isPresent()) {
      open.add("%s: %s %s is known malware".formatted(at, project, version));
      return Optional.empty();
    }
    return switch (VersionFiles.of(pages.get(project), project, version, onlyAdmitted)) {
      case VersionFiles.Found found -> Optional.of(new Pinned(version, found));
      case VersionFiles.None(String reason, boolean noAnswer) -> {
        open.add(at + ": " + reason);
        unanswered |= noAnswer;
        yield Optional.empty();
      }
    };
  }

  /** Requirements of included files are theirs, and editable ones can never be hashed. */
  private void others() {
    for (Requirement requirement : file.requirements()) {
      boolean included = !requirement.location().file().equals(file.path());
      boolean settledThere =
          requirement.exactVersion().isPresent() && !requirement.allHashes().isEmpty();
      if (requirement.editable()) {
        open.add(at(requirement) + ": it is editable, and has no hash");
      } else if (included && PipResolver.wants(requirement) && !settledThere) {
        open.add(
            "%s, %s: pin that file as well"
                .formatted(requirement.location().file(), at(requirement)));
      }
    }
  }

  /** The requirements file. */
  Written requirements() {
    int exact = 0;
    int changed = 0;
    for (Map.Entry<RequirementsEditor.Line, Pinned> entry : settled.entrySet()) {
      RequirementsEditor.Line line = entry.getKey();
      Pinned pinned = entry.getValue();
      exact += line.requirement().exactVersion().isPresent() ? 1 : 0;
      Collection<FileHash> hashes = pinned.files().hashes();
      changed += editor.pin(line, pinned.version(), hashes) ? 1 : 0;
    }
    if (!added.isEmpty()) {
      editor.appendComment("What these require, as of " + origin + ".");
      added.forEach(
          (project, pinned) ->
              editor.append(project + "==" + pinned.version(), pinned.files().hashes()));
    }
    String summary =
        "%d of %d requirements pinned; %d were exact, %d lines changed, %d added that others require"
            .formatted(settled.size(), editor.lines().size(), exact, changed, added.size());
    // Written even where nothing changes: with --output the file must be there.
    return new Written(
        editor.content(), List.of(summary), open, unanswered, exact < settled.size());
  }

  /** The {@code pylock.toml}; it is not written where anything is open, for a lock is complete. */
  Written pylock(URI indexUrl) {
    if (!open.isEmpty()) {
      return new Written(null, List.of("not written: a lock is complete"), open, unanswered, false);
    }
    List<PylockWriter.Locked> locked = new ArrayList<>();
    settled.forEach(
        (line, pinned) ->
            locked.add(
                new PylockWriter.Locked(
                    wanted(line.requirement(), pinned.version()).project(),
                    pinned.version(),
                    line.requirement().marker(),
                    pinned.files().files())));
    added.forEach(
        (project, pinned) ->
            locked.add(
                new PylockWriter.Locked(project, pinned.version(), null, pinned.files().files())));
    String text = PylockWriter.write(locked, indexUrl, List.of());
    return new Written(
        text.getBytes(StandardCharsets.UTF_8),
        List.of("%d projects locked".formatted(locked.size())),
        open,
        unanswered,
        false);
  }
}
