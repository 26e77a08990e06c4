package dev.gatehouse.comparison.match;

import dev.gatehouse.comparison.source.BlobId;
import dev.gatehouse.comparison.source.Sightings;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.site.FileRole;
import dev.gatehouse.packaging.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives each file of an artifact its class: first by its bytes alone, which explains nearly all and
 * opens none; then, for what is left, by the history and by what is in it.
 */
public final class Matcher {
  private static final int MOST_MISSING = 2_000;
  private static final int MOST_PROBLEMS = 20;

  private final Artifact artifact;
  private final Source source;
  private final Tree tree;
  private final Roots roots;
  private final TreePaths paths;
  private final Generated generated;
  private final BuiltForm built;
  private final Map<String, FileResult> results = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable Map<String, String> skeletons;

  private Matcher(Artifact artifact, Source source, Tree tree) {
    this.artifact = artifact;
    this.source = source;
    this.tree = tree;
    this.roots = Roots.vote(artifact.files(), tree);
    this.paths = new TreePaths(source, tree);
    this.generated =
        new Generated(
            artifact, source, tree, new VersionValues(artifact.project(), artifact.version()));
    this.built = new BuiltForm(tree);
  }

  /** Matches all files against one tree of the source. */
  public static MatchResult match(Artifact artifact, Source source, Tree tree)
      throws SourceException {
    return new Matcher(artifact, source, tree).match();
  }

  private MatchResult match() throws SourceException {
    artifact.files().forEach(file -> results.put(file.path(), unread(file)));
    List<ArtifactFile> open = new ArrayList<>();
    for (ArtifactFile file : artifact.files()) {
      if (!isIdentical(file)) {
        open.add(file);
      }
    }
    Sightings sightings = history(open);
    Map<String, byte[]> contents = artifact.contents().of(open);
    MetadataCheck metadata =
        new MetadataCheck(artifact, Declaration.of(source, tree, roots.main()));
    for (ArtifactFile file : open) {
      results.put(file.path(), explained(file, contents.get(file.path()), sightings, metadata));
    }
    addProblems();
    List<FileResult> all = new ArrayList<>(results.values());
    all.addAll(missing());
    return new MatchResult(all, metadata.differences(), problems);
  }

  private FileResult explained(
      ArtifactFile file, byte @Nullable [] content, Sightings sightings, MetadataCheck metadata) {
    try {
      return explain(file, content, sightings, metadata);
    } catch (SourceException e) {
      return FileResult.of(
          file,
          FileClass.NOT_COMPARED,
          null,
          "could not be held against the source: " + e.getMessage());
    }
  }

  private void addProblems() {
    List<FileResult> left =
        results.values().stream()
            .filter(result -> result.type() == FileClass.NOT_COMPARED)
            .toList();
    left.stream()
        .limit(MOST_PROBLEMS)
        .forEach(
            file ->
                problems.add(new Problem(file.path(), "Was not compared: it " + file.reason())));
    if (left.size() > MOST_PROBLEMS) {
      problems.add(
          new Problem(
              null, "%d more files were not compared".formatted(left.size() - MOST_PROBLEMS)));
    }
  }

  private static FileResult unread(ArtifactFile file) {
    return FileResult.of(file, FileClass.NOT_COMPARED, null, "was not looked at");
  }

  private boolean isIdentical(ArtifactFile file) throws SourceException {
    String place = roots.map(file);
    Optional<TreeFile> direct = tree.find(place);
    boolean sameLink =
        file.isLink()
            && direct
                .filter(found -> found.mode() == TreeFile.Mode.LINK)
                .filter(found -> found.id().equals(file.id()))
                .isPresent();
    if (sameLink || counterpart(place).filter(found -> found.id().equals(file.id())).isPresent()) {
      results.put(
          file.path(),
          FileResult.of(file, FileClass.IDENTICAL, place, "has the bytes of the source"));
      return true;
    }
    return false;
  }

  /** The regular file at a place, through links. */
  private Optional<TreeFile> counterpart(String place) throws SourceException {
    return paths.resolve(place).filter(found -> found.mode() != TreeFile.Mode.SUBMODULE);
  }

  private Sightings history(List<ArtifactFile> open) throws SourceException {
    Set<BlobId> ids = new HashSet<>();
    for (ArtifactFile file : open) {
      if (file.size() > 0 && !tree.holds(file.id()) && !MetadataCheck.isMetadata(artifact, file)) {
        ids.add(file.id());
      }
    }
    Sightings sightings = ids.isEmpty() ? new Sightings(Map.of(), true) : source.search(ids);
    if (!sightings.isComplete()) {
      problems.add(
          new Problem(
              null,
              "Not all of the history was searched: it has more commits than are gone through, so a file told as added may be from another commit"));
    }
    return sightings;
  }

  private FileResult explain(
      ArtifactFile file, byte @Nullable [] content, Sightings sightings, MetadataCheck metadata)
      throws SourceException {
    if (content == null && !file.isLink()) {
      return FileResult.of(
          file,
          FileClass.NOT_COMPARED,
          null,
          "is too large to be held, or could not be read again");
    }
    byte[] bytes = content == null ? new byte[0] : content;
    if (MetadataCheck.isMetadata(artifact, file)) {
      return FileResult.of(file, FileClass.METADATA, null, metadata.check(file, bytes));
    }
    if (isLicenceOfWheel(file)) {
      return FileResult.of(
          file,
          FileClass.METADATA,
          tree.pathsOf(file.id()).getFirst(),
          "has the bytes of the source");
    }
    String place = roots.map(file);
    TreeFile module = paths.resolve(place).orElse(null);
    if (module != null && module.mode() == TreeFile.Mode.SUBMODULE) {
      return FileResult.of(
          file,
          FileClass.NOT_COMPARED,
          module.path(),
          "lies in a submodule, which is another repository");
    }
    return explain(file, bytes, place, module, sightings);
  }

  /** In the metadata folder nothing runs, and licences lie wherever a project has them. */
  private boolean isLicenceOfWheel(ArtifactFile file) {
    return artifact.isWheel()
        && file.path().startsWith(artifact.metadataFolder())
        && !file.isLink()
        && file.size() > 0
        && tree.holds(file.id())
        && !FileRole.of(file.path()).isCode();
  }

  private FileResult explain(
      ArtifactFile file,
      byte[] content,
      String place,
      @Nullable TreeFile counterpart,
      Sightings sightings)
      throws SourceException {
    if (!file.isLink()) {
      Optional<Generated.Proof> proof = prove(file, content, place, counterpart);
      if (proof.isPresent()) {
        return FileResult.of(file, FileClass.GENERATED, proof.get().from(), proof.get().reason());
      }
    }
    Sightings.Sighting seen = sightings.found().get(file.id());
    if (seen != null && seen.path().equals(place)) {
      return FileResult.of(
          file,
          FileClass.OTHER_COMMIT,
          seen.path(),
          "has the bytes that commit %s has there".formatted(seen.commit().name()));
    }
    if (counterpart != null) {
      return modified(file, content, counterpart);
    }
    if (file.size() > 0 && tree.holds(file.id())) {
      String from = tree.pathsOf(file.id()).getFirst();
      return FileResult.of(file, FileClass.MOVED, from, "has the bytes of another place");
    }
    if (seen != null) {
      return FileResult.of(
          file,
          FileClass.MOVED,
          seen.path(),
          "has the bytes that commit %s has at another place".formatted(seen.commit().name()));
    }
    if (file.isLink()) {
      return FileResult.of(file, FileClass.ADDED, null, "is a link that the source does not have");
    }
    Optional<BuiltForm.Form> form = built.of(file, content);
    if (form.isPresent()) {
      return FileResult.of(file, form.get().type(), null, form.get().reason());
    }
    Optional<TreeFile> template = generated.template(place);
    return template.isPresent()
        ? ofTemplate(file, content, template.get())
        : added(file, content, place);
  }

  private Optional<Generated.Proof> prove(
      ArtifactFile file, byte[] content, String place, @Nullable TreeFile counterpart)
      throws SourceException {
    try {
      return generated.prove(file, content, place, counterpart);
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private FileResult ofTemplate(ArtifactFile file, byte[] content, TreeFile template)
      throws SourceException {
    FileResult modified = modified(file, content, template);
    boolean isCode = FileRole.of(file.path()).isCode();
    return BuildSettings.fillIn(source.read(template.id()), content, isCode)
        ? new FileResult(
            file.path(),
            FileClass.SETTINGS,
            file.size(),
            template.path(),
            "is its template with settings of the build put in",
            modified.diff())
        : modified;
  }

  private FileResult modified(ArtifactFile file, byte[] content, TreeFile counterpart)
      throws SourceException {
    byte[] original = source.read(counterpart.id());
    List<String> diff = Differ.diff(counterpart.path(), original, file.path(), content);
    String reason =
        file.size() > 0 && tree.holds(file.id())
            ? "has the bytes of %s instead".formatted(tree.pathsOf(file.id()).getFirst())
            : "has other bytes than the source";
    return new FileResult(
        file.path(), FileClass.MODIFIED, file.size(), counterpart.path(), reason, diff);
  }

  private FileResult added(ArtifactFile file, byte[] content, String place) {
    if (skeletons == null) {
      skeletons = new HashMap<>();
      for (TreeFile other : tree.files()) {
        skeletons.putIfAbsent(LookAlike.skeleton(other.path()), other.path());
      }
    }
    String alike = skeletons.get(LookAlike.skeleton(place));
    String reason =
        alike == null
            ? "is nowhere in the source"
            : "is nowhere in the source, but its name looks like that of another file there";
    List<String> diff =
        Texts.isText(content)
            ? Differ.diff("/dev/null", new byte[0], file.path(), content)
            : List.of();
    return new FileResult(file.path(), FileClass.ADDED, file.size(), alike, reason, diff);
  }

  /** Files of the packages that the artifact lacks, and nothing of it is made of. */
  private List<FileResult> missing() {
    Set<String> folders = roots.folders(artifact.files());
    folders.remove("");
    Set<String> there = artifact.files().stream().map(roots::map).collect(Collectors.toSet());
    results.values().stream()
        .map(FileResult::counterpart)
        .filter(Objects::nonNull)
        .forEach(there::add);
    return tree.files().stream()
        .filter(file -> file.mode() != TreeFile.Mode.SUBMODULE)
        .filter(file -> folders.stream().anyMatch(folder -> file.path().startsWith(folder)))
        .filter(file -> !there.contains(file.path()))
        .limit(MOST_MISSING)
        .map(
            file ->
                new FileResult(
                    file.path(), FileClass.MISSING, 0, file.path(), "is in the source", List.of()))
        .toList();
  }
}
