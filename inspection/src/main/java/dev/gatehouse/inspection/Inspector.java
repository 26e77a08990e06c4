package dev.gatehouse.inspection;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveRules;
import dev.gatehouse.inspection.archive.Budget;
import dev.gatehouse.inspection.archive.ImageArchive;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.artifact.ArchiveUnpacking;
import dev.gatehouse.inspection.artifact.ArtifactInspector;
import dev.gatehouse.inspection.artifact.SourceFiles;
import dev.gatehouse.inspection.code.CodeInspector;
import dev.gatehouse.inspection.code.CodeRules;
import dev.gatehouse.inspection.environment.EnvironmentRules;
import dev.gatehouse.inspection.environment.FileTree;
import dev.gatehouse.inspection.environment.ImageInspector;
import dev.gatehouse.inspection.environment.ImageTree;
import dev.gatehouse.inspection.environment.MachineInspection;
import dev.gatehouse.inspection.environment.SearchPlaces;
import dev.gatehouse.inspection.knownbad.KnownBadInspector;
import dev.gatehouse.inspection.knownbad.KnownBadRules;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.site.IntegrityRules;
import dev.gatehouse.inspection.startup.StartupRules;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that inspects, wired once: what a command or a server needs to know of this module.
 * For any number of threads; nothing that is inspected is run or unpacked.
 */
public final class Inspector {
  private final KnownBad known;
  private final Limits limits;
  private final InstantSource clock;
  private final CodeInspector code;
  private final KnownBadInspector knownFindings;
  private final ArtifactInspector artifacts;

  /**
   * Prepares.
   *
   * @param limits of each target
   * @param clock against which their time is measured
   */
  public Inspector(KnownBad known, Limits limits, InstantSource clock) {
    this(known, limits, clock, new CodeInspector(known.indicators()));
  }

  private Inspector(KnownBad known, Limits limits, InstantSource clock, CodeInspector code) {
    this.known = known;
    this.limits = limits;
    this.clock = clock;
    this.code = code;
    this.knownFindings = new KnownBadInspector(known);
    this.artifacts = new ArtifactInspector(code, knownFindings, limits, clock);
  }

  /** One that spares no code, which finds the same and takes longer. */
  public static Inspector thorough(KnownBad known, Limits limits, InstantSource clock) {
    return new Inspector(known, limits, clock, CodeInspector.thorough(known.indicators()));
  }

  /** Every rule that there is. */
  public static List<Rule> rules() {
    return Stream.of(
            ArchiveRules.ALL,
            StartupRules.ALL,
            IntegrityRules.ALL,
            CodeRules.ALL,
            KnownBadRules.ALL,
            EnvironmentRules.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * A wheel, egg or sdist. What cannot be read is a problem of the report.
   *
   * @param target as the report names it
   * @param filename tells the format, the project and the version
   * @param bytes positioned anywhere; not closed
   */
  public TargetReport artifact(String target, String filename, SeekableByteChannel bytes) {
    return artifacts.inspect(target, filename, bytes);
  }

  /** A container image: what {@code docker save} writes, or an OCI layout in a tar. */
  public TargetReport image(String target, SeekableByteChannel bytes) {
    ImageArchive image =
        ImageArchive.open(bytes, new Budget(Limits.IMAGE, clock), ImageInspector::isNeededAtOnce);
    List<Finding> findings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, Object> details = new LinkedHashMap<>();
    if (!image.isImage()) {
      problems.add(new Problem(null, "Is no image: it has no manifest of Docker's or OCI's"));
    }
    for (String root : image.index().roots()) {
      TargetReport report = image(target, image, root);
      report.findings().stream().filter(found -> !findings.contains(found)).forEach(findings::add);
      report.problems().stream().filter(found -> !problems.contains(found)).forEach(problems::add);
      if (root.isEmpty()) {
        details.putAll(report.details());
      } else {
        details.put(root, report.details());
      }
    }
    if (image.index().roots().isEmpty()) {
      findings.addAll(image.opening().findings());
      problems.addAll(image.opening().problems());
    }
    return new TargetReport(target, Kind.IMAGE, null, findings, problems, details);
  }

  /** One of the images of an archive, with paths from its own top. */
  private TargetReport image(String target, ImageArchive image, String root) {
    ImageTree tree = new ImageTree(image.index(), root);
    return new ImageInspector(artifacts::inspect, this::collaborators, known)
        .inspect(
            target,
            tree,
            (wanted, reader) ->
                image.read(
                    path -> tree.inImage(path).filter(wanted).isPresent(),
                    (entry, content) -> {
                      String path = tree.inImage(entry.path()).orElse(entry.path());
                      reader.read(
                          new ArchiveEntry(
                              path,
                              entry.type(),
                              entry.size(),
                              entry.executable(),
                              entry.linkTarget()),
                          content);
                    }));
  }

  /**
   * One environment.
   *
   * @param path of its folder in the tree
   */
  public TargetReport environment(String target, String path, FileTree tree) {
    return machine().environment(target, path, tree);
  }

  /** The environments, caches and home folders of a machine, in pieces to be run in any order. */
  public List<MachineInspection.Piece> machine(FileTree tree, SearchPlaces places) {
    return machine().pieces(tree, places);
  }

  /** Files of a folder that are neither an artifact nor an environment, judged as a source tree. */
  public TargetReport sources(String target, SourceFiles files) {
    ArtifactInspector.Sources sources = artifacts.sources(files);
    Map<String, Object> details = new LinkedHashMap<>(sources.details());
    List<Finding> findings = sources.findings();
    return new TargetReport(target, Kind.DIRECTORY, null, findings, sources.problems(), details);
  }

  private MachineInspection machine() {
    return new MachineInspection(artifacts::inspect, this::collaborators, known);
  }

  private Collaborators collaborators() {
    return new Collaborators(
        code, knownFindings, new ArchiveUnpacking(limits, clock), limits.bufferedBytes());
  }
}
