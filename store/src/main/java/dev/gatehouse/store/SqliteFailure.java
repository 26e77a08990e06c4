package dev.gatehouse.store;

import dev.gatehouse.store.StoreException.Code;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean to us (sqlite.org/rescode.html). */
final class SqliteFailure {
  private SqliteFailure() {}

  /** The exception itself, unless SQL is behind it. */
  static RuntimeException translated(String tried, RuntimeException e) {
    SQLException sql = e instanceof StoreException ? null : sqlCause(e);
    return sql == null ? e : new StoreException(code(sql), tried, problem(sql), e);
  }

  static StoreException of(String tried, SQLException e) {
    return new StoreException(code(e), tried, problem(e), e);
  }

  static @Nullable SQLException sqlCause(Throwable e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return (SQLException) cause;
  }

  static String problem(SQLException e) {
    return Objects.requireNonNullElse(e.getMessage(), "no reason given");
  }

  static Code code(SQLException e) {
    return e instanceof SQLiteException sqlite ? code(sqlite.getResultCode()) : Code.FAILED;
  }

  private static Code code(SQLiteErrorCode extended) {
    SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(extended.code & 0xff);
    return switch (primary) {
      case SQLITE_BUSY, SQLITE_LOCKED -> Code.BUSY;
      case SQLITE_CONSTRAINT -> Code.CONSTRAINT;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Code.CORRUPT;
      case SQLITE_FULL -> Code.FULL;
      case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_READONLY, SQLITE_PERM -> Code.UNREACHABLE;
      default -> Code.FAILED;
    };
  }
}
