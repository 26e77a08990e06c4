package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Edits what every job of a release should have, whether or not it publishes: actions and images
 * pinned to digests, checkouts that leave no credentials, no caches.
 */
final class GithubHardening {
  private final GithubWorkflow workflow;
  private final Pins pins;
  private final MigrationEdits edits;

  GithubHardening(GithubWorkflow workflow, Pins pins, MigrationEdits edits) {
    this.workflow = workflow;
    this.pins = pins;
    this.edits = edits;
  }

  /** Pins the action of a step or job. */
  void pin(WorkflowFile file, Optional<Yaml.Scalar> uses) {
    if (uses.isEmpty() || file.aliases() || edits.of(file).isDeleted(uses.get().line())) {
      return;
    }
    Yaml.Scalar scalar = uses.get();
    ActionReference.find(scalar.text())
        .filter(action -> !action.isPinned())
        .ifPresent(
            action -> {
              String pinned = pins.uses(action);
              int comment = pinned.indexOf(" # ");
              if (comment >= 0
                  && edits
                      .of(file)
                      .replaceIn(
                          scalar.line(),
                          scalar.column(),
                          scalar.text(),
                          pinned.substring(0, comment))) {
                comment(edits.of(file), scalar.line(), action.ref());
              }
            });
  }

  /** The ref as a comment, before one that is there; none where the line is in braces. */
  static void comment(TextEdits edit, int number, String ref) {
    String line = edit.line(number);
    int there = line.indexOf(" #");
    if (line.contains("{") || line.contains("[")) {
      return;
    }
    String before = (there < 0 ? line : line.substring(0, there)).stripTrailing();
    edit.replace(number, before + " # " + ref + line.substring(before.length()));
  }

  /** Pins the images that a job runs in. */
  void images(GithubJob job) {
    List<Yaml.Scalar> images = new ArrayList<>();
    GithubStepCheck.addImage(job.body().get("container").orElse(Yaml.Mapping.none()), images);
    job.body()
        .mapping("services")
        .entries()
        .forEach(entry -> GithubStepCheck.addImage(entry.value(), images));
    for (Yaml.Scalar image : images) {
      if (!image.text().contains("@sha256:") && !image.text().contains("${{")) {
        pins.image(image.text())
            .ifPresent(
                pinned ->
                    edits
                        .of(workflow.file())
                        .replaceIn(image.line(), image.column(), image.text(), pinned));
      }
    }
  }

  /** Takes credentials and caches from a step. */
  void harden(GithubJob job, GithubStep step) {
    if (step.file().aliases() || edits.of(step.file()).isDeleted(step.body().line())) {
      return;
    }
    if (step.uses("actions/checkout")) {
      boolean pushes =
          job.steps().stream()
              .flatMap(each -> each.commands().stream())
              .anyMatch(command -> command.is("git", "push"));
      if (pushes) {
        edits.leave(
            workflow,
            job,
            step.line("uses"),
            "it pushes with what the checkout leaves behind; move that to a job of its own.");
      } else {
        input(job, step, "persist-credentials", "false");
      }
    }
    if (Caches.of(step).isPresent()) {
      cache(job, step);
    }
  }

  private void cache(GithubJob job, GithubStep step) {
    String name = step.action().map(ActionReference::name).orElse("");
    if (name.equals("astral-sh/setup-uv")) {
      input(job, step, "enable-cache", "false");
    } else if (name.equals("actions/setup-go")) {
      input(job, step, "cache", "false");
    } else if (step.body().get("with").isPresent()
        && step.body().mapping("with").get("cache").isPresent()) {
      remove(job, step, "with", Set.of("cache", "cache-dependency-path"));
    } else if (step.body().get("id").isEmpty() && isOwnItem(step)) {
      edits.of(step.file()).delete(step.body().line(), step.body().lastLine());
    } else {
      edits.leave(
          workflow,
          job,
          step.body().line(),
          "its cache is used by other steps; remove it by hand.");
    }
  }

  /** Whether a step begins with its dash, so that it can be taken out line by line. */
  boolean isOwnItem(GithubStep step) {
    return BlockEdits.isBlock(step.body())
        && edits.of(step.file()).line(step.body().line()).strip().startsWith("- ");
  }

  /** Sets an input of an action. */
  private void input(GithubJob job, GithubStep step, String key, String value) {
    TextEdits edit = edits.of(step.file());
    Yaml.Mapping with = step.body().mapping("with");
    Optional<Yaml.Scalar> there = with.scalar(key);
    if (there.isPresent()) {
      if (!there.get().text().equals(value)) {
        edit.replaceIn(there.get().line(), there.get().column(), there.get().text(), value);
      }
    } else if (BlockEdits.isBlock(with)) {
      edit.insertAfter(with.lastLine(), List.of(" ".repeat(with.column()) + key + ": " + value));
    } else if (step.body().get("with").isEmpty() && isOwnItem(step)) {
      String blanks = " ".repeat(step.body().column());
      int last =
          step.body()
              .entry("uses")
              .map(entry -> entry.value().lastLine())
              .orElse(step.body().lastLine());
      edit.insertAfter(last, List.of(blanks + "with:", blanks + "  " + key + ": " + value));
    } else {
      edits.leave(workflow, job, step.line("uses"), "set %s: %s there.".formatted(key, value));
    }
  }

  /** Takes entries out of a mapping of a step, and the mapping where none remains. */
  void remove(GithubJob job, GithubStep step, String key, Set<String> names) {
    Optional<Yaml.Entry> entry = step.body().entry(key);
    if (entry.isPresent()
        && !BlockEdits.remove(edits.of(step.file()), entry.get(), names::contains)) {
      edits.leave(
          workflow,
          job,
          entry.get().line(),
          "take %s out of %s there.".formatted(String.join(", ", names), key));
    }
  }
}
