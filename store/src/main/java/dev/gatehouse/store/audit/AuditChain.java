package dev.gatehouse.store.audit;

import dev.gatehouse.packaging.artifact.Sha256;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves the audit log whole, entry by entry in their order. A changed, missing or inserted entry
 * breaks the chain from there on; that the newest entries were cut off shows only against a head
 * that was noted elsewhere.
 */
public final class AuditChain {
  private final @Nullable Sha256 noted;
  private Sha256 head = AuditEntry.BEGINNING;
  private long count;
  private boolean sawNoted;
  private @Nullable String fault;

  /**
   * Begins before the first entry.
   *
   * @param noted a head that was noted before, which the chain must still contain; null: none was
   */
  public AuditChain(@Nullable Sha256 noted) {
    this.noted = noted;
    // The head of a log without entries, which was noted before the first.
    this.sawNoted = head.equals(noted);
  }

  /** Takes the next entry. */
  public void take(AuditEntry entry) {
    if (fault != null) {
      return;
    }
    if (entry.number() != count + 1) {
      fault =
          "entry %d is missing: entry %d follows entry %d"
              .formatted(count + 1, entry.number(), count);
    } else if (!entry.follows(head)) {
      fault =
          "entry %d (%s %s) is not what was written"
              .formatted(entry.number(), entry.action(), entry.subject());
    } else {
      head = entry.hash();
      count = entry.number();
      sawNoted |= head.equals(noted);
    }
  }

  /** What is wrong, a clause; empty: all that was taken is whole. To be asked at the end. */
  public Optional<String> fault() {
    if (fault == null && noted != null && !sawNoted) {
      return Optional.of("no entry has the hash " + noted + ": the log was cut or rewritten");
    }
    return Optional.ofNullable(fault);
  }

  /** The newest entry's hash. Noted elsewhere, it proves later that nothing before it changed. */
  public Sha256 head() {
    return head;
  }

  /** How many entries were proved. */
  public long count() {
    return count;
  }
}
