package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what a command uploads, where to, and what it presents. */
final class CommandUploads {
  private final Set<String> trusting;

  /**
   * @param trusting hosts of private indexes that take trusted publishing
   */
  CommandUploads(Set<String> trusting) {
    this.trusting = trusting;
  }

  /** The upload of a command; empty where it uploads nothing. */
  Optional<Upload> of(ShellCommand command, Variables variables, String path, int line) {
    return UploadTool.of(command)
        .map(
            tool ->
                new Upload(
                    path,
                    line,
                    tool,
                    index(tool, command, variables),
                    credentials(tool, command, variables, path, line),
                    attests(tool, command)));
  }

  private IndexTarget index(UploadTool tool, ShellCommand command, Variables variables) {
    if (tool == UploadTool.CURL) {
      return IndexTarget.PYPI;
    }
    for (String option : tool.indexOptions()) {
      Optional<String> given = option(command, option);
      if (given.isPresent()) {
        return IndexTarget.of(variables.resolved(given.get()), trusting);
      }
    }
    for (String name : tool.indexVariables()) {
      Optional<String> given =
          Optional.ofNullable(command.assignments().get(name))
              .or(() -> variables.find(name).map(variable -> variable.value().text()));
      if (given.isPresent()) {
        return IndexTarget.of(variables.resolved(given.get()), trusting);
      }
    }
    return IndexTarget.PYPI;
  }

  private static List<Credential> credentials(
      UploadTool tool, ShellCommand command, Variables variables, String path, int line) {
    List<Credential> found = new ArrayList<>();
    for (String option : tool.passwordOptions()) {
      option(command, option)
          .ifPresent(word -> found.add(credential(option, word, variables, path, line)));
    }
    for (Map.Entry<String, String> assignment : command.assignments().entrySet()) {
      if (tool.passwordVariables().contains(assignment.getKey())) {
        found.add(credential(assignment.getKey(), assignment.getValue(), variables, path, line));
      }
    }
    if (found.isEmpty()) {
      for (Variables.Variable variable : variables.all()) {
        boolean poetry = tool == UploadTool.POETRY && isPoetrys(variable.name());
        if (poetry || tool.passwordVariables().contains(variable.name())) {
          found.add(variable.credential());
        }
      }
    }
    if (tool == UploadTool.CURL) {
      command.words().stream()
          .filter(word -> !Credential.secrets(word).isEmpty())
          .forEach(word -> found.add(Credential.of("curl", word, path, line)));
    }
    return found;
  }

  static boolean isPoetrys(String name) {
    return name.startsWith("POETRY_PYPI_TOKEN_")
        || (name.startsWith("POETRY_HTTP_BASIC_") && name.endsWith("_PASSWORD"));
  }

  private static Credential credential(
      String name, String word, Variables variables, String path, int line) {
    return variables
        .meant(word)
        .map(Variables.Variable::credential)
        .orElseGet(() -> Credential.of(name, word, path, line));
  }

  private static Optional<Boolean> attests(UploadTool tool, ShellCommand command) {
    if (command.words().contains("--no-attestations")) {
      return Optional.of(false);
    }
    return tool == UploadTool.TWINE && command.words().contains("--attestations")
        ? Optional.of(true)
        : Optional.empty();
  }

  /** The value of an option: {@code -r NAME}, {@code --repository=NAME}. */
  private static Optional<String> option(ShellCommand command, String option) {
    List<String> words = command.words();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(option)) {
        return Optional.of(i + 1 < words.size() ? words.get(i + 1) : "");
      }
      if (word.startsWith(option + "=")) {
        return Optional.of(word.substring(option.length() + 1));
      }
    }
    return Optional.empty();
  }
}
