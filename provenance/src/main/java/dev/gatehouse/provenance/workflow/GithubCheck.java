package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.provenance.workflow.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private static final Pattern ALL_SECRETS =
      Pattern.compile("(?i)toJSON\\(\\s*secrets\\s*\\)|secrets\\[(?!\\s*')");
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
    uploads.forEach(this::upload);
    secrets(workflow.root().mapping("env"));
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
        job.steps().forEach(step -> step(job, step));
        images(job);
      }
    }
    hardcoded();
    if (!publishing.isEmpty()) {
      workflowPermissions();
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
            file(step),
            step.body().line(),
            "The job %s brings a stranger's proposal here and has the repository's secrets: what it builds, installs or tests of it can take them."
                .formatted(job.name()));
      }
    }
  }

  private WorkflowFile file(GithubStep step) {
    return step.file();
  }

  // What is uploaded, and with what.

  private void upload(GithubUploads.Found found) {
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
          file(),
          upload.path().equals(workflow.path()) ? upload.line() : job.key().line(),
          "The job %s publishes, and another workflow calls this one: the publisher that PyPI would have to know is then the caller, and it refuses."
              .formatted(job.name()));
    }
    String calls = job.calls();
    if (!calls.isEmpty() && upload.tool() == UploadTool.UNSEEN) {
      facts.add(
          PublisherRules.REUSABLE_WORKFLOW,
          file(),
          job.body().entry("uses").map(Yaml.Entry::line).orElse(job.key().line()),
          "The job %s publishes through another workflow: PyPI knows only the workflow that was started as a publisher."
              .formatted(job.name()));
    }
    if (job.steps().stream().anyMatch(GithubUploads::builds)) {
      facts.add(
          PublisherRules.BUILD_AND_PUBLISH,
          file(),
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
      facts.add(PublisherRules.TOKEN_UPLOAD, severity, file(found.step()), upload.line(), message);
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
          file(),
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
          file(found.step()),
          upload.line(),
          "%s uploads to %s with what lies outside of the workflow: the job has no identity to publish by (id-token: write)."
              .formatted(upload.tool().shown(), upload.index().shown()));
    } else if (!identity) {
      facts.add(
          PublisherRules.NO_ID_TOKEN,
          file(found.step()),
          upload.line(),
          "%s has no password, and the job %s no identity to ask for one (permissions: id-token: write): the upload fails."
              .formatted(upload.tool().shown(), job.name()));
    } else if (!upload.tool().exchangesIdentity()) {
      facts.add(
          PublisherRules.TOKEN_UPLOAD,
          file(found.step()),
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
          file(found.step()),
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
          file(found.step()),
          upload.line(),
          "%s signs nothing by itself: the release has no attestations, and nobody can prove that these files came from here."
              .formatted(upload.tool().shown()));
    }
  }

  /** Tokens by their form, wherever they stand. */
  private void hardcoded() {
    Stream.concat(
            Stream.of(file()),
            workflow.jobs().stream().flatMap(job -> job.steps().stream()).map(GithubStep::file))
        .distinct()
        .forEach(file -> hardcoded(file, facts));
  }

  static void hardcoded(WorkflowFile file, Facts facts) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (Facts.TOKEN.matcher(lines.get(i)).find()) {
        facts.addHidden(
            PublisherRules.HARDCODED_TOKEN,
            Severity.CRITICAL,
            file.path(),
            i + 1,
            "A token of PyPI stands here: whoever can read the repository can publish.");
      }
    }
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
            file(step),
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
                        file(step),
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
                      file(step),
                      cache.line(),
                      "The job %s takes %s from a cache, which other runs of this repository filled: what they left becomes part of the release."
                          .formatted(job.name(), cache.what())));
      if (step.uses("actions/checkout") && !step.with("persist-credentials").equals("false")) {
        facts.add(
            PublisherRules.CHECKOUT_CREDENTIALS,
            file(step),
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
                      file(step),
                      run.lineOf(lineIn(run.text(), piped.start())),
                      "The job %s runs what an address serves on the day of the release."
                          .formatted(job.name()));
                }
              });
    }
  }

  private static int lineIn(String text, int offset) {
    return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
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

  private void workflowPermissions() {
    Optional<Yaml.Entry> entry = workflow.root().entry("permissions");
    if (entry.isEmpty()) {
      workflow.jobs().stream()
          .filter(job -> job.body().get("permissions").isEmpty())
          .findFirst()
          .ifPresent(
              job ->
                  facts.add(
                      PublisherRules.WIDE_PERMISSIONS,
                      file(),
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
          file(),
          entry.line(),
          "Every job of a workflow that publishes may write everything, and publish.");
    }
    boolean several = workflow.jobs().size() > 1;
    for (Yaml.Entry each : Permissions.writing(entry.value())) {
      boolean identity = each.key().text().equals(Permissions.ID_TOKEN);
      facts.add(
          PublisherRules.WIDE_PERMISSIONS,
          identity && several ? Severity.HIGH : Severity.MEDIUM,
          file(),
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
          file(),
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
                    file(),
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

  // Every step of a release, and of what holds credentials.

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
              file(step),
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
                      env.equals(step.env()) ? file(step) : file(),
                      entry.line(),
                      "Whatever a step prints can set variables and paths of the steps that follow."));
    }
  }

  private void unpinned(GithubJob job, GithubStep step) {
    String uses = step.body().text("uses");
    unpinned(file(step), step.line("uses"), uses, job.name());
  }

  private void unpinned(WorkflowFile file, int line, String uses, String job) {
    Severity severity = publishing.isEmpty() ? Severity.MEDIUM : Severity.HIGH;
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
        file(),
        job.body().entry("uses").map(Yaml.Entry::line).orElse(job.key().line()),
        job.calls(),
        job.name());
    List<Yaml.Scalar> images = new ArrayList<>();
    job.body().get("container").ifPresent(container -> addImage(container, images));
    job.body().mapping("services").entries().forEach(entry -> addImage(entry.value(), images));
    for (Yaml.Scalar image : images) {
      if (!image.text().contains("@sha256:") && !image.text().contains("${{")) {
        facts.add(
            PublisherRules.UNPINNED_IMAGE, file(), image.line(), image(job.name(), image.text()));
      }
    }
  }

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
                            file(step),
                            text.lineOf(lineIn(text.text(), injected.offset())),
                            "%s is put into the script as it is: a value such as $(command) is run."
                                .formatted(injected.context()))));
  }

  private void secrets(Yaml value) {
    value
        .scalars()
        .filter(scalar -> ALL_SECRETS.matcher(scalar.text()).find())
        .forEach(
            scalar ->
                facts.add(
                    PublisherRules.WIDE_SECRET,
                    file(),
                    scalar.line(),
                    "All secrets of the repository are handed over, those for uploads as well."));
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
