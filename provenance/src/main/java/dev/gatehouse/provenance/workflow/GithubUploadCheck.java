package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.yaml.Yaml;

/** The rules for an upload of a workflow of GitHub Actions: where it goes, and with what. */
final class GithubUploadCheck {
  private final GithubWorkflow workflow;
  private final Facts facts;

  GithubUploadCheck(GithubWorkflow workflow, Facts facts) {
    this.workflow = workflow;
    this.facts = facts;
  }

  void run(GithubUploads.Found found) {
    Upload upload = found.upload();
    GithubJob job = found.job();
    if (upload.byToken()) {
      byToken(found);
    } else if (upload.index().trusts() && !upload.byPassingToken()) {
      byIdentity(found);
    }
    if (upload.index().trusts() && workflow.trigger("workflow_call").isPresent()) {
      facts.add(
          PublisherRules.REUSABLE_WORKFLOW,
          workflow.isCalledOnly() ? Severity.HIGH : Severity.MEDIUM,
          workflow.file(),
          upload.path().equals(workflow.path()) ? upload.line() : job.key().line(),
          "The job %s publishes, and another workflow calls this one: the publisher that PyPI would have to know is then the caller, and it refuses."
              .formatted(job.name()));
    }
    String calls = job.calls();
    if (!calls.isEmpty() && upload.tool() == UploadTool.UNSEEN) {
      facts.add(
          PublisherRules.REUSABLE_WORKFLOW,
          workflow.file(),
          job.body().entry("uses").map(Yaml.Entry::line).orElse(job.key().line()),
          "The job %s publishes through another workflow: PyPI knows only the workflow that was started as a publisher."
              .formatted(job.name()));
    }
    if (job.steps().stream().anyMatch(GithubUploads::builds)) {
      facts.add(
          PublisherRules.BUILD_AND_PUBLISH,
          workflow.file(),
          job.key().line(),
          "The job %s builds and publishes: every build dependency, and the project's own build code, runs beside its credentials."
              .formatted(job.name()));
    }
  }

  private void byToken(GithubUploads.Found found) {
    Upload upload = found.upload();
    Credential first =
        upload.credentials().stream().filter(Credential::lasts).findFirst().orElseThrow();
    if (first.kind() == Credential.Kind.LITERAL) {
      facts.addHidden(
          PublisherRules.HARDCODED_TOKEN,
          Severity.CRITICAL,
          first.path(),
          first.line(),
          "The password of the upload stands here, in %s: whoever can read the repository can publish."
              .formatted(first.name()));
    }
    for (Credential credential : upload.credentials()) {
      wide(credential, found);
    }
    boolean hidden = first.kind() == Credential.Kind.LITERAL;
    IndexTarget index = upload.index();
    if (index.kind() == IndexTarget.Kind.PRIVATE) {
      return;
    }
    Severity severity = index.trusts() ? PublisherRules.TOKEN_UPLOAD.severity() : Severity.LOW;
    String message =
        switch (index.kind()) {
          case UNKNOWN ->
              "%s presents %s to %s; if that is PyPI or another index that trusts workflows, the token is needless."
                  .formatted(upload.tool().shown(), first.shown(), index.shown());
          case PYPI, TESTPYPI, TRUSTING, PRIVATE ->
              upload.tool() == UploadTool.UNSEEN
                  ? "Something is given %s, which by its name uploads to %s until someone revokes it."
                      .formatted(first.shown(), index.shown())
                  : "%s uploads to %s with %s, which works from anywhere and until someone revokes it."
                      .formatted(upload.tool().shown(), index.shown(), first.shown());
        };
    if (hidden) {
      facts.addHidden(PublisherRules.TOKEN_UPLOAD, severity, upload.path(), upload.line(), message);
    } else {
      facts.add(PublisherRules.TOKEN_UPLOAD, severity, found.step().file(), upload.line(), message);
    }
  }

  /** Given to every step where one needs it. */
  private void wide(Credential credential, GithubUploads.Found found) {
    boolean shared =
        found.job().variables(found.step()).all().stream()
            .anyMatch(
                variable ->
                    variable.shared()
                        && variable.name().equals(credential.name())
                        && variable.value().line() == credential.line());
    if (shared && credential.lasts()) {
      facts.add(
          PublisherRules.WIDE_SECRET,
          workflow.file(),
          credential.line(),
          "%s stands in the environment of every step, where each action and each build script can read %s."
              .formatted(credential.name(), credential.shown()));
    }
  }

  private void byIdentity(GithubUploads.Found found) {
    Upload upload = found.upload();
    GithubJob job = found.job();
    boolean identity = job.mayWrite(Permissions.ID_TOKEN);
    if (!identity && upload.tool() != UploadTool.PYPI_ACTION && upload.tool() != UploadTool.UV) {
      facts.add(
          PublisherRules.TOKEN_UPLOAD,
          found.step().file(),
          upload.line(),
          "%s uploads to %s with what lies outside of the workflow: the job has no identity to publish by (id-token: write)."
              .formatted(upload.tool().shown(), upload.index().shown()));
    } else if (!identity) {
      facts.add(
          PublisherRules.NO_ID_TOKEN,
          found.step().file(),
          upload.line(),
          "%s has no password, and the job %s no identity to ask for one (permissions: id-token: write): the upload fails."
              .formatted(upload.tool().shown(), job.name()));
    } else if (!upload.tool().exchangesIdentity()) {
      facts.add(
          PublisherRules.TOKEN_UPLOAD,
          found.step().file(),
          upload.line(),
          "%s cannot publish by the identity of the job: what it presents lies outside of the workflow."
              .formatted(upload.tool().shown()));
    } else {
      attestations(found);
    }
  }

  private void attestations(GithubUploads.Found found) {
    Upload upload = found.upload();
    if (!upload.index().takesAttestations()) {
      return;
    }
    if (upload.attests().filter(attests -> !attests).isPresent()) {
      int line =
          found
              .step()
              .body()
              .mapping("with")
              .entry("attestations")
              .map(Yaml.Entry::line)
              .orElse(upload.line());
      facts.add(
          PublisherRules.NO_ATTESTATIONS,
          found.step().file(),
          line,
          "Attestations are switched off, or the version of the action is older than they are (1.11): nobody can prove that these files came from here.");
      return;
    }
    boolean signed =
        found.job().steps().stream()
            .anyMatch(
                step ->
                    step.action().filter(action -> action.name().contains("attest")).isPresent()
                        || step.commands().stream()
                            .anyMatch(
                                command ->
                                    command
                                        .program()
                                        .replace('-', '_')
                                        .equals("pypi_attestations")));
    if (upload.tool() != UploadTool.PYPI_ACTION && upload.attests().isEmpty() && !signed) {
      facts.add(
          PublisherRules.NO_ATTESTATIONS,
          found.step().file(),
          upload.line(),
          "%s signs nothing by itself: the release has no attestations, and nobody can prove that these files came from here."
              .formatted(upload.tool().shown()));
    }
  }
}
