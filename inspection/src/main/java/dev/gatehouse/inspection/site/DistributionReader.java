package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.record.EntryPoint;
import dev.gatehouse.packaging.record.EntryPoints;
import dev.gatehouse.packaging.record.RecordReader;
import dev.gatehouse.packaging.record.RecordRow;
import dev.gatehouse.packaging.record.WheelFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the metadata folders of a site directory together from their files. */
final class DistributionReader {
  private final Map<String, byte[]> files;
  private final Consumer<Problem> problems;

  private DistributionReader(Map<String, byte[]> files, Consumer<Problem> problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * Reads all of them, in the order of their names.
   *
   * @param files the metadata files that lie in folders at the top, by their paths
   */
  static List<Distribution> read(Map<String, byte[]> files, Consumer<Problem> problems) {
    DistributionReader reader = new DistributionReader(files, problems);
    TreeMap<String, Boolean> folders = new TreeMap<>();
    for (String path : files.keySet()) {
      int slash = path.lastIndexOf('/');
      String folder = slash < 0 ? path : path.substring(0, slash);
      if (isMetadataFolder(folder)) {
        folders.put(folder, slash >= 0);
      }
    }
    List<Distribution> found = new ArrayList<>();
    folders.forEach((folder, isFolder) -> found.add(reader.read(folder, isFolder)));
    return found;
  }

  private static boolean isMetadataFolder(String folder) {
    String lower = folder.toLowerCase(Locale.ROOT);
    return lower.endsWith(".dist-info") || lower.endsWith("egg-info");
  }

  private Distribution read(String folder, boolean isFolder) {
    String metadata =
        !isFolder ? folder : folder + (folder.endsWith(".dist-info") ? "/METADATA" : "/PKG-INFO");
    List<RecordRow> rows = parse(folder + "/RECORD", RecordReader::parse);
    if (rows == null) {
      rows = parse(folder + "/installed-files.txt", content -> installedFiles(folder, content));
    }
    List<EntryPoint> entryPoints = parse(folder + "/entry_points.txt", EntryPoints::parse);
    return new Distribution(
        folder,
        parse(metadata, CoreMetadata::parse),
        rows,
        rows == null && files.containsKey(folder + "/RECORD"),
        parse(folder + "/WHEEL", WheelFile::parse),
        entryPoints == null ? List.of() : entryPoints);
  }

  private <T> @Nullable T parse(String path, Function<byte[], T> parser) {
    byte[] content = files.get(path);
    if (content == null) {
      return null;
    }
    try {
      return parser.apply(content);
    } catch (MalformedException e) {
      problems.accept(new Problem(path, "Could not be read: " + e.getMessage()));
      return null;
    }
  }

  /** What pip wrote for {@code setup.py install}: one path a line, relative to the folder. */
  private static List<RecordRow> installedFiles(String folder, byte[] content) {
    List<RecordRow> rows = new ArrayList<>();
    String inside = folder.substring(folder.lastIndexOf('/') + 1) + "/";
    for (String line : new String(content, StandardCharsets.UTF_8).split("\\R", -1)) {
      String path = line.strip().replace('\\', '/');
      if (!path.isEmpty()) {
        boolean up = path.startsWith("../");
        rows.add(new RecordRow(rows.size() + 1, up ? path.substring(3) : inside + path, "", ""));
      }
    }
    return rows;
  }
}
