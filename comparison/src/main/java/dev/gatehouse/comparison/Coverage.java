package dev.gatehouse.comparison;

import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of an artifact is shown to be its source's. The metadata and machine code are counted
 * apart: the one is the build's own, the other cannot be shown by reading.
 *
 * @param files of the rest
 * @param provedFiles of them
 * @param bytes of the rest
 * @param provedBytes of them
 * @param metadataFiles that were held against the declaration
 * @param nativeFiles that nothing was shown of
 */
public record Coverage(
    int files, int provedFiles, long bytes, long provedBytes, int metadataFiles, int nativeFiles) {
  static Coverage of(List<FileResult> results) {
    int files = 0;
    int provedFiles = 0;
    long bytes = 0;
    long provedBytes = 0;
    int metadata = 0;
    int natives = 0;
    for (FileResult result : results) {
      switch (result.type()) {
        case METADATA -> metadata++;
        case NATIVE -> natives++;
        case MISSING -> {
          // Nothing of the artifact.
        }
        case IDENTICAL,
            GENERATED,
            OTHER_COMMIT,
            MOVED,
            SETTINGS,
            BUILT,
            NOT_COMPARED,
            MODIFIED,
            ADDED -> {
          boolean proved = result.type().isProved();
          files++;
          bytes += result.size();
          provedFiles += proved ? 1 : 0;
          provedBytes += proved ? result.size() : 0;
        }
      }
    }
    return new Coverage(files, provedFiles, bytes, provedBytes, metadata, natives);
  }

  /** From 0 to 1; 1 where there is nothing to show. */
  public double ofFiles() {
    return files == 0 ? 1 : (double) provedFiles / files;
  }

  /** From 0 to 1; 1 where there is nothing to show. */
  public double ofBytes() {
    return bytes == 0 ? 1 : (double) provedBytes / bytes;
  }

  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", files);
    details.put("proved-files", provedFiles);
    details.put("bytes", bytes);
    details.put("proved-bytes", provedBytes);
    details.put("share-of-files", ofFiles());
    details.put("share-of-bytes", ofBytes());
    details.put("metadata-files", metadataFiles);
    details.put("native-files", nativeFiles);
    return details;
  }

  /** Whether hardly anything is the source's, so that it may be the wrong one. */
  public boolean isHardlyAny() {
    return files >= 5 && ofFiles() < 0.1;
  }

  /** Whether a file of the artifact is not shown to be the source's. */
  public static boolean isUnexplained(FileClass type) {
    return !type.isProved() && type != FileClass.MISSING;
  }
}
