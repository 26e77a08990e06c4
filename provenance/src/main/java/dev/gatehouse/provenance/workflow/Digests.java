package dev.gatehouse.provenance.workflow;

/** Tells what a name that can change stands for now. */
@FunctionalInterface
public interface Digests {
  /**
   * The commit that a ref of a repository stands for, or the digest of an image.
   *
   * @param name {@code owner/repository@ref}, or an image as it is named
   */
  Answer find(String name);

  /** What became of it. */
  sealed interface Answer {
    /**
     * It is known.
     *
     * @param digest 40 or 64 hex digits of a commit, or {@code sha256:} and 64 of an image
     */
    record Found(String digest) implements Answer {}

    /**
     * It is not.
     *
     * @param why a clause
     */
    record Missing(String why) implements Answer {}
  }
}
