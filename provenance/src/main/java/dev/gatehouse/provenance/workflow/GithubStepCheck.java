package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for each step of a job of GitHub Actions, and for the images that it runs in: code of
 * others, scripts that strangers can write into, secrets that are handed over whole.
 */
final class GithubStepCheck {
  private static final Pattern ALL_SECRETS =
      Pattern.compile("(?i)toJSON\\(\\s*secrets\\s*\\)|secrets\\[(?!\\s*')");

  private final GithubWorkflow workflow;
  private final boolean publishes;
  private final Facts facts;

  /**
   * @param publishes whether some job of the workflow does
   */
  GithubStepCheck(GithubWorkflow workflow, boolean publishes, Facts facts) {
    this.workflow = workflow;
    this.publishes = publishes;
    this.facts = facts;
  }

  /** All of a job. */
  void run(GithubJob job) {
    job.steps().forEach(step -> step(job, step));
    images(job);
  }

  private void step(GithubJob job, GithubStep step) {
    unpinned(job, step);
    injection(step);
    secrets(step.body());
    if (workflow.isStartedByStrangers()) {
      for (ShellCommand command : step.commands()) {
        if (command.words().stream()
            .anyMatch(word -> word.contains("GITHUB_ENV") || word.contains("GITHUB_PATH"))) {
          facts.add(
              PublisherRules.ENVIRONMENT_FILE,
              step.file(),
              step.line(command),
              "Strangers can start this workflow, and what it writes here becomes the environment of the steps that follow.");
        }
      }
    }
    for (Yaml.Mapping env :
        List.of(step.env(), job.body().mapping("env"), workflow.root().mapping("env"))) {
      env.entry("ACTIONS_ALLOW_UNSECURE_COMMANDS")
          .filter(entry -> entry.value().scalars().anyMatch(value -> value.text().equals("true")))
          .ifPresent(
              entry ->
                  facts.add(
                      PublisherRules.INSECURE_COMMANDS,
                      env.equals(step.env()) ? step.file() : workflow.file(),
                      entry.line(),
                      "Whatever a step prints can set variables and paths of the steps that follow."));
    }
  }

  private void unpinned(GithubJob job, GithubStep step) {
    String uses = step.body().text("uses");
    unpinned(step.file(), step.line("uses"), uses, job.name());
  }

  private void unpinned(WorkflowFile file, int line, String uses, String job) {
    Severity severity = publishes ? Severity.HIGH : Severity.MEDIUM;
    if (uses.startsWith("docker://") && !uses.contains("@sha256:")) {
      facts.add(PublisherRules.UNPINNED_IMAGE, severity, file, line, image(job, uses.substring(9)));
    }
    ActionReference.find(uses)
        .filter(action -> !action.isPinned())
        .ifPresent(
            action ->
                facts.add(
                    PublisherRules.UNPINNED_ACTION,
                    severity,
                    file,
                    line,
                    "The job %s runs %s at %s, which its owner, or whoever takes the account over, can point elsewhere."
                        .formatted(job, action.name(), action.ref())));
  }

  private static String image(String job, String name) {
    return "The job %s runs in or beside the image %s, which can be replaced under its name."
        .formatted(job, name);
  }

  private void images(GithubJob job) {
    unpinned(
        workflow.file(),
        job.body().entry("uses").map(Yaml.Entry::line).orElse(job.key().line()),
        job.calls(),
        job.name());
    List<Yaml.Scalar> images = new ArrayList<>();
    job.body().get("container").ifPresent(container -> addImage(container, images));
    job.body().mapping("services").entries().forEach(entry -> addImage(entry.value(), images));
    for (Yaml.Scalar image : images) {
      if (!image.text().contains("@sha256:") && !image.text().contains("${{")) {
        facts.add(
            PublisherRules.UNPINNED_IMAGE,
            workflow.file(),
            image.line(),
            image(job.name(), image.text()));
      }
    }
  }

  /** The image that a container or service runs in, where one is named. */
  static void addImage(Yaml container, List<Yaml.Scalar> images) {
    switch (container) {
      case Yaml.Scalar scalar -> images.add(scalar);
      case Yaml.Mapping mapping -> mapping.scalar("image").ifPresent(images::add);
      case Yaml.Sequence _ -> {}
    }
  }

  private void injection(GithubStep step) {
    Optional<Yaml.Scalar> script =
        step.body()
            .scalar("run")
            .or(
                () ->
                    step.uses("actions/github-script")
                        ? step.body().mapping("with").scalar("script")
                        : Optional.empty());
    script.ifPresent(
        text ->
            Expressions.injected(text.text())
                .forEach(
                    injected ->
                        facts.add(
                            PublisherRules.TEMPLATE_INJECTION,
                            injected.severity(),
                            step.file(),
                            text.lineAt(injected.offset()),
                            "%s is put into the script as it is: a value such as $(command) is run."
                                .formatted(injected.context()))));
  }

  /** Secrets that are handed over all at once, in what is below. */
  void secrets(Yaml value) {
    value
        .scalars()
        .filter(scalar -> ALL_SECRETS.matcher(scalar.text()).find())
        .forEach(
            scalar ->
                facts.add(
                    PublisherRules.WIDE_SECRET,
                    workflow.file(),
                    scalar.line(),
                    "All secrets of the repository are handed over, those for uploads as well."));
  }
}
