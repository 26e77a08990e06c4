package dev.gatehouse.inspection.environment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where to look on a machine, all of it given: nothing is read from the process.
 *
 * @param workingFolder absolute, as the system writes it; null: there is none
 * @param home of the user, absolute; null: there is none
 * @param variables of the environment, such as {@code VIRTUAL_ENV}; others are passed over
 */
public record SearchPlaces(
    Platform platform,
    @Nullable String workingFolder,
    @Nullable String home,
    Map<String, String> variables) {
  /** Takes a copy; names of variables have no case on Windows. */
  public SearchPlaces {
    Map<String, String> copy = new HashMap<>();
    variables.forEach(
        (name, value) ->
            copy.put(platform == Platform.WINDOWS ? name.toUpperCase(Locale.ROOT) : name, value));
    variables = Map.copyOf(copy);
  }

  /** The working folder in the tree of the machine. */
  Optional<String> workingPath() {
    return workingFolder == null ? Optional.empty() : path(workingFolder);
  }

  /** The home folder in the tree of the machine. */
  Optional<String> homePath() {
    return home == null ? Optional.empty() : path(home);
  }

  /** The folder that a variable names, in the tree of the machine; {@code ~} is the home folder. */
  Optional<String> variable(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    if (value.equals("~") || value.startsWith("~/")) {
      return home == null ? Optional.empty() : path(home + value.substring(1));
    }
    return path(value);
  }

  /**
   * The folder that a variable names, or else one in the home folder.
   *
   * @param relative to the home folder, with slashes
   */
  Optional<String> variableOr(String name, String relative) {
    return variable(name).or(() -> homePath().map(folder -> folder + "/" + relative));
  }

  /** An absolute path as the tree of the machine has it; empty where it is not absolute. */
  Optional<String> path(String absolute) {
    String slashed = platform == Platform.WINDOWS ? absolute.replace('\\', '/') : absolute;
    boolean whole =
        platform == Platform.WINDOWS
            ? slashed.length() > 2 && slashed.charAt(1) == ':' && slashed.charAt(2) == '/'
            : slashed.startsWith("/");
    if (!whole) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : slashed.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  /** A path of the tree as the user would write it. */
  String text(String path) {
    return platform == Platform.WINDOWS ? path : "/" + path;
  }
}
