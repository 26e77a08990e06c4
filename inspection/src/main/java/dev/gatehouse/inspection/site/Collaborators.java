package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.code.SourceInspection;

/**
 * What the inspection of a site directory leaves to others.
 *
 * @param source judges code
 * @param known tells what is publicly known to be bad
 * @param nested opens archives inside
 * @param bufferedBytes how large a file may be to be looked at whole; larger code is a problem
 */
public record Collaborators(
    SourceInspection source, KnownFindings known, NestedArchives nested, long bufferedBytes) {
  /** An array holds no more. */
  private static final long MOST = 1L << 30;

  /** Checks the limit. */
  public Collaborators {
    if (bufferedBytes < 1 || bufferedBytes > MOST) {
      throw new IllegalArgumentException("between 1 byte and 1 GiB, not " + bufferedBytes);
    }
  }
}
