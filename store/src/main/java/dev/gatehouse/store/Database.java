package dev.gatehouse.store;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows, read and written in transactions.
 *
 * <p>Each call is one transaction: it is committed when the work returns and rolled back when the
 * work throws, and what it threw reaches the caller unchanged. Only failures of SQL become a {@link
 * StoreException} on their way out; inside the work they are still jdbi's. Neither the handle nor
 * anything lazy that came of it may leave the work. All methods may be called from any number of
 * threads, virtual ones too.
 */
public interface Database extends AutoCloseable {
  /**
   * Runs work that only reads, on a snapshot of what is committed. It never waits for a writer.
   * Readers are few, so work that reads does not ask for other work that reads.
   *
   * @throws StoreException when the SQL fails, which it does for every attempt to write
   */
  <T extends @Nullable Object> T read(Function<? super Handle, ? extends T> work);

  /**
   * Runs work that may write, alone: from its first statement to its commit no other work writes.
   * When this returns, what was written survives a loss of power. Keep the work short, and do
   * nothing slow in it. A thread that is interrupted still waits for the outcome.
   *
   * @throws StoreException when the SQL or the commit fails
   * @throws IllegalStateException when called from within work that writes
   */
  <T extends @Nullable Object> T write(Function<? super Handle, ? extends T> work);

  /** As {@link #read}, for work without a result. */
  default void useRead(Consumer<? super Handle> work) {
    this.<@Nullable Object>read(
        handle -> {
          work.accept(handle);
          return null;
        });
  }

  /** As {@link #write}, for work without a result. */
  default void useWrite(Consumer<? super Handle> work) {
    this.<@Nullable Object>write(
        handle -> {
          work.accept(handle);
          return null;
        });
  }

  /**
   * Brings the tables of one module up to date. Each module has a history of its own under its
   * name: numbered from 1 without gaps, only forward, each migration in one transaction. Before the
   * first change to a database that was there already, a backup of it is made.
   *
   * @param owner the module's name
   * @param migrations the whole history, in order
   * @throws StoreException {@link StoreException.Code#NEWER} when more was applied than this
   *     program knows of, {@link StoreException.Code#MIGRATION_CHANGED} when what was applied is
   *     not what this program knows, {@link StoreException.Code#MIGRATION_FAILED} when one cannot
   *     be applied
   */
  void migrate(String owner, List<Migration> migrations);

  /** Lets running work end, refuses new work, and lets go of all files and connections. */
  @Override
  void close();
}
