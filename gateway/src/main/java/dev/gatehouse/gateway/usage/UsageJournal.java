package dev.gatehouse.gateway.usage;

import dev.gatehouse.store.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbered files, {@code usage-1.journal} and on, of which the newest is written to. An entry is
 * with the operating system when {@link #append} returns: it survives whatever becomes of this
 * process, {@code kill -9} included. A loss of power may cost what came since the last {@link
 * #sync}.
 *
 * <p>Written through a stream and not a channel, because a channel is closed when a thread that
 * uses it is interrupted, as that of a call may be whose client has left.
 */
final class UsageJournal implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("usage-(\\d{1,18})\\.journal");

  private final Path folder;

  /**
   * Not the monitor: virtual threads that meet at one wake a thread of the JVM's to get on, which
   * costs more than the write.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private long number;
  private @Nullable FileOutputStream out;
  private boolean unsynced;

  /**
   * @param number of the newest segment that there is or was; the next is one more
   */
  UsageJournal(Path folder, long number) {
    this.folder = folder;
    this.number = number;
  }

  /** A file of the journal. */
  record Segment(long number, Path file) {}

  /** All that lie in a folder, in their order. */
  static List<Segment> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> segment(file).stream())
          .sorted(Comparator.comparingLong(Segment::number))
          .toList();
    }
  }

  private static Optional<Segment> segment(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new Segment(Long.parseLong(name.group(1)), file))
        : Optional.empty();
  }

  /**
   * Appends an entry.
   *
   * @throws IOException where it was not written, as on a full disk; the next one is tried in a
   *     segment of its own, behind what may stand half-written in this one
   */
  void append(UsageEntry entry) throws IOException {
    byte[] record = JournalFormat.record(entry);
    lock.lock();
    try {
      write(record);
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] record) throws IOException {
    FileOutputStream to = out == null ? begin() : out;
    try {
      to.write(record);
      unsynced = true;
    } catch (IOException e) {
      closeQuietly(to, e);
      throw e;
    }
  }

  private FileOutputStream begin() throws IOException {
    Path file = folder.resolve("usage-" + (number + 1) + ".journal");
    PrivateFiles.createFile(file);
    number++;
    FileOutputStream fresh = new FileOutputStream(file.toFile());
    out = fresh;
    try {
      fresh.write(JournalFormat.HEADER);
    } catch (IOException e) {
      closeQuietly(fresh, e);
      throw e;
    }
    return fresh;
  }

  private void closeQuietly(FileOutputStream broken, IOException reason) {
    out = null;
    try {
      broken.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Makes what was appended safe from a loss of power. */
  void sync() throws IOException {
    FileOutputStream to;
    lock.lock();
    try {
      if (!unsynced || out == null) {
        return;
      }
      unsynced = false;
      to = out;
    } finally {
      lock.unlock();
    }
    to.getFD().sync(); // without the lock: who appends does not wait for the disk
  }

  /**
   * Ends the segment that is written to; the next entry begins another.
   *
   * @return the newest ended segment's number; empty: there is none yet
   */
  OptionalLong endSegment() throws IOException {
    FileOutputStream ended;
    long newest;
    lock.lock();
    try {
      ended = out;
      out = null;
      newest = number;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      try (ended) {
        ended.getFD().sync();
      }
    }
    return newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  @Override
  public void close() throws IOException {
    endSegment();
  }
}
