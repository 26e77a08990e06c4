package dev.gatehouse.findings;

import java.util.regex.Pattern;

/**
 * What can be found. Its name is for ever: people write it into their policies and their
 * suppressions, and {@code docs/rules/} has a page of that name.
 *
 * @param name kebab-case, at most 60 characters
 * @param severity of its findings, where they do not say otherwise
 * @param blocking whether the default policy refuses an artifact for a finding of it alone
 * @param title what was found, in a few words, without a full stop
 * @param remedy what a person should do, one sentence
 */
public record Rule(String name, Severity severity, boolean blocking, String title, String remedy) {
  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*+");

  /** Checks the name. */
  public Rule {
    if (name.length() > 60 || !KEBAB.matcher(name).matches()) {
      throw new IllegalArgumentException("the name of a rule is kebab-case, not " + name);
    }
  }

  /** A finding of this rule, with its own severity. Line 0 stands for the file as a whole. */
  public Finding at(String path, int line, String message, String evidence) {
    return new Finding(this, severity, blocking, path, line, message, evidence);
  }

  /** A finding that concerns a whole file. */
  public Finding in(String path, String message) {
    return at(path, 0, message, "");
  }

  /** A finding that concerns the target as a whole. */
  public Finding onTarget(String message) {
    return new Finding(this, severity, blocking, null, 0, message, "");
  }
}
