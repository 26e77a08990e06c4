package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A job of a workflow.
 *
 * @param key where its name stands
 * @param steps its own, and those of the actions of the same repository that it uses, in the order
 *     in which they run
 */
record GithubJob(
    GithubWorkflow workflow, Yaml.Scalar key, Yaml.Mapping body, List<GithubStep> steps) {
  GithubJob {
    steps = List.copyOf(steps);
  }

  static GithubJob of(GithubWorkflow workflow, Yaml.Entry entry, WorkflowFiles files) {
    Yaml.Mapping body = (Yaml.Mapping) entry.value();
    List<GithubStep> steps = new ArrayList<>();
    for (GithubStep step : GithubStep.all(workflow.file(), body.list("steps"))) {
      addWithParts(step, files, steps, new HashSet<>());
    }
    return new GithubJob(workflow, entry.key(), body, steps);
  }

  private static void addWithParts(
      GithubStep step, WorkflowFiles files, List<GithubStep> steps, Set<String> open) {
    steps.add(step);
    String uses = step.body().text("uses");
    if (uses.startsWith("./") && open.add(uses)) {
      files
          .action(uses)
          .ifPresent(
              action -> {
                for (GithubStep part :
                    GithubStep.all(action, action.root().mapping("runs").list("steps"))) {
                  addWithParts(part, files, steps, open);
                }
              });
      open.remove(uses);
    }
  }

  String name() {
    return key.text();
  }

  List<String> needs() {
    return body.list("needs").stream().flatMap(Yaml::scalars).map(Yaml.Scalar::text).toList();
  }

  /** The name of its environment; empty where it has none. */
  String environment() {
    return body.get("environment")
        .map(
            value ->
                switch (value) {
                  case Yaml.Scalar name -> name.text();
                  case Yaml.Mapping mapping -> mapping.text("name");
                  case Yaml.Sequence _ -> "";
                })
        .orElse("");
  }

  /** The reusable workflow that it calls, as it is named; empty where it has steps. */
  String calls() {
    return body.text("uses");
  }

  /**
   * Its permissions: its own, or else the workflow's; empty: what the repository's settings say.
   */
  Optional<Yaml> permissions() {
    return body.get("permissions").or(() -> workflow.root().get("permissions"));
  }

  /** Whether it may have this permission to write. */
  boolean mayWrite(String permission) {
    return permissions().filter(value -> Permissions.writes(value, permission)).isPresent();
  }

  /** The variables that a step sees. */
  Variables variables(GithubStep step) {
    return new Variables()
        .with(step.env(), step.path(), false)
        .with(body.mapping("env"), workflow.file().path(), true)
        .with(workflow.root().mapping("env"), workflow.file().path(), true)
        .after(step.commands(), step.path(), step.line("run"));
  }
}
