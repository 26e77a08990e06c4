package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * One step in the history of a module's tables. Once released it is never changed, only followed by
 * another: databases remember what was applied to them.
 *
 * @param number from 1, without gaps
 * @param name what it does, for people
 * @param sql one or several statements, without their own BEGIN or COMMIT
 */
public record Migration(int number, String name, String sql) {
  /** Line ends are made one kind, so that the checksum is the same from every checkout. */
  public Migration {
    if (number < 1 || name.isBlank() || sql.isBlank()) {
      throw new IllegalArgumentException(
          "a migration has a number from 1, a name and SQL, unlike " + number + " '" + name + "'");
    }
    sql = sql.replace("\r\n", "\n");
  }

  /** Tells whether the SQL is still what was applied. */
  Sha256 checksum() {
    return Sha256.digest(sql.getBytes(StandardCharsets.UTF_8));
  }
}
