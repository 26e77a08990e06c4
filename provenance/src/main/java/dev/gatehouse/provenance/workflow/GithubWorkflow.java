package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workflow of GitHub Actions. */
final class GithubWorkflow {
  private final WorkflowFile file;
  private final List<GithubJob> jobs = new ArrayList<>();

  GithubWorkflow(WorkflowFile file, WorkflowFiles files) {
    this.file = file;
    for (Yaml.Entry entry : file.root().mapping("jobs").entries()) {
      jobs.add(GithubJob.of(this, entry, files));
    }
  }

  WorkflowFile file() {
    return file;
  }

  String path() {
    return file.path();
  }

  Yaml.Mapping root() {
    return file.root();
  }

  List<GithubJob> jobs() {
    return jobs;
  }

  Optional<GithubJob> job(String name) {
    return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
  }

  /** Where a trigger stands. */
  Optional<Integer> trigger(String event) {
    return root()
        .get("on")
        .flatMap(
            on ->
                switch (on) {
                  case Yaml.Mapping mapping -> mapping.entry(event).map(Yaml.Entry::line);
                  case Yaml.Sequence _, Yaml.Scalar _ ->
                      on.scalars()
                          .filter(scalar -> scalar.text().equals(event))
                          .findFirst()
                          .map(Yaml.Scalar::line);
                });
  }

  /** Whether nothing but another workflow starts it. */
  boolean isCalledOnly() {
    return trigger("workflow_call").isPresent()
        && root()
            .get("on")
            .filter(
                on ->
                    on instanceof Yaml.Scalar
                        || (on instanceof Yaml.Sequence sequence && sequence.items().size() == 1)
                        || (on instanceof Yaml.Mapping mapping && mapping.entries().size() == 1))
            .isPresent();
  }

  /** Whether strangers can start it with more than what their own proposal gets. */
  boolean isStartedByStrangers() {
    return trigger("pull_request_target").isPresent() || trigger("workflow_run").isPresent();
  }

  /** These jobs and all that they need, directly or not. */
  Set<GithubJob> withNeeded(List<GithubJob> those) {
    Set<GithubJob> all = new LinkedHashSet<>(those);
    List<GithubJob> open = new ArrayList<>(those);
    while (!open.isEmpty()) {
      GithubJob next = open.removeLast();
      for (String name : next.needs()) {
        job(name).filter(all::add).ifPresent(open::add);
      }
    }
    return all;
  }
}
