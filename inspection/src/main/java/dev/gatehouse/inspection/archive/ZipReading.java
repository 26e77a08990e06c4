package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ZIP archive from its first byte to its last, entry by entry as the central directory
 * names them, and sees to it that a reader who streams would find the very same ones: the entries
 * fill the archive without gap and without overlap, and say of themselves what the directory does.
 */
final class ZipReading {
  private static final int TYPE_FILE = 0100000;
  private static final int TYPE_FOLDER = 0040000;
  private static final int TYPE_LINK = 0120000;

  /** What Linux lets a link be. */
  private static final int LONGEST_LINK = 4096;

  private final ChannelBytes archive;
  private final Delivery delivery;
  private final Inflater inflater;
  private final PathsSeen paths = new PathsSeen();

  private ZipReading(ChannelBytes archive, Delivery delivery, Inflater inflater) {
    this.archive = archive;
    this.delivery = delivery;
    this.inflater = inflater;
  }

  /** Reads all of it; what is found goes to the delivery. */
  static void read(ChannelBytes archive, Delivery delivery) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      ZipDirectory directory = ZipDirectory.read(archive, delivery.budget());
      new ZipReading(archive, delivery, inflater).readEntries(directory);
    } finally {
      inflater.end();
    }
  }

  private void readEntries(ZipDirectory directory) throws IOException {
    List<ZipEntry> entries = directory.entries();
    long end = 0;
    for (int i = 0; i < entries.size(); i++) {
      ZipEntry entry = entries.get(i);
      long next = i + 1 < entries.size() ? entries.get(i + 1).offset() : directory.start();
      EntryPath name = name(entry);
      delivery.begin(name.path());
      checkGap(end, entry.offset(), name.path());
      end = readEntry(entry, name, next);
    }
    if (end < directory.start()) {
      delivery.addOnArchive(
          ArchiveRules.AMBIGUOUS,
          "has %d bytes before its directory that belong to no entry"
              .formatted(directory.start() - end));
    }
  }

  private void checkGap(long end, long start, String path) {
    if (start > end) {
      delivery.add(
          ArchiveRules.AMBIGUOUS,
          path,
          "comes after %d bytes that belong to no entry".formatted(start - end));
    }
  }

  /**
   * Reads one entry.
   *
   * @return where it ended, or should have
   */
  private long readEntry(ZipEntry entry, EntryPath name, long next) throws IOException {
    String path = name.path();
    checkPath(entry, name);
    try {
      archive.seek(entry.offset());
      String difference = ZipHeader.difference(archive, entry);
      if (difference != null) {
        delivery.add(ArchiveRules.AMBIGUOUS, path, difference);
      }
      long end = archive.position() + entry.compressed();
      if (end > next || end < 0) {
        throw BrokenException.ambiguous("reaches into what follows it");
      }
      readContent(entry, path);
      archive.seek(end);
      if (!entry.hasDescriptor()) {
        return end;
      }
      checkDescriptor(entry, path, next - end);
      return next;
    } catch (BrokenException e) {
      delivery.broken(path, e);
      return next;
    }
  }

  private void checkDescriptor(ZipEntry entry, String path, long length) throws IOException {
    if (!ZipHeader.descriptorAgrees(archive, entry, length)) {
      delivery.add(
          ArchiveRules.AMBIGUOUS,
          path,
          "is not followed by the sizes and CRC that the directory says, and by nothing else");
    } else if (entry.method() == ZipEntry.STORED && entry.compressed() > 0) {
      delivery.add(
          ArchiveRules.AMBIGUOUS, path, "is neither compressed nor does its header say its size");
    }
  }

  private void readContent(ZipEntry entry, String path) throws IOException {
    if (entry.isEncrypted()) {
      delivery.add(ArchiveRules.ENCRYPTED, path, "is encrypted");
      delivery.seen().problem(delivery.seen().current(), "is encrypted and was not read");
      return;
    }
    if (!entry.isReadable()) {
      String message = "is compressed by method %d, unlike any wheel".formatted(entry.method());
      delivery.add(
          delivery.finding(ArchiveRules.AMBIGUOUS, path, message, "").as(Severity.HIGH, false));
      delivery.seen().problem(delivery.seen().current(), message + ", and was not read");
      return;
    }
    inflater.reset();
    boolean link = entry.fileType() == TYPE_LINK;
    ZipContent content =
        new ZipContent(
            archive,
            entry,
            inflater,
            delivery.budget(),
            delivery.seen(),
            delivery.scratch(),
            link ? LONGEST_LINK : 0);
    boolean folder = isFolder(entry);
    if (path.isEmpty()) {
      content.finish();
    } else {
      // What is a link to unzip is a file to pip, with the target as its text: it is read as one.
      ArchiveEntry.Type type = folder ? ArchiveEntry.Type.DIRECTORY : ArchiveEntry.Type.FILE;
      delivery.deliver(path, type, entry.size(), entry.isExecutable(), null, content);
    }
    if (link) {
      checkLink(path, new String(content.head(), StandardCharsets.UTF_8));
    }
  }

  private void checkLink(String path, String target) {
    if (Links.escapes(path, target)) {
      delivery.add(
          delivery.finding(
              ArchiveRules.LINK, path, "is a link that leads out of the archive", target));
    } else {
      delivery.add(
          delivery
              .finding(
                  ArchiveRules.LINK,
                  path,
                  "is a link to some tools, and to others a file with the link's text",
                  target)
              .as(Severity.HIGH, false));
    }
  }

  private static boolean isFolder(ZipEntry entry) {
    return entry.name().endsWith("/");
  }

  private EntryPath name(ZipEntry entry) {
    return EntryPath.of(text(entry), true);
  }

  private static String text(ZipEntry entry) {
    @Nullable String utf8 = ZipExtra.utf8(entry.name());
    return utf8 == null ? entry.name() : utf8;
  }

  private void checkPath(ZipEntry entry, EntryPath name) {
    String path = name.path();
    String text = text(entry);
    boolean folder = isFolder(entry);
    if (name.fault() != null) {
      delivery.add(delivery.finding(ArchiveRules.PATH, path, name.fault(), text));
    } else if (path.isEmpty() && !folder) {
      delivery.add(delivery.finding(ArchiveRules.PATH, path, "has no name", text));
    } else if (name.untidy()) {
      delivery.add(
          delivery
              .finding(ArchiveRules.PATH, path, "has a name with parts that mean nothing", text)
              .as(Severity.MEDIUM, false));
    }
    checkEncoding(entry, path);
    checkType(entry, path, folder);
    if (!path.isEmpty()) {
      delivery.met(path, folder ? paths.addFolder(path) : paths.addFile(path));
    }
  }

  private void checkEncoding(ZipEntry entry, String path) {
    if (entry.extra().renames(entry.name())) {
      delivery.add(ArchiveRules.AMBIGUOUS, path, "has a second name in UTF-8 that is another one");
    }
    if (entry.name().chars().allMatch(c -> c < 128)) {
      return;
    }
    if (entry.isUtf8() && ZipExtra.utf8(entry.name()) == null) {
      delivery.add(ArchiveRules.AMBIGUOUS, path, "has a name that is not the UTF-8 that it says");
    } else if (!entry.isUtf8() && entry.extra().unicodeName() == null) {
      delivery.add(
          delivery
              .finding(
                  ArchiveRules.AMBIGUOUS,
                  path,
                  "does not say that its name is UTF-8, so that some readers take it for"
                      + " another",
                  "")
              .as(Severity.HIGH, false));
    }
  }

  private void checkType(ZipEntry entry, String path, boolean folder) {
    int type = entry.fileType();
    if (folder && entry.size() > 0) {
      delivery.add(ArchiveRules.AMBIGUOUS, path, "is a folder by its name, and has content");
    }
    if (type != 0 && type != TYPE_FILE && type != TYPE_FOLDER && type != TYPE_LINK) {
      delivery.add(ArchiveRules.SPECIAL_FILE, path, "is a device, pipe or socket");
    }
  }
}
