package dev.gatehouse.pins.file;

import dev.gatehouse.packaging.Ascii;
import org.jspecify.annotations.Nullable;

/** Where a required project comes from. */
public sealed interface Source {
  /**
   * An index.
   *
   * @param url as it was written; null: the one that the installer is told of
   */
  record Index(@Nullable String url) implements Source {}

  /** An archive at an address, as it was written, without the fragment. */
  record Archive(String url) implements Source {}

  /**
   * A repository.
   *
   * @param system {@code git}, {@code hg}, {@code svn} or {@code bzr}
   * @param url as it was written, without {@code git+} and revision
   * @param revision a commit, tag or branch; null: whatever is newest
   */
  record Repository(String system, String url, @Nullable String revision) implements Source {
    /** Whether it names one state for ever: all digits of a commit (SHA-1 or SHA-256). */
    public boolean isCommit() {
      return revision != null
          && (revision.length() == 40 || revision.length() == 64)
          && Ascii.all(revision, Ascii::isLowerHex);
    }
  }

  /** A folder or an archive on this machine, as it was written. */
  record Local(String path) implements Source {}

  /** The project to which the file itself belongs, or one of its workspace. */
  record Own(String path) implements Source {}
}
