package dev.gatehouse.advisories;

import dev.gatehouse.packaging.MalformedException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a file, a folder or a zip of records, within limits; for one reading. */
final class AdvisoryFiles {
  /** OSV's archive for PyPI holds some 20,000 records, a file each, in 60 MB. */
  private static final int MOST_RECORDS = 200_000;

  private static final int MOST_FILES = 500_000;

  /** An archive of a megabyte can unpack to a gigabyte of records; what is read lies in memory. */
  private static final long MOST_BYTES = 512L * 1024 * 1024;

  private static final int DEEPEST_FOLDER = 20;
  private static final int MOST_TOLD = 100;

  private final OsvDocument document = new OsvDocument();
  private final List<Advisory> records = new ArrayList<>();
  private final List<UnreadRecord> unread = new ArrayList<>();
  private long bytesLeft = MOST_BYTES;
  private int filesLeft = MOST_FILES;

  Advisories read(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      readFolder(source);
    } else if (isZip(source)) {
      readZip(source);
    } else {
      try (InputStream in = Files.newInputStream(source)) {
        readJson(source.getFileName().toString(), in);
      }
    }
    if (records.isEmpty()) {
      throw new IOException(
          unread.isEmpty()
              ? "it holds no OSV record about PyPI"
              : "it holds no OSV record that could be read: " + unread.getFirst().why());
    }
    return Advisories.of(records, unread);
  }

  static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4);
      return head.length == 4 && head[0] == 'P' && head[1] == 'K';
    }
  }

  /** Links to folders are not followed: they may lead round in a circle. */
  private void readFolder(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder, DEEPEST_FOLDER)) {
      List<Path> files =
          tree.filter(file -> isRecordName(file.toString()))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      for (Path file : files) {
        countFile();
        try (InputStream in = Files.newInputStream(file)) {
          readJson(folder.relativize(file).toString(), in);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readZip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
        ZipEntry entry = entries.next();
        if (!entry.isDirectory() && isRecordName(entry.getName())) {
          countFile();
          readEntry(zip, entry);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no zip that can be read: " + e.getMessage(), e);
    }
  }

  /** One broken entry is one unread record. */
  private void readEntry(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      readJson(entry.getName(), in);
    } catch (LimitException e) {
      throw e;
    } catch (IOException e) {
      tell(entry.getName(), "it cannot be unpacked: " + e.getMessage());
    }
  }

  private static boolean isRecordName(String name) {
    return name.endsWith(".json");
  }

  private void readJson(String where, InputStream in) throws IOException {
    try {
      document.read(
          new BufferedInputStream(new Counted(in)), this::take, fault -> tell(where, fault));
    } catch (MalformedException e) {
      tell(where, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void take(Advisory advisory) {
    if (records.size() == MOST_RECORDS) {
      throw new UncheckedIOException(
          new LimitException("it holds more than %d records".formatted(MOST_RECORDS)));
    }
    records.add(advisory);
  }

  private void tell(String where, String why) {
    if (unread.size() < MOST_TOLD) {
      unread.add(new UnreadRecord(where, why));
    }
  }

  private void countFile() throws LimitException {
    if (--filesLeft < 0) {
      throw new LimitException("it holds more than %d files".formatted(MOST_FILES));
    }
  }

  /** Takes what is read off what may be read of the whole source. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws LimitException {
      bytesLeft -= read;
      if (bytesLeft < 0) {
        throw new LimitException("it holds more than %d bytes".formatted(MOST_BYTES));
      }
    }
  }

  /** The source is larger than any is. */
  private static final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitException(String message) {
      super(message);
    }
  }
}
