package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Edits a workflow of GitHub Actions that publishes. What it cannot edit safely (braces in place of
 * lines, anchors, several commands in one line, conditions that no job may have) it leaves, and
 * says so.
 */
final class GithubMigration {
  /** What the condition of a job may not speak of. */
  private static final Pattern ONLY_IN_STEPS =
      Pattern.compile("\\b(steps|env|matrix|secrets|runner|job|strategy)\\.|success\\(|failure\\(");

  private static final Pattern UPLOAD_VARIABLE =
      Pattern.compile(
          "TWINE_.*|UV_PUBLISH_.*|HATCH_INDEX_.*|PDM_PUBLISH_.*|FLIT_.*|POETRY_PYPI_TOKEN_.*"
              + "|POETRY_HTTP_BASIC_.*|MATURIN_(PYPI_TOKEN|USERNAME|PASSWORD|REPOSITORY.*)");
  private final GithubWorkflow workflow;
  private final Pins pins;
  private final MigrationEdits edits;
  private final GithubHardening hardening;
  private final GithubPublishing publishing;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Map<GithubJob, List<GithubUploads.Found>> uploads = new LinkedHashMap<>();

  GithubMigration(GithubWorkflow workflow, GithubUploads finder, Pins pins, MigrationEdits edits) {
    this.workflow = workflow;
    this.pins = pins;
    this.edits = edits;
    this.hardening = new GithubHardening(workflow, pins, edits);
    this.publishing = new GithubPublishing(workflow, pins, edits);
    for (GithubJob job : workflow.jobs()) {
      List<GithubUploads.Found> found = finder.of(job);
      if (!found.isEmpty()) {
        uploads.put(job, found);
      }
    }
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  void run() {
    if (uploads.isEmpty()) {
      return;
    }
    if (workflow.file().aliases() || !BlockEdits.isBlock(workflow.root().mapping("jobs"))) {
      if (uploads.values().stream().flatMap(List::stream).allMatch(GithubMigration::isRight)) {
        return;
      }
      edits.leave(
          "%s was not changed: it has anchors, or its jobs stand in braces. Write them out, and run it again."
              .formatted(workflow.path()));
      return;
    }
    uploads.forEach(this::publishing);
    for (GithubJob job : workflow.withNeeded(List.copyOf(uploads.keySet()))) {
      job.steps().forEach(step -> hardening.harden(job, step));
    }
    for (GithubJob job : workflow.jobs()) {
      job.steps().forEach(step -> hardening.pin(step.file(), step.body().scalar("uses")));
      hardening.pin(workflow.file(), job.body().scalar("uses"));
      hardening.images(job);
    }
    permissions();
  }

  // The job that publishes.

  private void publishing(GithubJob job, List<GithubUploads.Found> found) {
    List<GithubUploads.Found> moving =
        found.stream().filter(each -> each.upload().index().trusts()).toList();
    if (moving.isEmpty()) {
      return;
    }
    boolean builds = job.steps().stream().anyMatch(GithubUploads::builds);
    boolean done = moving.stream().allMatch(GithubMigration::isRight) && !builds;
    Optional<String> why =
        done
            ? Optional.empty()
            : moving.stream().flatMap(each -> hindrance(job, each).stream()).findFirst();
    if (why.isPresent()) {
      edits.leave(workflow, job, moving.getFirst().upload().line(), why.get());
      return;
    }
    moving.forEach(each -> secrets.addAll(each.upload().secrets()));
    if (builds) {
      split(job, moving);
    } else {
      inPlace(job, moving, done);
    }
    if (!done) {
      List<Yaml.Entry> envs = new ArrayList<>();
      job.body().entry("env").ifPresent(envs::add);
      workflow.root().entry("env").ifPresent(envs::add);
      envs.forEach(
          env ->
              BlockEdits.remove(
                  edits.of(workflow.file()), env, name -> UPLOAD_VARIABLE.matcher(name).matches()));
    }
  }

  private static boolean isRight(GithubUploads.Found found) {
    return !found.upload().byToken()
        && (!found.upload().index().trusts()
            || found.upload().tool() == UploadTool.PYPI_ACTION
            || found.upload().tool() == UploadTool.UV);
  }

  /** Why an upload cannot be moved by an edit. */
  private Optional<String> hindrance(GithubJob job, GithubUploads.Found found) {
    GithubStep step = found.step();
    if (found.upload().tool() == UploadTool.UNSEEN
        || found.upload().tool() == UploadTool.CURL
        || found.upload().tool() == UploadTool.MATURIN) {
      return Optional.of(
          "%s; publish with %s in a job of its own."
              .formatted(
                  found.upload().tool() == UploadTool.UNSEEN
                      ? "what uploads is not in the workflow"
                      : found.upload().tool().shown() + " is not changed",
                  GithubPublishing.PUBLISH.repository()));
    }
    if (!step.file().path().equals(workflow.path())) {
      return Optional.of(
          "the upload stands in %s; publish in the workflow itself.".formatted(step.path()));
    }
    if (!BlockEdits.isBlock(job.body()) || !hardening.isOwnItem(step)) {
      return Optional.of("it stands in braces; write it out, and run this again.");
    }
    if (ONLY_IN_STEPS.matcher(step.body().text("if")).find()) {
      return Optional.of(
          "the upload's condition (if) speaks of what only steps know; publish in a job of its own.");
    }
    if (found.command().isPresent() && cut(step, found.command().get(), found.upload()).isEmpty()) {
      return Optional.of("the upload shares its line with other commands; give it one of its own.");
    }
    return Optional.empty();
  }

  /**
   * What the lines of a command become; empty where that cannot be told. No line at all: the whole
   * step goes.
   */
  private Optional<Map<Integer, Optional<String>>> cut(
      GithubStep step, ShellCommand command, Upload upload) {
    Yaml.Scalar run = step.body().scalar("run").orElseThrow();
    int first = run.lineOf(command.firstLine());
    int last = run.lineOf(command.lastLine());
    String line = edits.of(step.file()).line(first);
    Optional<String> builds =
        switch (upload.tool()) {
          case POETRY ->
              UploadTool.builds(command)
                  ? instead(line, "poetry publish.*$", "poetry build")
                  : Optional.empty();
          case PDM ->
              UploadTool.builds(command)
                  ? instead(line, "pdm publish.*$", "pdm build")
                  : Optional.empty();
          case FLIT -> instead(line, "flit publish.*$", "flit build");
          case SETUP_PY -> instead(line, "\\s+upload\\b.*$", "");
          case TWINE, UV, HATCH, MATURIN, RYE, CURL, PYPI_ACTION, UNSEEN -> Optional.empty();
        };
    if (builds.isPresent()) {
      return command.alone() && first == last
          ? Optional.of(Map.of(first, builds))
          : Optional.empty();
    }
    boolean only =
        step.commands().stream().allMatch(each -> each.equals(command) || isToolInstall(each));
    if (only) {
      return Optional.of(Map.of());
    }
    if (command.alone() && run.style() == Yaml.Style.LITERAL) {
      Map<Integer, Optional<String>> gone = new LinkedHashMap<>();
      for (int number = first; number <= last; number++) {
        gone.put(number, Optional.empty());
      }
      return Optional.of(gone);
    }
    int and = line.lastIndexOf("&&");
    boolean tail =
        and > 0
            && first == last
            && (run.plain() || run.style() == Yaml.Style.LITERAL)
            && ShellCommand.of(line.substring(and + 2)).stream()
                .map(ShellCommand::words)
                .toList()
                .equals(List.of(command.words()));
    return tail
        ? Optional.of(Map.of(first, Optional.of(line.substring(0, and).stripTrailing())))
        : Optional.empty();
  }

  private static Optional<String> instead(String line, String pattern, String now) {
    String replaced = line.replaceFirst(pattern, now);
    return replaced.equals(line) ? Optional.empty() : Optional.of(replaced);
  }

  private static boolean isToolInstall(ShellCommand command) {
    return (command.is("pip", "install") || command.is("pip3", "install"))
        && command.words().stream()
            .skip(1)
            .filter(word -> !word.startsWith("-"))
            .allMatch(
                word -> word.equals("install") || word.startsWith("twine") || word.equals("pip"));
  }

  private void inPlace(GithubJob job, List<GithubUploads.Found> moving, boolean done) {
    for (GithubUploads.Found each : moving) {
      if (each.upload().tool() == UploadTool.PYPI_ACTION) {
        boolean off = each.step().with("attestations").equals("false");
        hardening.remove(
            job,
            each.step(),
            "with",
            off
                ? Set.of("user", "username", "password", "attestations")
                : Set.of("user", "username", "password"));
        if (GithubPublishing.isOld(each)) {
          renew(each.step());
        }
      } else if (!done) {
        replace(each.step(), publishing.publishStep(each, GithubPublishing.dash(each.step())));
      }
    }
    if (job.body().get("environment").isEmpty()) {
      addKey(
          job,
          List.of(
              "environment: " + GithubPublishing.environment(moving.getFirst().upload().index())));
    }
    Optional<Yaml.Entry> permissions = job.body().entry("permissions");
    if (permissions.isEmpty()) {
      addKey(job, List.of("permissions:", GithubPublishing.unit(job) + "id-token: write"));
    } else if (permissions.get().value() instanceof Yaml.Mapping mapping
        && !Permissions.writes(mapping, Permissions.ID_TOKEN)) {
      if (BlockEdits.isBlock(mapping)) {
        edits
            .of(workflow.file())
            .insertAfter(
                mapping.lastLine(), List.of(" ".repeat(mapping.column()) + "id-token: write"));
      } else {
        edits.leave(workflow, job, permissions.get().line(), "add id-token: write there.");
      }
    }
  }

  private void renew(GithubStep step) {
    Yaml.Scalar uses = step.body().scalar("uses").orElseThrow();
    String pinned = pins.uses(GithubPublishing.PUBLISH);
    int comment = pinned.indexOf(" # ");
    edits
        .of(workflow.file())
        .replaceIn(
            uses.line(),
            uses.column(),
            uses.text(),
            comment < 0 ? pinned : pinned.substring(0, comment));
    if (comment >= 0) {
      GithubHardening.comment(
          edits.of(workflow.file()), uses.line(), GithubPublishing.PUBLISH.ref());
    }
  }

  private void split(GithubJob job, List<GithubUploads.Found> moving) {
    boolean kept = false;
    List<String> before = new ArrayList<>(List.of(job.name()));
    for (GithubUploads.Found each : moving) {
      List<String> keeping = kept ? List.of() : publishing.keepStep(job, each);
      takeOut(job, each, keeping);
      kept = true;
      before.add(publishing.newJob(job, each, before));
    }
    moveEnvironment(job);
    job.body()
        .entry("permissions")
        .ifPresent(
            entry -> {
              if (!BlockEdits.remove(
                  edits.of(workflow.file()), entry, name -> name.equals(Permissions.ID_TOKEN))) {
                edits.leave(workflow, job, entry.line(), "take id-token: write out there.");
              } else if (edits.of(workflow.file()).isDeleted(entry.line())) {
                edits
                    .of(workflow.file())
                    .insertBefore(
                        entry.line(),
                        List.of(
                            " ".repeat(job.body().column()) + "permissions:",
                            " ".repeat(job.body().column())
                                + GithubPublishing.unit(job)
                                + "contents: read"));
              }
            });
    GithubStep last = job.steps().getLast();
    if (moving.stream().noneMatch(each -> each.step().equals(last))) {
      edits.leave(
          workflow,
          job,
          last.body().line(),
          "its steps behind the upload now run before it; move what has to wait to a job that needs the new one.");
    }
  }

  /** The build job keeps all but the upload. */
  private void takeOut(GithubJob job, GithubUploads.Found each, List<String> keeping) {
    GithubStep step = each.step();
    Map<Integer, Optional<String>> lines =
        each.command()
            .map(command -> cut(step, command, each.upload()).orElseThrow())
            .orElse(Map.of());
    if (lines.isEmpty()) {
      replace(step, keeping);
      return;
    }
    lines.forEach(
        (number, text) ->
            text.ifPresentOrElse(
                now -> edits.of(workflow.file()).replace(number, now),
                () -> edits.of(workflow.file()).delete(number, number)));
    step.body()
        .entry("env")
        .ifPresent(
            env -> {
              if (!BlockEdits.remove(
                  edits.of(workflow.file()),
                  env,
                  name -> UPLOAD_VARIABLE.matcher(name).matches())) {
                edits.leave(
                    workflow, job, env.line(), "take the variables of the upload out there.");
              }
            });
    edits.of(workflow.file()).insertAfter(step.body().lastLine(), keeping);
  }

  private void replace(GithubStep step, List<String> lines) {
    edits.of(workflow.file()).delete(step.body().line(), step.body().lastLine());
    edits.of(workflow.file()).insertBefore(step.body().line(), lines);
  }

  /** The build has no use for the environment of the upload, unless it has other secrets. */
  private void moveEnvironment(GithubJob job) {
    boolean others =
        job.body()
            .scalars()
            .flatMap(scalar -> Credential.secrets(scalar.text()).stream())
            .anyMatch(secret -> !secrets.contains(secret));
    if (!others) {
      job.body()
          .entry("environment")
          .ifPresent(
              entry -> edits.of(workflow.file()).delete(entry.line(), entry.value().lastLine()));
    }
  }

  /** Behind {@code runs-on}, where people look. */
  private void addKey(GithubJob job, List<String> lines) {
    String blanks = " ".repeat(job.body().column());
    int line =
        job.body().entry("runs-on").map(entry -> entry.value().lastLine()).orElse(job.key().line());
    edits.of(workflow.file()).insertAfter(line, lines.stream().map(text -> blanks + text).toList());
  }

  // The workflow.

  private void permissions() {
    Optional<Yaml.Entry> entry = workflow.root().entry("permissions");
    if (entry.isEmpty()) {
      Yaml.Entry jobs = workflow.root().entry("jobs").orElseThrow();
      edits
          .of(workflow.file())
          .insertBefore(jobs.line(), List.of("permissions:", "  contents: read", ""));
      for (GithubJob job : workflow.jobs()) {
        if (job.body().get("permissions").isEmpty() && writesContents(job)) {
          addKey(job, List.of("permissions:", GithubPublishing.unit(job) + "contents: write"));
        }
      }
      return;
    }
    Yaml value = entry.get().value();
    if (value instanceof Yaml.Mapping mapping
        && Permissions.writes(mapping, Permissions.ID_TOKEN)) {
      boolean others = mapping.entries().size() > 1;
      if (!others) {
        edits.of(workflow.file()).delete(entry.get().line(), mapping.lastLine());
        edits
            .of(workflow.file())
            .insertBefore(entry.get().line(), List.of("permissions:", "  contents: read"));
      } else if (!BlockEdits.remove(
          edits.of(workflow.file()), entry.get(), name -> name.equals(Permissions.ID_TOKEN))) {
        edits.leave(
            "%s:%d take id-token: write out of the workflow's permissions."
                .formatted(workflow.path(), entry.get().line()));
      }
    }
  }

  /** Jobs that make a release of the forge, or push. */
  private static boolean writesContents(GithubJob job) {
    return job.steps().stream()
        .anyMatch(
            step ->
                step.action()
                        .map(ActionReference::name)
                        .filter(
                            name ->
                                name.contains("gh-release")
                                    || name.contains("create-release")
                                    || name.contains("release-action")
                                    || name.contains("upload-release"))
                        .isPresent()
                    || step.commands().stream()
                        .anyMatch(
                            command -> command.is("gh", "release") || command.is("git", "push")));
  }
}
