package dev.gatehouse.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on one connection, begun in the way that is asked for. jdbi's own would begin
 * each one as JDBC does, and JDBC has no word for {@code IMMEDIATE}.
 */
final class SqliteTransaction {
  private SqliteTransaction() {}

  static <T extends @Nullable Object> T run(
      Handle handle, String begin, Function<? super Handle, ? extends T> work) {
    handle.execute(begin);
    try {
      T result = work.apply(handle);
      handle.execute("COMMIT");
      return result;
    } catch (Throwable e) {
      rollBack(handle, e);
      throw e;
    }
  }

  private static void rollBack(Handle handle, Throwable reason) {
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      // After a full disk or an I/O error SQLite may have rolled back by itself, and says that
      // there is no transaction. (sqlite.org/lang_transaction.html, 2.3)
      reason.addSuppressed(e);
    }
  }
}
