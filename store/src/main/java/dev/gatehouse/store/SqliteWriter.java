package dev.gatehouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes, with the one connection that it writes through. Callers wait for the
 * outcome of their work, in the order in which they came; a virtual thread that waits here holds no
 * processor, as it would while SQLite waits for the disk.
 */
final class SqliteWriter implements AutoCloseable {
  private final Connection connection;
  private final Jdbi jdbi;
  private final ExecutorService executor;
  private volatile @Nullable Thread thread;

  private SqliteWriter(Connection connection) {
    this.connection = connection;
    this.jdbi = Jdbi.create(connection);
    this.executor = Executors.newSingleThreadExecutor(this::newThread);
  }

  static SqliteWriter start(DataSource source, String tried) {
    try {
      return new SqliteWriter(source.getConnection());
    } catch (SQLException e) {
      throw SqliteFailure.of(tried, e);
    }
  }

  private Thread newThread(Runnable loop) {
    Thread fresh = Thread.ofPlatform().name("gatehouse-database-writer").daemon().unstarted(loop);
    thread = fresh;
    return fresh;
  }

  /** Runs the work on the writing thread; a transaction is the work's own matter. */
  <T extends @Nullable Object> T run(String tried, Function<? super Handle, ? extends T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("work that writes cannot wait for other work that writes");
    }
    try {
      return outcome(executor.<T>submit(() -> perform(work)));
    } catch (RejectedExecutionException e) {
      throw new StoreException(StoreException.Code.CLOSED, tried, "it is closed", e);
    } catch (RuntimeException e) {
      throw SqliteFailure.translated(tried, e);
    }
  }

  private <T extends @Nullable Object> T perform(Function<? super Handle, ? extends T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    }
  }

  /** Also for who is interrupted: a write whose outcome nobody knows is worse than a wait. */
  private static <T extends @Nullable Object> T outcome(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw thrownByWork(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrownByWork(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException thrown -> thrown;
      case Error error -> throw error;
      case null, default -> throw new AssertionError("work throws nothing checked", e);
    };
  }

  @Override
  public void close() {
    executor.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailure.of("Could not close the database", e);
    }
  }
}
