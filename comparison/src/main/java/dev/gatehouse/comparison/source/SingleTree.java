package dev.gatehouse.comparison.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A source that has one state and no history: a folder, another artifact. */
final class SingleTree implements Source {
  private final String name;
  private final Revision only;
  private final Tree tree;
  private final BlobReader reader;

  /**
   * @param state what its one state is called
   */
  SingleTree(String name, String state, List<TreeFile> files, BlobReader reader) {
    this.name = name;
    this.only = new Revision(state, null, null);
    this.tree = new Tree(files);
    this.reader = reader;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> movedTags() {
    return Set.of();
  }

  @Override
  public boolean hasHistory() {
    return false;
  }

  @Override
  public List<Revision> tags() {
    return List.of();
  }

  @Override
  public Optional<Revision> head() {
    return Optional.of(only);
  }

  @Override
  public List<Revision> branches() {
    return List.of();
  }

  @Override
  public Optional<Revision> find(String ref) {
    return Optional.empty();
  }

  @Override
  public Tree tree(Revision revision) {
    return tree;
  }

  @Override
  public byte[] read(BlobId id) throws SourceException {
    return reader.read(id);
  }

  @Override
  public Sightings search(Set<BlobId> ids) {
    return new Sightings(Map.of(), true);
  }

  @Override
  public void close() {
    // Whoever made it closes what it reads from.
  }
}
