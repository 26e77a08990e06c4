package dev.gatehouse.store.audit;

import dev.gatehouse.packaging.artifact.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of the audit log.
 *
 * @param number from 1, without gaps
 * @param at when it was written; whole milliseconds
 * @param actor whose doing it was: a client's name, or the program's part that did it by itself
 * @param action a stable word in kebab case: {@code approve}, {@code recall}, {@code policy}…
 * @param subject what it was done to: {@code litellm==1.82.8}
 * @param detail in words
 * @param hash of this entry and of the hash before it
 */
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    Sha256 hash) {
  /** The hash "before" the first entry. */
  static final Sha256 BEGINNING = Sha256.digest(new byte[0]);

  private static final JsonMapper JSON = new JsonMapper();

  /** The entry that follows the one of this hash. */
  static AuditEntry after(
      Sha256 previous,
      long number,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail) {
    return new AuditEntry(
        number,
        at,
        actor,
        action,
        subject,
        detail,
        chained(previous, number, at, actor, action, subject, detail));
  }

  /** Whether its hash is what it must be after the entry of that hash. */
  boolean follows(Sha256 previous) {
    return hash.equals(chained(previous, number, at, actor, action, subject, detail));
  }

  /**
   * SHA-256 of a JSON list in UTF-8: the previous hash, the number, the time in milliseconds, and
   * the texts. JSON keeps the texts apart: no text can pose as two.
   */
  private static Sha256 chained(
      Sha256 previous,
      long number,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail) {
    List<Object> fields =
        List.of(previous.hex(), number, at.toEpochMilli(), actor, action, subject, detail);
    return Sha256.digest(JSON.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8));
  }

  /** The hash as people and other programs are shown it: 64 hex digits. */
  public String hashText() {
    return hash.hex();
  }
}
