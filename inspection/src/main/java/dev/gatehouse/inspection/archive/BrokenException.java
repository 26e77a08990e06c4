package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Rule;
import java.io.IOException;

/**
 * An archive, or one entry of it, cannot be read any further. Its message follows "the archive" or
 * "the entry".
 */
final class BrokenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Rule rule;
  private final String fault;

  BrokenException(Rule rule, String message) {
    super(message);
    this.rule = rule;
    this.fault = message;
  }

  static BrokenException corrupt(String message) {
    return new BrokenException(ArchiveRules.CORRUPT, message);
  }

  static BrokenException ambiguous(String message) {
    return new BrokenException(ArchiveRules.AMBIGUOUS, message);
  }

  /** What is wrong, after "the archive" or "the entry". */
  String fault() {
    return fault;
  }

  Rule rule() {
    return rule;
  }
}
