package dev.gatehouse.provenance.refresh;

import java.time.Instant;

/** What came of a refresh. */
public sealed interface RefreshOutcome {
  /** What is kept was confirmed, or tried, a short while ago. */
  record NotDue() implements RefreshOutcome {}

  /**
   * The instance's newest trusted root is here.
   *
   * @param changed whether it is another than before
   */
  record Confirmed(Instant at, boolean changed) implements RefreshOutcome {}

  /**
   * The one that was in use stays in use.
   *
   * @param message what was tried and what went wrong, a clause
   */
  record Failed(RefreshFault fault, String message) implements RefreshOutcome {}
}
