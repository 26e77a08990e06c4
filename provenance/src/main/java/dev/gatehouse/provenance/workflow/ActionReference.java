package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An action or reusable workflow of another repository, as {@code uses} names it.
 *
 * @param repository {@code owner/name}
 * @param path inside of it; empty where it is the repository itself
 * @param ref a tag, branch or commit
 */
public record ActionReference(String repository, String path, String ref) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9-]{1,100}/[A-Za-z0-9._-]{1,100})((?:/[^@\\s]*)?)@(\\S{1,250})");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /** Reads what is no path ({@code ./...}) and no image ({@code docker://...}). */
  public static Optional<ActionReference> find(String uses) {
    if (uses.startsWith("./") || uses.startsWith("docker://")) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(uses.strip());
    return matcher.matches()
        ? Optional.of(
            new ActionReference(
                matcher.group(1), matcher.group(2).replaceFirst("^/", ""), matcher.group(3)))
        : Optional.empty();
  }

  static Optional<ActionReference> find(Yaml.Mapping step) {
    return find(step.text("uses"));
  }

  /** Whether it is a full commit, which cannot change. */
  boolean isPinned() {
    return COMMIT.matcher(ref).matches();
  }

  /** Whether it is an action of this repository, whose case does not matter. */
  boolean is(String other) {
    return name().equals(other);
  }

  /** {@code owner/name} and the path in it, in lower case. */
  String name() {
    return (path.isEmpty() ? repository : repository + "/" + path).toLowerCase(Locale.ROOT);
  }

  /** {@code owner/name@ref}, by which its commit is looked up. */
  public String key() {
    return repository + "@" + ref;
  }

  /** As it stands in {@code uses}, at another ref. */
  String at(String other) {
    return (path.isEmpty() ? repository : repository + "/" + path) + "@" + other;
  }
}
