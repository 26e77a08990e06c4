package dev.gatehouse.comparison.source;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An opened source. Not for several threads. */
public sealed interface Source extends AutoCloseable permits GitSource, SingleTree {
  /**
   * Opens a source, without changing anything in it.
   *
   * @param clock against which the time is measured
   * @throws SourceException where it cannot be read
   */
  static Source open(SourceLocation location, SourceLimits limits, InstantSource clock)
      throws SourceException {
    Effort effort = new Effort(limits, clock);
    return switch (location) {
      case SourceLocation.Repository(var path) ->
          GitSource.repository(path, path.toString(), Set.of(), effort);
      case SourceLocation.Fetched(var path, var name, var movedTags) ->
          GitSource.repository(path, name, movedTags, effort);
      case SourceLocation.Bundle(var path) -> GitSource.bundle(path, effort);
      case SourceLocation.Folder(var path) -> FolderSource.open(path, effort);
    };
  }

  /** Reads files of a source by their ids. */
  @FunctionalInterface
  interface BlobReader {
    /**
     * The bytes of a file.
     *
     * @throws SourceException where it is too large, or cannot be read
     */
    byte[] read(BlobId id) throws SourceException;
  }

  /**
   * A source that has one state and no history.
   *
   * @param name as it is shown
   * @param state what its one state is called
   */
  static Source of(String name, String state, List<TreeFile> files, BlobReader reader) {
    return new SingleTree(name, state, files, reader);
  }

  /** As it is shown: what the user named, or where it was fetched from. */
  String name();

  /** The tags that stood for another commit when the source was fetched before. */
  Set<String> movedTags();

  /** Whether it has a history at all. */
  boolean hasHistory();

  /** All tags that lead to a commit. */
  List<Revision> tags() throws SourceException;

  /** What is current: the checked-out commit, the default branch, the folder as it is. */
  Optional<Revision> head() throws SourceException;

  /** The tips of all branches. */
  List<Revision> branches() throws SourceException;

  /** The commit that a tag, branch or id stands for. */
  Optional<Revision> find(String ref) throws SourceException;

  /** All files of a revision of this source. */
  Tree tree(Revision revision) throws SourceException;

  /**
   * The bytes of a file.
   *
   * @throws SourceException where it is larger than the limits allow, or cannot be read
   */
  byte[] read(BlobId id) throws SourceException;

  /**
   * Looks for bytes in everything that branches and tags lead to. What a stranger proposed, as
   * {@code refs/pull}, does not count: anybody can put anything there.
   */
  Sightings search(Set<BlobId> ids) throws SourceException;

  @Override
  void close();
}
