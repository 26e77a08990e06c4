package dev.gatehouse.comparison.match;

import dev.gatehouse.comparison.source.Revision;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.findings.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which state of the source an artifact is held against: a tag of its version, and of several the
 * one that has most of its files; where there is none, whichever state nearby has most of them.
 *
 * @param how it was decided, a sentence for a person
 */
public record RevisionChoice(Revision revision, Tree tree, Tagging tagging, String how) {
  /** How many trees are read and counted, at most. */
  private static final int MOST_CANDIDATES = 8;

  /** Whether the version is tagged. */
  public enum Tagging {
    TAGGED,
    /** Versions before it are, and it is not. */
    UNTAGGED,
    /** The source tags no versions, or has no history. */
    NO_TAGS,
    /** The user said which state it is. */
    NAMED
  }

  private record Tag(Revision revision, TagVersion named) {}

  private record Counted(Revision revision, Tree tree, long found) {}

  /**
   * The state that the user or an attestation named.
   *
   * @throws SourceException where there is none of that name
   */
  public static RevisionChoice named(Source source, String ref) throws SourceException {
    Revision revision =
        source
            .find(ref)
            .orElseThrow(
                () ->
                    new SourceException(
                        "Could not find the ref %s in %s: it has no tag, branch or commit of that name."
                            .formatted(Printable.of(ref, 100), Printable.of(source.name(), 300))));
    return new RevisionChoice(
        revision, source.tree(revision), Tagging.NAMED, "it is the one that was named");
  }

  /**
   * The state that fits best.
   *
   * @throws SourceException where the source cannot be read, or has nothing in it
   */
  public static RevisionChoice best(Source source, Artifact artifact) throws SourceException {
    List<Tag> tags = new ArrayList<>();
    for (Revision tag : source.tags()) {
      TagVersion.parse(tag.name()).ifPresent(named -> tags.add(new Tag(tag, named)));
    }
    List<Revision> fitting =
        tags.stream()
            .filter(tag -> rank(tag, artifact) < Integer.MAX_VALUE)
            .sorted(Comparator.comparingInt(tag -> rank(tag, artifact)))
            .map(Tag::revision)
            .toList();
    return fitting.isEmpty() ? nearest(source, artifact, tags) : tagged(source, artifact, fitting);
  }

  private static int rank(Tag tag, Artifact artifact) {
    return tag.named().fits(artifact.project(), artifact.version()).orElse(Integer.MAX_VALUE);
  }

  private static RevisionChoice tagged(Source source, Artifact artifact, List<Revision> fitting)
      throws SourceException {
    Counted best = best(source, artifact, fitting);
    String among =
        fitting.size() == 1
            ? "it is the tag of this version"
            : "of %d tags of this version it has most files".formatted(fitting.size());
    return new RevisionChoice(
        best.revision(), best.tree(), Tagging.TAGGED, among + found(best, artifact));
  }

  private static RevisionChoice nearest(Source source, Artifact artifact, List<Tag> tags)
      throws SourceException {
    List<Tag> own =
        tags.stream()
            .filter(tag -> tag.named().isOf(artifact.project()))
            .sorted(Comparator.comparing(tag -> tag.named().version()))
            .toList();
    List<Tag> before =
        own.stream()
            .filter(tag -> tag.named().version().compareTo(artifact.version()) < 0)
            .toList();
    List<Revision> candidates = new ArrayList<>();
    source.head().ifPresent(candidates::add);
    candidates.addAll(source.branches());
    List<Revision> chosen = new ArrayList<>();
    if (!before.isEmpty()) {
      chosen.add(before.getLast().revision());
    }
    if (before.size() < own.size()) {
      chosen.add(own.get(before.size()).revision());
    }
    chosen.addAll(candidates);
    Counted best = best(source, artifact, chosen);
    if (!source.hasHistory()) {
      return new RevisionChoice(
          best.revision(), best.tree(), Tagging.NO_TAGS, "it has no history to choose from");
    }
    String why =
        before.isEmpty()
            ? "no tag names this version"
            : "no tag names this version, though %s does the one before"
                .formatted(Printable.of(before.getLast().revision().name(), 60));
    return new RevisionChoice(
        best.revision(),
        best.tree(),
        before.isEmpty() ? Tagging.NO_TAGS : Tagging.UNTAGGED,
        why + "; of what is near it has most files" + found(best, artifact));
  }

  private static String found(Counted counted, Artifact artifact) {
    return " (%d of %d)".formatted(counted.found(), countable(artifact).size());
  }

  /** Of equal ones the first. */
  private static Counted best(Source source, Artifact artifact, List<Revision> revisions)
      throws SourceException {
    Optional<Counted> best = Optional.empty();
    Set<String> seen = new HashSet<>();
    List<ArtifactFile> files = countable(artifact);
    for (Revision revision : revisions) {
      if (seen.size() < MOST_CANDIDATES && seen.add(String.valueOf(revision.commit()))) {
        Tree tree = source.tree(revision);
        long found = files.stream().filter(file -> tree.holds(file.id())).count();
        if (best.isEmpty() || found > best.get().found()) {
          best = Optional.of(new Counted(revision, tree, found));
        }
      }
    }
    return best.orElseThrow(
        () ->
            new SourceException(
                "Could not compare with %s: it has no commit yet."
                    .formatted(Printable.of(source.name(), 300))));
  }

  private static List<ArtifactFile> countable(Artifact artifact) {
    return artifact.files().stream()
        .filter(file -> file.size() > 0 && !MetadataCheck.isMetadata(artifact, file))
        .toList();
  }
}
