package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules for a workflow of GitHub Actions. One that uploads is a release: all of it is looked
 * at. Of others only what could leak the credentials that there are: jobs that hold secrets or may
 * write, and what strangers can start.
 */
final class GithubCheck {
  private static final Pattern STRANGERS_REF =
      Pattern.compile(
          "github\\.event\\.pull_request\\.(head|merge_commit)|github\\.head_ref"
              + "|github\\.event\\.workflow_run\\.(head|pull_requests)|refs/pull/");
  private static final Pattern PIPED_TO_SHELL =
      Pattern.compile("(?m)^[^#\\n]*\\b(curl|wget)\\b[^\\n|]*\\|\\s*(sudo\\s+)?(ba|z)?sh\\b");

  private final GithubWorkflow workflow;
  private final Facts facts;
  private final List<GithubUploads.Found> uploads = new ArrayList<>();
  private final List<GithubJob> publishing;
  private final Set<GithubJob> release;

  GithubCheck(GithubWorkflow workflow, GithubUploads finder, Facts facts) {
    this.workflow = workflow;
    this.facts = facts;
    workflow.jobs().forEach(job -> uploads.addAll(finder.of(job)));
    this.publishing = uploads.stream().map(GithubUploads.Found::job).distinct().toList();
    this.release = workflow.withNeeded(publishing);
  }

  List<Upload> uploads() {
    return uploads.stream().map(GithubUploads.Found::upload).toList();
  }

  void run() {
    triggers();
    GithubUploadCheck upload = new GithubUploadCheck(workflow, facts);
    uploads.forEach(upload::run);
    GithubStepCheck steps = new GithubStepCheck(workflow, !publishing.isEmpty(), facts);
    steps.secrets(workflow.root().mapping("env"));
    for (GithubJob job : workflow.jobs()) {
      untrustedCheckout(job);
      inherited(job);
      if (publishing.contains(job)) {
        publishingJob(job);
      }
      if (release.contains(job)) {
        releaseJob(job);
      }
      if (!publishing.isEmpty() || isSensitive(job)) {
        steps.run(job);
      }
    }
    hardcoded();
    if (!publishing.isEmpty()) {
      new GithubPermissionCheck(workflow, publishing, facts).run();
    }
  }

  private WorkflowFile file() {
    return workflow.file();
  }

  /** Whether something of it is worth stealing. */
  private boolean isSensitive(GithubJob job) {
    boolean secret =
        Stream.concat(job.body().scalars(), workflow.root().mapping("env").scalars())
            .anyMatch(scalar -> !Credential.secrets(scalar.text()).isEmpty());
    boolean writes =
        job.permissions()
            .filter(value -> Permissions.isWriteAll(value) || !Permissions.writing(value).isEmpty())
            .isPresent();
    return secret || writes || workflow.isStartedByStrangers();
  }

  // What starts it.

  private void triggers() {
    for (String event : List.of("pull_request_target", "workflow_run")) {
      workflow
          .trigger(event)
          .ifPresent(
              line ->
                  facts.add(
                      PublisherRules.DANGEROUS_TRIGGER,
                      publishing.isEmpty() ? Severity.MEDIUM : Severity.HIGH,
                      file(),
                      line,
                      publishing.isEmpty()
                          ? "A proposal of a stranger starts this workflow by %s, with the repository's own secrets and permissions."
                              .formatted(event)
                          : "A proposal of a stranger starts this workflow by %s, with all secrets, and it publishes; PyPI takes no upload from such a run."
                              .formatted(event)));
    }
    if (!publishing.isEmpty()) {
      workflow
          .trigger("issue_comment")
          .ifPresent(
              line ->
                  facts.add(
                      PublisherRules.DANGEROUS_TRIGGER,
                      Severity.MEDIUM,
                      file(),
                      line,
                      "Whoever may write a comment starts this workflow by issue_comment, and it publishes."));
    }
  }

  private void untrustedCheckout(GithubJob job) {
    if (!workflow.isStartedByStrangers()) {
      return;
    }
    for (GithubStep step : job.steps()) {
      boolean checkout =
          step.uses("actions/checkout")
              && (STRANGERS_REF.matcher(step.with("ref")).find()
                  || step.with("repository").contains("head"));
      boolean fetched =
          step.commands().stream()
              .anyMatch(command -> command.is("gh", "pr") && command.words().contains("checkout"));
      if (checkout || fetched) {
        facts.add(
            PublisherRules.UNTRUSTED_CHECKOUT,
            step.file(),
            step.body().line(),
            "The job %s brings a stranger's proposal here and has the repository's secrets: what it builds, installs or tests of it can take them."
                .formatted(job.name()));
      }
    }
  }

  /** Tokens by their form, wherever they stand. */
  private void hardcoded() {
    Stream.concat(
            Stream.of(file()),
            workflow.jobs().stream().flatMap(job -> job.steps().stream()).map(GithubStep::file))
        .distinct()
        .forEach(facts::addTokensOf);
  }

  // The job that publishes.

  private void publishingJob(GithubJob job) {
    if (job.body().get("environment").isEmpty() && job.calls().isEmpty()) {
      facts.add(
          PublisherRules.NO_ENVIRONMENT,
          file(),
          job.key().line(),
          "The job %s publishes without an environment: nobody has to approve it, any branch may hold a copy of it, and its secrets are those of every workflow."
              .formatted(job.name()));
    }
    for (GithubStep step : job.steps()) {
      boolean foreign =
          (step.uses("actions/download-artifact") && !step.with("run-id").isEmpty())
              || step.uses("dawidd6/action-download-artifact");
      if (foreign) {
        facts.add(
            PublisherRules.FOREIGN_ARTIFACT,
            step.file(),
            step.body().line(),
            "The job %s publishes files that another run made, perhaps one of a stranger's proposal."
                .formatted(job.name()));
      }
      for (ShellCommand command : step.commands()) {
        ToolInstall.unpinned(command)
            .ifPresent(
                tool ->
                    facts.add(
                        PublisherRules.UNPINNED_TOOL,
                        step.file(),
                        step.line(command),
                        "The job %s installs %s in whatever version is newest, and runs it beside the credentials of the upload."
                            .formatted(job.name(), tool)));
      }
    }
    job.body()
        .get("permissions")
        .ifPresent(
            permissions ->
                Permissions.writing(permissions).stream()
                    .filter(
                        entry -> !Set.of("id-token", "attestations").contains(entry.key().text()))
                    .forEach(
                        entry ->
                            facts.add(
                                PublisherRules.WIDE_PERMISSIONS,
                                file(),
                                entry.line(),
                                "The job %s publishes, and may write %s as well: move what needs that to a job of its own."
                                    .formatted(job.name(), entry.key().text()))));
  }

  // The jobs that publish and those that they need.

  private void releaseJob(GithubJob job) {
    selfHosted(job);
    for (GithubStep step : job.steps()) {
      Caches.of(step)
          .ifPresent(
              cache ->
                  facts.add(
                      PublisherRules.CACHE,
                      step.file(),
                      cache.line(),
                      "The job %s takes %s from a cache, which other runs of this repository filled: what they left becomes part of the release."
                          .formatted(job.name(), cache.what())));
      if (step.uses("actions/checkout") && !step.with("persist-credentials").equals("false")) {
        facts.add(
            PublisherRules.CHECKOUT_CREDENTIALS,
            step.file(),
            step.line("uses"),
            "The checkout leaves the job's token on the disk, where every later step, and a dist folder that is too wide, finds it.");
      }
      step.body()
          .scalar("run")
          .ifPresent(
              run -> {
                var piped = PIPED_TO_SHELL.matcher(run.text());
                if (piped.find()) {
                  facts.add(
                      PublisherRules.UNPINNED_TOOL,
                      step.file(),
                      run.lineAt(piped.start()),
                      "The job %s runs what an address serves on the day of the release."
                          .formatted(job.name()));
                }
              });
    }
  }

  private void selfHosted(GithubJob job) {
    Yaml runsOn = job.body().get("runs-on").orElse(Yaml.Mapping.none());
    boolean group = runsOn instanceof Yaml.Mapping mapping && mapping.get("group").isPresent();
    boolean label = runsOn.scalars().anyMatch(scalar -> scalar.text().equals("self-hosted"));
    boolean matrix =
        runsOn.scalars().anyMatch(scalar -> scalar.text().contains("matrix."))
            && job.body()
                .mapping("strategy")
                .scalars()
                .anyMatch(scalar -> scalar.text().equals("self-hosted"));
    if (group || label || matrix) {
      facts.add(
          PublisherRules.SELF_HOSTED,
          file(),
          job.body().entry("runs-on").map(Yaml.Entry::line).orElse(job.key().line()),
          "The job %s runs on a machine of your own: what ran there before can still be there and become part of the release."
              .formatted(job.name()));
    }
  }

  private void inherited(GithubJob job) {
    job.body()
        .entry("secrets")
        .filter(
            entry -> entry.value() instanceof Yaml.Scalar value && value.text().equals("inherit"))
        .ifPresent(
            entry ->
                facts.add(
                    PublisherRules.SECRETS_INHERIT,
                    job.calls().startsWith("./") ? Severity.MEDIUM : Severity.HIGH,
                    file(),
                    entry.line(),
                    "The job %s hands every secret to %s, those for uploads as well."
                        .formatted(job.name(), job.calls().toLowerCase(Locale.ROOT))));
  }
}
