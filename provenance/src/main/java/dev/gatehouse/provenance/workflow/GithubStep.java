package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.List;
import java.util.Optional;

/**
 * A step of a job or of an action.
 *
 * @param file where it stands
 */
record GithubStep(WorkflowFile file, Yaml.Mapping body, List<ShellCommand> commands) {
  static GithubStep of(WorkflowFile file, Yaml.Mapping body) {
    return new GithubStep(
        file, body, body.scalar("run").map(run -> ShellCommand.of(run.text())).orElse(List.of()));
  }

  /** The steps of a list. */
  static List<GithubStep> all(WorkflowFile file, List<Yaml> steps) {
    return steps.stream()
        .filter(Yaml.Mapping.class::isInstance)
        .map(step -> of(file, (Yaml.Mapping) step))
        .toList();
  }

  Optional<ActionReference> action() {
    return ActionReference.find(body);
  }

  /** Whether it runs this action, whatever its ref. */
  boolean uses(String name) {
    return action().filter(action -> action.is(name)).isPresent();
  }

  /** An input, as it is written; empty where it is not given. */
  String with(String input) {
    return body.mapping("with").text(input);
  }

  Yaml.Mapping env() {
    return body.mapping("env");
  }

  /** The line in the file of a command. */
  int line(ShellCommand command) {
    return body.scalar("run").map(run -> run.lineOf(command.firstLine())).orElse(body.line());
  }

  String path() {
    return file.path();
  }

  int line(String key) {
    return body.entry(key).map(Yaml.Entry::line).orElse(body.line());
  }
}
