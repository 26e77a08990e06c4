package dev.gatehouse.provenance.workflow;

import dev.gatehouse.provenance.workflow.WorkflowFile.Form;
import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pipeline of GitLab: its file and those of the same repository that it includes. */
final class GitlabPipeline {
  private static final Set<String> KEYWORDS =
      Set.of(
          "default",
          "include",
          "stages",
          "variables",
          "workflow",
          "image",
          "services",
          "cache",
          "before_script",
          "after_script",
          "pages",
          "spec",
          "types");

  private final List<WorkflowFile> files;
  private final List<Job> jobs = new ArrayList<>();

  GitlabPipeline(WorkflowFiles all) {
    this.files = all.of(Form.GITLAB_PIPELINE);
    for (WorkflowFile file : files) {
      for (Yaml.Entry entry : file.root().entries()) {
        String name = entry.key().text();
        if (entry.value() instanceof Yaml.Mapping body
            && !KEYWORDS.contains(name)
            && !name.startsWith(".")) {
          jobs.add(new Job(file, entry.key(), chain(file, body)));
        }
      }
    }
  }

  List<WorkflowFile> files() {
    return files;
  }

  List<Job> jobs() {
    return jobs;
  }

  /** A value with the file where it stands. */
  record Placed<T>(WorkflowFile file, T value) {}

  /**
   * The entry that all jobs have which have none of their own: in {@code default}, or at the top.
   */
  Optional<Placed<Yaml.Entry>> standard(String key) {
    for (WorkflowFile file : files) {
      Optional<Yaml.Entry> found =
          file.root().mapping("default").entry(key).or(() -> file.root().entry(key));
      if (found.isPresent()) {
        return found.map(entry -> new Placed<>(file, entry));
      }
    }
    return Optional.empty();
  }

  /** A job's own keys, then those of what it extends, the nearest first. */
  private List<Placed<Yaml.Mapping>> chain(WorkflowFile file, Yaml.Mapping body) {
    List<Placed<Yaml.Mapping>> chain = new ArrayList<>();
    extend(new Placed<>(file, body), chain, new HashSet<>());
    return chain;
  }

  private void extend(Placed<Yaml.Mapping> of, List<Placed<Yaml.Mapping>> chain, Set<String> seen) {
    chain.add(of);
    List<Yaml> bases = of.value().list("extends");
    for (int i = bases.size() - 1; i >= 0; i--) {
      if (bases.get(i) instanceof Yaml.Scalar base && seen.add(base.text())) {
        for (WorkflowFile file : files) {
          if (file.root().get(base.text()).orElse(base) instanceof Yaml.Mapping mapping) {
            extend(new Placed<>(file, mapping), chain, seen);
          }
        }
      }
    }
  }

  /** These jobs and those that they need by name. */
  Set<Job> withNeeded(List<Job> those) {
    Set<Job> all = new LinkedHashSet<>(those);
    List<Job> open = new ArrayList<>(those);
    while (!open.isEmpty()) {
      Job next = open.removeLast();
      for (Job job : jobs) {
        if (next.needs().contains(job.name()) && all.add(job)) {
          open.add(job);
        }
      }
    }
    return all;
  }

  /** Something that a script runs, and where it stands. */
  record Line(WorkflowFile file, ShellCommand command, int line) {}

  /**
   * A job.
   *
   * @param keys its own, then those of what it extends
   */
  record Job(WorkflowFile file, Yaml.Scalar key, List<Placed<Yaml.Mapping>> keys) {
    Job {
      keys = List.copyOf(keys);
    }

    String name() {
      return key.text();
    }

    Yaml.Mapping body() {
      return keys.getFirst().value();
    }

    /** The nearest entry of this key. */
    Optional<Placed<Yaml.Entry>> entry(String key) {
      return keys.stream()
          .flatMap(
              each ->
                  each.value().entry(key).stream().map(entry -> new Placed<>(each.file(), entry)))
          .findFirst();
    }

    /** The name of its environment; empty where it has none. */
    String environment() {
      return entry("environment")
          .map(
              found ->
                  switch (found.value().value()) {
                    case Yaml.Scalar name -> name.text();
                    case Yaml.Mapping mapping -> mapping.text("name");
                    case Yaml.Sequence _ -> "";
                  })
          .orElse("");
    }

    List<String> needs() {
      List<String> names = new ArrayList<>();
      for (String key : List.of("needs", "dependencies")) {
        entry(key)
            .ifPresent(
                found ->
                    found.value().value().scalars().map(Yaml.Scalar::text).forEach(names::add));
      }
      return names;
    }

    /** The commands of all its scripts. */
    List<Line> commands() {
      List<Line> lines = new ArrayList<>();
      for (String key : List.of("before_script", "script", "after_script")) {
        entry(key)
            .ifPresent(
                found ->
                    found
                        .value()
                        .value()
                        .scalars()
                        .forEach(
                            text ->
                                ShellCommand.of(text.text())
                                    .forEach(
                                        command ->
                                            lines.add(
                                                new Line(
                                                    found.file(),
                                                    command,
                                                    text.lineOf(command.firstLine()))))));
      }
      return lines;
    }
  }
}
