package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.record.HashAlgorithm;
import dev.gatehouse.packaging.record.RecordReader;
import dev.gatehouse.packaging.record.RecordRow;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the RECORDs of a site directory say beforehand: which files outside of it belong to its
 * distributions ({@code ../../../bin/pip}), which algorithms they use, and which bytecode they
 * vouch for.
 */
final class InstalledRecords {
  private static final int MOST_OUTSIDE = 200_000;

  private final FileTree tree;
  private final String site;
  private final Set<String> outside = new LinkedHashSet<>();
  private final Set<String> hashedBytecode = new HashSet<>();
  private final Set<HashAlgorithm> algorithms = EnumSet.of(HashAlgorithm.SHA256);

  private InstalledRecords(FileTree tree, String site) {
    this.tree = tree;
    this.site = site;
  }

  static InstalledRecords read(FileTree tree, String site, Consumer<Problem> problems) {
    InstalledRecords records = new InstalledRecords(tree, site);
    try {
      for (TreeEntry entry : tree.list(site)) {
        if (entry.name().toLowerCase(Locale.ROOT).endsWith(".dist-info")) {
          records.read(entry.path() + "/RECORD", problems);
        }
      }
    } catch (IOException e) {
      // Whoever walks the folder comes upon it again, and says so.
      return records;
    }
    return records;
  }

  private void read(String path, Consumer<Problem> problems) {
    try {
      Optional<byte[]> content = new SmallFiles(tree).read(path, SmallFiles.RECORD);
      if (content.isPresent()) {
        RecordReader.parse(content.get()).forEach(this::row);
      }
    } catch (IOException e) {
      problems.accept(Problems.unread(path, e));
    } catch (MalformedException e) {
      // The inspection of the site directory parses it again, and says so.
      return;
    }
  }

  private void row(RecordRow row) {
    String path = row.slashedPath();
    if (row.isOutside() && outside.size() < MOST_OUTSIDE) {
      outside.add(path);
    }
    if (!row.hash().isEmpty()) {
      if (path.endsWith(".pyc")) {
        hashedBytecode.add(path);
      }
      if (!row.hash().startsWith("sha256=")) {
        algorithm(row);
      }
    }
  }

  private void algorithm(RecordRow row) {
    try {
      row.recordedHash().ifPresent(hash -> algorithms.add(hash.algorithm()));
    } catch (MalformedException e) {
      // The inspection of the site directory says so.
      return;
    }
  }

  /** Paths relative to the site directory that climb out of it, and absolute ones. */
  Set<String> outside() {
    return outside;
  }

  Set<HashAlgorithm> algorithms() {
    return algorithms;
  }

  boolean vouchesForBytecode(String sitePath) {
    return hashedBytecode.contains(sitePath);
  }

  /** A path of a RECORD in the tree. */
  String inTree(String recorded) {
    return TreePaths.resolve(site, recorded);
  }
}
