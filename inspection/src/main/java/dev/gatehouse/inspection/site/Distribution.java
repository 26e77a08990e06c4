package dev.gatehouse.inspection.site;

import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.record.EntryPoint;
import dev.gatehouse.packaging.record.RecordRow;
import dev.gatehouse.packaging.record.WheelFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .dist-info} or {@code .egg-info} folder, read.
 *
 * @param folder its path in the archive or site directory, without a slash at its end
 * @param metadata null where there is none, or it is malformed
 * @param rows of its RECORD; null where there is none, or it is malformed
 * @param recordUnreadable whether there is a RECORD, but no reading it
 * @param wheel null where there is no WHEEL
 */
record Distribution(
    String folder,
    @Nullable CoreMetadata metadata,
    @Nullable List<RecordRow> rows,
    boolean recordUnreadable,
    @Nullable WheelFile wheel,
    List<EntryPoint> entryPoints) {
  private static final String DIST_INFO = ".dist-info";

  /** Whether the folder is of the modern kind. */
  boolean isDistInfo() {
    return folder.endsWith(DIST_INFO);
  }

  /** {@code name-version}, as the folder is called. */
  String stem() {
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    int end = name.lastIndexOf('.');
    return end < 0 ? name : name.substring(0, end);
  }

  /** What its RECORD lists, with slashes. */
  Set<String> listed() {
    Set<String> paths = new HashSet<>();
    if (rows != null) {
      for (RecordRow row : rows) {
        paths.add(row.slashedPath());
      }
    }
    return paths;
  }
}
