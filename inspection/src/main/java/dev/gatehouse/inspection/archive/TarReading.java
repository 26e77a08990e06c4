package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Severity;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a tar archive as an sdist is one: with all that would make it unpack to another place or in
 * another way (PEP 706) as findings.
 */
final class TarReading {
  private final TarReader tar;
  private final Delivery delivery;
  private final PathsSeen paths = new PathsSeen();
  private final Set<String> files = new HashSet<>();
  private final Links links = new Links();

  private TarReading(TarReader tar, Delivery delivery) {
    this.tar = tar;
    this.delivery = delivery;
  }

  /** Reads all of it; what is found goes to the delivery. */
  static void read(ArchiveFormat format, ChannelBytes archive, Delivery delivery)
      throws IOException {
    try (Unpacked in = Unpacked.of(format, archive, delivery.budget())) {
      new TarReading(new TarReader(in), delivery).readEntries();
    }
  }

  private void readEntries() throws IOException {
    try {
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        EntryPath name = EntryPath.of(entry.name(), false);
        delivery.begin(name.path());
        readEntry(entry, name);
      }
    } finally {
      for (String link : links.escaping()) {
        delivery.add(
            delivery.finding(
                ArchiveRules.LINK,
                link,
                "is a link that leads out of the archive",
                links.target(link)));
      }
    }
  }

  private void readEntry(TarEntry entry, EntryPath name) throws IOException {
    String path = name.path();
    if (entry.doubt() != null) {
      delivery.add(ArchiveRules.AMBIGUOUS, path, entry.doubt());
    }
    if (entry.isSpecial()) {
      delivery.add(ArchiveRules.SPECIAL_FILE, path, "is a device or pipe");
      return;
    }
    checkPath(entry, name);
    if (entry.isSymbolicLink()) {
      links.add(path, entry.linkName());
    } else if (entry.isHardLink()) {
      checkHardLink(path, entry.linkName());
    } else if (entry.isFile()) {
      files.add(path);
    }
    if (entry.sparse()) {
      delivery.add(
          delivery
              .finding(
                  ArchiveRules.AMBIGUOUS, path, "is sparse, which not all tools can unpack", "")
              .as(Severity.HIGH, false));
      delivery.seen().problem(delivery.seen().current(), "is a sparse file and was not read");
    } else if (!path.isEmpty()) {
      deliver(entry, path);
    }
  }

  private void deliver(TarEntry entry, String path) throws IOException {
    ArchiveEntry.Type type =
        entry.isFolder()
            ? ArchiveEntry.Type.DIRECTORY
            : entry.isSymbolicLink()
                ? ArchiveEntry.Type.SYMBOLIC_LINK
                : entry.isHardLink() ? ArchiveEntry.Type.HARD_LINK : ArchiveEntry.Type.FILE;
    boolean link = entry.isSymbolicLink() || entry.isHardLink();
    delivery.deliver(
        path,
        type,
        entry.size(),
        (entry.mode() & 0100) != 0,
        link ? entry.linkName() : null,
        new TarContent(tar.data(), delivery.seen(), delivery.scratch()));
  }

  private void checkPath(TarEntry entry, EntryPath name) {
    String path = name.path();
    if (name.fault() != null) {
      delivery.add(delivery.finding(ArchiveRules.PATH, path, name.fault(), entry.name()));
    } else if (path.isEmpty() && !entry.isFolder()) {
      delivery.add(delivery.finding(ArchiveRules.PATH, path, "has no name", entry.name()));
    } else if (entry.name().indexOf('\\') >= 0) {
      delivery.add(
          delivery
              .finding(
                  ArchiveRules.PATH,
                  path,
                  "has a backslash in its name, which is a folder on Windows",
                  entry.name())
              .as(Severity.LOW, false));
    }
    String through = links.through(path);
    if (through != null) {
      delivery.add(
          delivery.finding(
              ArchiveRules.LINK, path, "is written through a link of the archive", through));
    } else if (!path.isEmpty()) {
      met(path, entry.isFolder() ? paths.addFolder(path) : paths.addFile(path));
    }
  }

  /** In a tar archive all readers let the last entry for a path win. */
  private void met(String path, PathsSeen.Meeting meeting) {
    if (meeting == PathsSeen.Meeting.SAME) {
      delivery.add(
          delivery
              .finding(ArchiveRules.DUPLICATE, path, "replaces an earlier one for this path", "")
              .as(Severity.MEDIUM, false));
    } else {
      delivery.met(path, meeting);
    }
  }

  private void checkHardLink(String path, String target) {
    EntryPath there = EntryPath.of(target, false);
    if (there.fault() != null) {
      delivery.add(
          delivery.finding(
              ArchiveRules.LINK, path, "is a link that leads out of the archive", target));
      return;
    }
    String message =
        links.contains(there.path())
            ? "is a second name of a link"
            : files.contains(there.path())
                ? "is a second name of another file, and was not looked at under this one"
                : "is a second name of a file that does not come before it";
    delivery.add(
        delivery.finding(ArchiveRules.LINK, path, message, target).as(Severity.HIGH, false));
  }
}
