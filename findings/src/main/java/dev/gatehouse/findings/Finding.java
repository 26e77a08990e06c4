package dev.gatehouse.findings;

import org.jspecify.annotations.Nullable;

/**
 * One fact that an inspection turned up.
 *
 * @param rule what kind of fact it is
 * @param severity how much it matters here
 * @param blocking whether the default policy would refuse the artifact for this alone
 * @param path the file inside the target, with slashes; null where it concerns the target as a
 *     whole
 * @param line from 1; 0 where it concerns the file as a whole
 * @param message one sentence that says what happens and when it runs
 * @param evidence the line or value that shows it; empty where there is nothing to show
 */
public record Finding(
    Rule rule,
    Severity severity,
    boolean blocking,
    @Nullable String path,
    int line,
    String message,
    String evidence) {
  private static final int MOST_PATH = 500;
  private static final int MOST_MESSAGE = 500;
  private static final int MOST_EVIDENCE = 200;

  /** Makes what came from strangers printable, and cuts it. */
  public Finding {
    if (line < 0) {
      throw new IllegalArgumentException("a line is counted from 1, not " + line);
    }
    path = path == null ? null : Printable.of(path, MOST_PATH);
    message = Printable.of(message, MOST_MESSAGE);
    evidence = Printable.of(evidence.strip(), MOST_EVIDENCE);
  }

  /** The same fact, where it matters more or less than its rule says. */
  public Finding as(Severity other, boolean blocks) {
    return new Finding(rule, other, blocks, path, line, message, evidence);
  }
}
