package dev.gatehouse.comparison.source;

/** A file of a tree: its bytes by their id, and what kind of entry it is. */
public record TreeFile(String path, BlobId id, Mode mode) {
  /** What git tells apart. */
  public enum Mode {
    FILE,
    EXECUTABLE,
    /** The blob is the target. */
    LINK,
    /** Another repository; the id is a commit of it. */
    SUBMODULE
  }
}
