package dev.gatehouse.comparison.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file.
 *
 * @param path in the artifact; of one that is missing, in the source
 * @param size in bytes; 0 of one that is missing
 * @param counterpart the file of the source that it was held against; null where there is none
 * @param reason one clause that says why it is of its class
 * @param diff unified, cut where it is long; empty where there is none
 */
public record FileResult(
    String path,
    FileClass type,
    long size,
    @Nullable String counterpart,
    String reason,
    List<String> diff) {
  /** Takes a copy. */
  public FileResult {
    diff = List.copyOf(diff);
  }

  /** Without a diff. */
  static FileResult of(
      ArtifactFile file, FileClass type, @Nullable String counterpart, String reason) {
    return new FileResult(file.path(), type, file.size(), counterpart, reason, List.of());
  }
}
