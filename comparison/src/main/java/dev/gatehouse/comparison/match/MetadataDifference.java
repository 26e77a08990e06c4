package dev.gatehouse.comparison.match;

/**
 * Something that an artifact's metadata says and the source does not.
 *
 * @param path of the metadata file
 * @param line from 1; 0 where it concerns the file as a whole
 */
public record MetadataDifference(
    Kind kind, String path, int line, String message, String evidence) {
  /** What is said. */
  public enum Kind {
    /** A command or plug-in: it names code that others run. */
    ENTRY_POINT,
    /** A project that is installed along with it. */
    DEPENDENCY,
    /** The list of files and hashes. */
    RECORD,
    /** The name, the version. */
    FIELD
  }
}
