package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Hands the entries of one archive to whoever reads them, sees to it that each is read to its end,
 * and tells what is wrong with it.
 */
final class Delivery {
  private static final int SCRATCH = 128 * 1024;

  private final String prefix;
  private final Budget budget;
  private final EntryReader reader;
  private final Observations seen = new Observations();
  private final byte[] scratch = new byte[SCRATCH];

  /**
   * Of one archive.
   *
   * @param prefix what comes before each path: empty, or the way to a nested archive, with {@code
   *     !/} at its end
   */
  Delivery(String prefix, Budget budget, EntryReader reader) {
    this.prefix = prefix;
    this.budget = budget;
    this.reader = reader;
  }

  Budget budget() {
    return budget;
  }

  Observations seen() {
    return seen;
  }

  byte[] scratch() {
    return scratch;
  }

  /** Counts an entry before anything of it is read. */
  void begin(String path) throws LimitException {
    budget.entry();
    seen.entry(prefix + path);
  }

  /**
   * Shows an entry to the reader, and reads what that left.
   *
   * @throws BrokenException where the entry cannot be read to its end
   */
  void deliver(
      String path,
      ArchiveEntry.Type type,
      long size,
      boolean executable,
      @Nullable String linkTarget,
      EntryContent content)
      throws IOException {
    ArchiveEntry entry = new ArchiveEntry(prefix + path, type, size, executable, linkTarget);
    try {
      reader.read(entry, content);
    } catch (IOException e) {
      if (content.failure() == null) {
        seen.problem(entry.path(), "could not be looked into: " + e.getMessage());
      }
    }
    content.finish();
  }

  /** A finding on an entry; the message follows "The entry". */
  Finding finding(Rule rule, String path, String message, String evidence) {
    return rule.at(prefix + path, 0, "The entry " + message + ".", evidence);
  }

  void add(Rule rule, String path, String message) {
    add(finding(rule, path, message, ""));
  }

  void add(Finding finding) {
    seen.add(finding);
  }

  /** What it means that a path meets another in a ZIP archive. */
  void met(String path, PathsSeen.Meeting meeting) {
    switch (meeting) {
      case NONE -> {}
      case SAME -> add(ArchiveRules.DUPLICATE, path, "is the second one for this path");
      case FILE_AS_FOLDER ->
          add(ArchiveRules.DUPLICATE, path, "is a file where another one needs a folder");
      case SAME_FOLDED ->
          seen.add(
              finding(
                      ArchiveRules.DUPLICATE,
                      path,
                      "is the same file as another on disks that do not tell cases apart",
                      "")
                  .as(Severity.MEDIUM, false));
    }
  }

  /** An entry that cannot be read any further. */
  void broken(String path, BrokenException e) {
    add(e.rule(), path, e.fault());
    seen.problem(prefix + path, "was not read to its end: it " + e.fault());
  }

  /** A finding on the archive as a whole; the message follows "The archive". */
  void addOnArchive(Rule rule, String message) {
    String sentence = "The archive " + message + ".";
    seen.add(prefix.isEmpty() ? rule.onTarget(sentence) : rule.in(archivePath(), sentence));
  }

  /** An archive that cannot be read any further. */
  void archiveBroken(BrokenException e) {
    addOnArchive(e.rule(), e.fault());
    unread(archivePath(), e);
  }

  /** Something that ended the reading. */
  void unread(String path, IOException e) {
    seen.problem(path, "was not read to its end: it " + e.getMessage());
  }

  /** The entry that is being read; before the first, the archive. */
  String current() {
    return seen.current().isEmpty() ? archivePath() : seen.current();
  }

  /** The way to the archive; empty for one that lies in no other. */
  String archivePath() {
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 2);
  }
}
