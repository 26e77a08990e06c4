package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The database could not do what was asked; the message says what was tried and what to do. */
public final class StoreException extends RuntimeException {
  private final Code code;

  StoreException(Code code, String tried, String problem, @Nullable Throwable cause) {
    super("%s: %s (%s). %s".formatted(tried, problem, code, code.remedy), cause);
    this.code = code;
  }

  /** What kind of failure it is. */
  public Code code() {
    return code;
  }

  /** The kinds of failure; their texts are stable, and what logs and answers name. */
  public enum Code {
    BUSY("store-busy", "Another program holds the database locked; stop it."),
    CLOSED("store-closed", "The server is stopping; ask again when it runs."),
    CONSTRAINT("store-constraint", "The change contradicts what is stored; nothing was changed."),
    CORRUPT("store-corrupt", "Stop the server and put a backup in the place of the database."),
    FAILED("store-failed", "Nothing was changed; the log has the database's own words."),
    FULL("store-full", "Nothing was changed; make room on the disk."),
    MIGRATION_CHANGED("store-migration-changed", "Use the release that wrote this database."),
    MIGRATION_FAILED("store-migration-failed", "Nothing was changed; use the previous release."),
    NEWER("store-newer", "Use the newer release, or put the backup it made in place."),
    UNREACHABLE("store-unreachable", "Check that the files and their folder can be written.");

    private final String text;
    private final String remedy;

    Code(String text, String remedy) {
      this.text = text;
      this.remedy = remedy;
    }

    /** The stable text, as {@code store-full}. */
    @Override
    public String toString() {
      return text;
    }
  }
}
