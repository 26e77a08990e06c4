package dev.gatehouse.packaging.name;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.Optional;

/**
 * Says which projects are meant: one by its name ({@code acme}), or all whose normalised name
 * begins alike ({@code acme-*}; {@code *} alone means all). It is normalised as names are, so
 * {@code Acme_*} is {@code acme-*}. {@code acme-*} does not match {@code acme}; {@code acme*} does,
 * and {@code acmeville} too.
 */
public record ProjectPattern(String text) {
  /** Takes a pattern that is normalised already; {@link #parse} takes any spelling. */
  public ProjectPattern {
    if (!isPattern(text) || !ProjectName.normalize(text).equals(text)) {
      throw new MalformedException(
          "a normalised pattern is a normalised project name, or the beginning of one and a '*', not "
              + quoted(text));
    }
  }

  /**
   * Reads any spelling of a pattern.
   *
   * @throws MalformedException when it is neither a project's name nor the beginning of one with a
   *     {@code *} at its end
   */
  public static ProjectPattern parse(String text) {
    if (!isPattern(text)) {
      throw new MalformedException(
          "a pattern is a project name (\"acme\") or the beginning of one and a '*' (\"acme-*\"), not "
              + quoted(text));
    }
    return new ProjectPattern(ProjectName.normalize(text));
  }

  /** Whether the project is meant. */
  public boolean matches(ProjectName project) {
    return isPrefix()
        ? project.normalized().startsWith(prefix())
        : project.normalized().equals(text);
  }

  /** The one project that is meant; empty where it is the beginning of names. */
  public Optional<ProjectName> project() {
    return isPrefix() ? Optional.empty() : Optional.of(new ProjectName(text));
  }

  /** Whether some project could be meant by both. */
  public boolean overlaps(ProjectPattern other) {
    if (isPrefix() && other.isPrefix()) {
      return prefix().startsWith(other.prefix()) || other.prefix().startsWith(prefix());
    }
    return isPrefix() ? other.text.startsWith(prefix()) : other.matches(new ProjectName(text));
  }

  /** The normalised pattern. */
  @Override
  public String toString() {
    return text;
  }

  private boolean isPrefix() {
    return text.endsWith("*");
  }

  private String prefix() {
    return text.substring(0, text.length() - 1);
  }

  private static boolean isPattern(String text) {
    if (!text.endsWith("*")) {
      return ProjectName.parseIfValid(text).isPresent();
    }
    String beginning = text.substring(0, text.length() - 1);
    // Whatever begins a name becomes one when a letter follows it.
    return ProjectName.parseIfValid(beginning + "x").isPresent();
  }
}
