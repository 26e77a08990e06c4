package dev.gatehouse.gateway.usage;

import dev.gatehouse.gateway.usage.UsageJournal.Segment;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Usage, from the call to the table. {@link #record} is on the way of each call and writes a few
 * hundred bytes to a file; all else is done by whoever calls {@link #sync} and {@link #transfer}
 * now and then. A segment of the journal is taken over into the tables in one transaction with its
 * number, and removed then: whenever the process dies, each entry is in the tables once.
 */
public final class UsageLog implements AutoCloseable {
  private final Path folder;
  private final UsageRepository repository;
  private final UsageJournal journal;

  /** No more than there were calls under way when the disk failed. */
  private final Queue<UsageEntry> unwritten = new ConcurrentLinkedQueue<>();

  private UsageLog(Path folder, UsageRepository repository, UsageJournal journal) {
    this.folder = folder;
    this.repository = repository;
    this.journal = journal;
  }

  /**
   * Opens the log, and takes over what a process that died left in the journal.
   *
   * @param folder the journal's own; made where it is missing
   * @throws IOException where the journal cannot be read or is damaged
   */
  public static UsageLog open(Database database, Path folder) throws IOException {
    database.migrate(UsageRepository.OWNER, UsageRepository.MIGRATIONS);
    PrivateFiles.createFolders(folder);
    UsageRepository repository = new UsageRepository(database);
    takeOver(folder, repository, Long.MAX_VALUE);
    return new UsageLog(folder, repository, new UsageJournal(folder, repository.applied()));
  }

  private static void takeOver(Path folder, UsageRepository repository, long newest)
      throws IOException {
    for (Segment segment : UsageJournal.segments(folder)) {
      if (segment.number() <= newest) {
        if (segment.number() > repository.applied()) {
          repository.apply(segment.number(), JournalFormat.read(segment.file()));
        }
        Files.delete(segment.file());
      }
    }
  }

  /**
   * Notes a call that is over. When this returns, it counts, whatever becomes of this process; so
   * it is called before the client is given the end of its answer.
   *
   * @throws IOException where it could not be written
   */
  public void record(UsageEntry entry) throws IOException {
    try {
      journal.append(entry);
    } catch (IOException e) {
      unwritten.add(entry);
      throw e;
    }
  }

  /** Whether all that was noted could be written; while not, no call should be made. */
  public boolean isWritten() {
    return unwritten.isEmpty();
  }

  /** Makes what was noted safe from a loss of power, too, and tries again what could not be. */
  public synchronized void sync() throws IOException {
    for (UsageEntry entry = unwritten.peek(); entry != null; entry = unwritten.peek()) {
      journal.append(entry);
      unwritten.remove();
    }
    journal.sync();
  }

  /** Takes over into the tables what was noted so far. */
  public synchronized void transfer() throws IOException {
    sync();
    OptionalLong ended = journal.endSegment();
    if (ended.isPresent()) {
      takeOver(folder, repository, ended.getAsLong());
    }
  }

  /** Usage by what is asked for, with all that was noted so far. */
  public List<UsageRow> find(UsageQuery query) throws IOException {
    transfer();
    return repository.find(query, UsageQuery.MOST_ROWS);
  }

  /** All usage up to now by what is asked for, however many rows that is; for the start. */
  public List<UsageRow> findAll(UsageQuery query) throws IOException {
    transfer();
    return repository.find(query, Integer.MAX_VALUE);
  }

  /** Takes over what was noted. */
  @Override
  public void close() throws IOException {
    transfer();
  }
}
