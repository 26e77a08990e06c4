package dev.gatehouse.inspection.site;

import dev.gatehouse.packaging.record.HashAlgorithm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stays known of a file after its bytes went by.
 *
 * @param path in its archive or site directory
 * @param role by its name
 * @param form by its first bytes
 * @param size in bytes; -1 where it was not read
 * @param digests of its bytes; empty where nobody verifies them
 * @param unchecked whether it is bytecode that Python runs without comparing it with its source
 * @param link where a link points; null for files
 */
public record InspectedFile(
    String path,
    FileRole role,
    FileForm form,
    long size,
    Map<HashAlgorithm, byte[]> digests,
    boolean unchecked,
    @Nullable String link) {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
