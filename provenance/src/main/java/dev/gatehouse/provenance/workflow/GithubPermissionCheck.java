package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.yaml.Yaml;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for what a workflow of GitHub Actions that publishes, and its jobs, may do. */
final class GithubPermissionCheck {
  private final GithubWorkflow workflow;
  private final Collection<GithubJob> publishing;
  private final Facts facts;

  /**
   * @param publishing the jobs that publish
   */
  GithubPermissionCheck(GithubWorkflow workflow, Collection<GithubJob> publishing, Facts facts) {
    this.workflow = workflow;
    this.publishing = publishing;
    this.facts = facts;
  }

  void run() {
    Optional<Yaml.Entry> entry = workflow.root().entry("permissions");
    if (entry.isEmpty()) {
      workflow.jobs().stream()
          .filter(job -> job.body().get("permissions").isEmpty())
          .findFirst()
          .ifPresent(
              job ->
                  facts.add(
                      PublisherRules.WIDE_PERMISSIONS,
                      workflow.file(),
                      job.key().line(),
                      "Neither the workflow nor the job %s says what it may do: it has what the repository's settings give, perhaps everything."
                          .formatted(job.name())));
    } else {
      workflowPermissions(entry.get());
    }
    for (GithubJob job : workflow.jobs()) {
      job.body().entry("permissions").ifPresent(own -> jobPermissions(job, own));
    }
  }

  private void workflowPermissions(Yaml.Entry entry) {
    if (Permissions.isWriteAll(entry.value())) {
      facts.add(
          PublisherRules.WIDE_PERMISSIONS,
          Severity.HIGH,
          workflow.file(),
          entry.line(),
          "Every job of a workflow that publishes may write everything, and publish.");
    }
    boolean several = workflow.jobs().size() > 1;
    for (Yaml.Entry each : Permissions.writing(entry.value())) {
      boolean identity = each.key().text().equals(Permissions.ID_TOKEN);
      facts.add(
          PublisherRules.WIDE_PERMISSIONS,
          identity && several ? Severity.HIGH : Severity.MEDIUM,
          workflow.file(),
          each.line(),
          identity
              ? "Every job of the workflow may ask for the identity that PyPI trusts, those that only build or test as well."
              : "Every job of the workflow may write %s.".formatted(each.key().text()));
    }
  }

  private void jobPermissions(GithubJob job, Yaml.Entry own) {
    if (Permissions.isWriteAll(own.value())) {
      facts.add(
          PublisherRules.WIDE_PERMISSIONS,
          Severity.HIGH,
          workflow.file(),
          own.line(),
          "The job %s may write everything, and publish.".formatted(job.name()));
      return;
    }
    if (publishing.contains(job) || needsIdentity(job)) {
      return;
    }
    Permissions.writing(own.value()).stream()
        .filter(entry -> entry.key().text().equals(Permissions.ID_TOKEN))
        .forEach(
            entry ->
                facts.add(
                    PublisherRules.WIDE_PERMISSIONS,
                    workflow.file(),
                    entry.line(),
                    "The job %s publishes nothing, and may ask for the identity that PyPI trusts."
                        .formatted(job.name())));
  }

  /** Signing and logging in to a cloud need one, too; of a workflow that is called nobody knows. */
  private static boolean needsIdentity(GithubJob job) {
    return !job.calls().isEmpty()
        || job.steps().stream()
            .flatMap(step -> step.action().stream())
            .map(ActionReference::name)
            .anyMatch(
                name ->
                    Stream.of(
                            "attest",
                            "sigstore",
                            "cosign",
                            "slsa",
                            "aws-actions/",
                            "google-github-actions/",
                            "azure/login",
                            "codecov")
                        .anyMatch(name::contains))
        || job.steps().stream()
            .flatMap(step -> step.commands().stream())
            .anyMatch(command -> Set.of("cosign", "sigstore", "gh").contains(command.program()));
  }
}
