package dev.gatehouse.provenance.workflow;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells whether a command installs a tool in no version in particular. */
final class ToolInstall {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-i",
          "--index-url",
          "--extra-index-url",
          "-c",
          "--constraint",
          "-t",
          "--target",
          "--python",
          "-f",
          "--find-links");

  private ToolInstall() {}

  /** The tool; empty where none is installed, or an exact one, or what a file lists. */
  static Optional<String> unpinned(ShellCommand command) {
    if (!command.launcher().isEmpty()) {
      return Optional.of(command.program()).filter(tool -> !isExact(tool) && !tool.isEmpty());
    }
    boolean installs =
        command.is("pip", "install")
            || command.is("pip3", "install")
            || command.is("pipx", "install")
            || (command.is("uv", "pip") && command.words().contains("install"))
            || (command.is("uv", "tool") && command.words().contains("install"));
    if (!installs) {
      return Optional.empty();
    }
    List<String> words = command.words();
    for (int i = words.indexOf("install") + 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-r") || word.equals("--requirement") || word.equals("-e")) {
        // What a file lists is for `gatehouse check`; the project itself is no tool.
        i++;
      } else if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")
          && !word.startsWith(">")
          && !isExact(word)
          && !isPath(word)) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static boolean isExact(String requirement) {
    return (requirement.contains("==") && !requirement.contains("*"))
        || requirement.matches("[^@]+@\\d.*");
  }

  private static boolean isPath(String requirement) {
    return requirement.startsWith(".")
        || requirement.contains("/")
        || requirement.endsWith(".whl")
        || requirement.startsWith("$");
  }
}
