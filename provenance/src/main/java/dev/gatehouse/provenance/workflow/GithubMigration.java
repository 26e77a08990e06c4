package dev.gatehouse.provenance.workflow;

import dev.gatehouse.provenance.workflow.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Edits a workflow of GitHub Actions that publishes. What it cannot edit safely (braces in place of
 * lines, anchors, several commands in one line, conditions that no job may have) it leaves, and
 * says so.
 */
final class GithubMigration {
  private static final ActionReference UPLOAD_ARTIFACT =
      new ActionReference("actions/upload-artifact", "", "v4");
  private static final ActionReference DOWNLOAD_ARTIFACT =
      new ActionReference("actions/download-artifact", "", "v4");
  private static final ActionReference PUBLISH =
      new ActionReference("pypa/gh-action-pypi-publish", "", "release/v1");
  private static final String ARTIFACT = "python-distributions";

  /** What the condition of a job may not speak of. */
  private static final Pattern ONLY_IN_STEPS =
      Pattern.compile("\\b(steps|env|matrix|secrets|runner|job|strategy)\\.|success\\(|failure\\(");

  private static final Pattern UPLOAD_VARIABLE =
      Pattern.compile(
          "TWINE_.*|UV_PUBLISH_.*|HATCH_INDEX_.*|PDM_PUBLISH_.*|FLIT_.*|POETRY_PYPI_TOKEN_.*"
              + "|POETRY_HTTP_BASIC_.*|MATURIN_(PYPI_TOKEN|USERNAME|PASSWORD|REPOSITORY.*)");
  private static final Set<String> NOT_KEPT =
      Set.of(
          "user",
          "username",
          "password",
          "attestations",
          "repository-url",
          "repository_url",
          "packages-dir",
          "packages_dir");

  private final GithubWorkflow workflow;
  private final Pins pins;
  private final Map<String, TextEdits> edits;
  private final List<String> left;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Map<GithubJob, List<GithubUploads.Found>> uploads = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>();

  GithubMigration(
      GithubWorkflow workflow,
      GithubUploads finder,
      Pins pins,
      Map<String, TextEdits> edits,
      List<String> left) {
    this.workflow = workflow;
    this.pins = pins;
    this.edits = edits;
    this.left = left;
    for (GithubJob job : workflow.jobs()) {
      names.add(job.name());
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
    if (workflow.file().aliases() || !isBlock(workflow.root().mapping("jobs"))) {
      if (uploads.values().stream().flatMap(List::stream).allMatch(GithubMigration::isRight)) {
        return;
      }
      left.add(
          "%s was not changed: it has anchors, or its jobs stand in braces. Write them out, and run it again."
              .formatted(workflow.path()));
      return;
    }
    uploads.forEach(this::publishing);
    for (GithubJob job : workflow.withNeeded(List.copyOf(uploads.keySet()))) {
      job.steps().forEach(step -> harden(job, step));
    }
    for (GithubJob job : workflow.jobs()) {
      job.steps().forEach(step -> pin(step.file(), step.body().scalar("uses")));
      pin(workflow.file(), job.body().scalar("uses"));
      images(job);
    }
    permissions();
  }

  private TextEdits edit(WorkflowFile file) {
    return edits.computeIfAbsent(file.path(), _ -> new TextEdits(file.text()));
  }

  private TextEdits own() {
    return edit(workflow.file());
  }

  private static boolean isBlock(Yaml value) {
    return switch (value) {
      case Yaml.Mapping mapping -> !mapping.flow() && !mapping.entries().isEmpty();
      case Yaml.Sequence sequence -> !sequence.flow() && !sequence.items().isEmpty();
      case Yaml.Scalar _ -> false;
    };
  }

  private void left(GithubJob job, int line, String why) {
    left.add("%s:%d the job %s: %s".formatted(workflow.path(), line, job.name(), why));
  }

  // Pins.

  private void pin(WorkflowFile file, Optional<Yaml.Scalar> uses) {
    if (uses.isEmpty() || file.aliases() || edit(file).isDeleted(uses.get().line())) {
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
                  && edit(file)
                      .replaceIn(
                          scalar.line(),
                          scalar.column(),
                          scalar.text(),
                          pinned.substring(0, comment))) {
                comment(edit(file), scalar.line(), action.ref());
              }
            });
  }

  /** The ref as a comment, before one that is there; none where the line is in braces. */
  private static void comment(TextEdits edit, int number, String ref) {
    String line = edit.line(number);
    int there = line.indexOf(" #");
    if (line.contains("{") || line.contains("[")) {
      return;
    }
    String before = (there < 0 ? line : line.substring(0, there)).stripTrailing();
    edit.replace(number, before + " # " + ref + line.substring(before.length()));
  }

  private void images(GithubJob job) {
    List<Yaml.Scalar> images = new ArrayList<>();
    GithubCheck.addImage(job.body().get("container").orElse(Yaml.Mapping.none()), images);
    job.body()
        .mapping("services")
        .entries()
        .forEach(entry -> GithubCheck.addImage(entry.value(), images));
    for (Yaml.Scalar image : images) {
      if (!image.text().contains("@sha256:") && !image.text().contains("${{")) {
        pins.image(image.text())
            .ifPresent(
                pinned -> own().replaceIn(image.line(), image.column(), image.text(), pinned));
      }
    }
  }

  // What every job of a release should have.

  private void harden(GithubJob job, GithubStep step) {
    if (step.file().aliases() || edit(step.file()).isDeleted(step.body().line())) {
      return;
    }
    if (step.uses("actions/checkout")) {
      boolean pushes =
          job.steps().stream()
              .flatMap(each -> each.commands().stream())
              .anyMatch(command -> command.is("git", "push"));
      if (pushes) {
        left(
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
      edit(step.file()).delete(step.body().line(), step.body().lastLine());
    } else {
      left(job, step.body().line(), "its cache is used by other steps; remove it by hand.");
    }
  }

  /** Whether a step begins with its dash, so that it can be taken out line by line. */
  private boolean isOwnItem(GithubStep step) {
    return isBlock(step.body())
        && edit(step.file()).line(step.body().line()).strip().startsWith("- ");
  }

  /** Sets an input of an action. */
  private void input(GithubJob job, GithubStep step, String key, String value) {
    TextEdits edit = edit(step.file());
    Yaml.Mapping with = step.body().mapping("with");
    Optional<Yaml.Scalar> there = with.scalar(key);
    if (there.isPresent()) {
      if (!there.get().text().equals(value)) {
        edit.replaceIn(there.get().line(), there.get().column(), there.get().text(), value);
      }
    } else if (isBlock(with)) {
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
      left(job, step.line("uses"), "set %s: %s there.".formatted(key, value));
    }
  }

  /** Takes entries out of a mapping of a step, and the mapping where none remains. */
  private void remove(GithubJob job, GithubStep step, String key, Set<String> names) {
    Optional<Yaml.Entry> entry = step.body().entry(key);
    if (entry.isPresent() && !remove(edit(step.file()), entry.get(), names::contains)) {
      left(
          job,
          entry.get().line(),
          "take %s out of %s there.".formatted(String.join(", ", names), key));
    }
  }

  /** False where it stands in braces and has any of them. */
  static boolean remove(TextEdits edit, Yaml.Entry of, java.util.function.Predicate<String> names) {
    if (!(of.value() instanceof Yaml.Mapping mapping)) {
      return true;
    }
    List<Yaml.Entry> gone =
        mapping.entries().stream().filter(entry -> names.test(entry.key().text())).toList();
    if (gone.isEmpty()) {
      return true;
    }
    if (gone.size() == mapping.entries().size()) {
      boolean first = edit.line(of.line()).strip().startsWith("- ");
      if (first) {
        return false;
      }
      edit.delete(of.line(), mapping.lastLine());
      return true;
    }
    if (!isBlock(mapping)) {
      return false;
    }
    gone.forEach(entry -> edit.delete(entry.line(), entry.value().lastLine()));
    return true;
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
      left(job, moving.getFirst().upload().line(), why.get());
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
      envs.forEach(env -> remove(own(), env, name -> UPLOAD_VARIABLE.matcher(name).matches()));
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
                  PUBLISH.repository()));
    }
    if (!step.file().path().equals(workflow.path())) {
      return Optional.of(
          "the upload stands in %s; publish in the workflow itself.".formatted(step.path()));
    }
    if (!isBlock(job.body()) || !isOwnItem(step)) {
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
    String line = edit(step.file()).line(first);
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
        remove(
            job,
            each.step(),
            "with",
            off
                ? Set.of("user", "username", "password", "attestations")
                : Set.of("user", "username", "password"));
        if (isOld(each)) {
          renew(each.step());
        }
      } else if (!done) {
        replace(each.step(), publishStep(each, dash(each.step())));
      }
    }
    if (job.body().get("environment").isEmpty()) {
      addKey(job, List.of("environment: " + environment(moving.getFirst().upload().index())));
    }
    Optional<Yaml.Entry> permissions = job.body().entry("permissions");
    if (permissions.isEmpty()) {
      addKey(job, List.of("permissions:", unit(job) + "id-token: write"));
    } else if (permissions.get().value() instanceof Yaml.Mapping mapping
        && !Permissions.writes(mapping, Permissions.ID_TOKEN)) {
      if (isBlock(mapping)) {
        own()
            .insertAfter(
                mapping.lastLine(), List.of(" ".repeat(mapping.column()) + "id-token: write"));
      } else {
        left(job, permissions.get().line(), "add id-token: write there.");
      }
    }
  }

  private void split(GithubJob job, List<GithubUploads.Found> moving) {
    boolean matrix = job.body().mapping("strategy").get("matrix").isPresent();
    String artifact = matrix ? ARTIFACT + "-${{ strategy.job-index }}" : ARTIFACT;
    boolean kept = false;
    List<String> before = new ArrayList<>(List.of(job.name()));
    for (GithubUploads.Found each : moving) {
      GithubStep step = each.step();
      List<String> keeping =
          kept
              ? List.of()
              : step(
                  dash(step),
                  UPLOAD_ARTIFACT,
                  List.of("name: " + artifact, "path: " + folder(job, each)));
      takeOut(job, each, keeping);
      kept = true;
      before.add(newJob(job, each, matrix, before));
    }
    moveEnvironment(job);
    job.body()
        .entry("permissions")
        .ifPresent(
            entry -> {
              if (!remove(own(), entry, name -> name.equals(Permissions.ID_TOKEN))) {
                left(job, entry.line(), "take id-token: write out there.");
              } else if (own().isDeleted(entry.line())) {
                own()
                    .insertBefore(
                        entry.line(),
                        List.of(
                            " ".repeat(job.body().column()) + "permissions:",
                            " ".repeat(job.body().column()) + unit(job) + "contents: read"));
              }
            });
    GithubStep last = job.steps().getLast();
    if (moving.stream().noneMatch(each -> each.step().equals(last))) {
      left(
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
                now -> own().replace(number, now), () -> own().delete(number, number)));
    step.body()
        .entry("env")
        .ifPresent(
            env -> {
              if (!remove(own(), env, name -> UPLOAD_VARIABLE.matcher(name).matches())) {
                left(job, env.line(), "take the variables of the upload out there.");
              }
            });
    own().insertAfter(step.body().lastLine(), keeping);
  }

  private void replace(GithubStep step, List<String> lines) {
    own().delete(step.body().line(), step.body().lastLine());
    own().insertBefore(step.body().line(), lines);
  }

  /** Appends it behind the job, and gives its name. */
  private String newJob(
      GithubJob job, GithubUploads.Found each, boolean matrix, List<String> before) {
    IndexTarget index = each.upload().index();
    String outer = " ".repeat(job.key().column());
    String inner = outer + unit(job);
    List<String> lines = new ArrayList<>();
    String name = newName(index);
    lines.add("");
    lines.add(outer + name + ":");
    lines.add(
        inner
            + "needs: "
            + (before.size() == 1 ? before.getFirst() : "[" + String.join(", ", before) + "]"));
    String condition = each.step().body().text("if");
    if (!condition.isEmpty()) {
      each.step()
          .body()
          .entry("if")
          .ifPresent(entry -> lines.add(inner + ifLine(entry, condition)));
    }
    lines.add(inner + "runs-on: ubuntu-latest");
    boolean keeps = !job.environment().isEmpty() && index.kind() != IndexTarget.Kind.TESTPYPI;
    lines.add(inner + "environment: " + (keeps ? job.environment() : environment(index)));
    lines.add(inner + "permissions:");
    lines.add(inner + unit(job) + "id-token: write");
    lines.add(inner + "steps:");
    int dash = dash(job.steps().getFirst());
    lines.addAll(
        step(
            dash,
            DOWNLOAD_ARTIFACT,
            matrix
                ? List.of("pattern: " + ARTIFACT + "-*", "merge-multiple: true", "path: dist/")
                : List.of("name: " + ARTIFACT, "path: dist/")));
    lines.addAll(publishStep(each, dash));
    own().insertAfter(job.body().lastLine(), lines);
    return name;
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
          .ifPresent(entry -> own().delete(entry.line(), entry.value().lastLine()));
    }
  }

  private String ifLine(Yaml.Entry entry, String condition) {
    String line = own().line(entry.line()).strip();
    String bare = line.startsWith("- ") ? line.substring(2).strip() : line;
    return entry.line() == entry.value().lastLine() && bare.startsWith("if:")
        ? bare
        : "if: ${{ "
            + condition
                .strip()
                .replaceAll("\\s+", " ")
                .replaceFirst("^\\$\\{\\{(.*)\\}\\}$", "$1")
                .strip()
            + " }}";
  }

  private String newName(IndexTarget index) {
    String base =
        switch (index.kind()) {
          case PYPI -> "publish";
          case TESTPYPI -> "publish-to-testpypi";
          case TRUSTING, PRIVATE, UNKNOWN -> "publish-to-index";
        };
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }

  private static String environment(IndexTarget index) {
    return switch (index.kind()) {
      case PYPI -> "pypi";
      case TESTPYPI -> "testpypi";
      case TRUSTING, PRIVATE, UNKNOWN -> "packages";
    };
  }

  /** The step that publishes; what else the action was told stays. */
  private List<String> publishStep(GithubUploads.Found each, int dash) {
    List<String> with = new ArrayList<>();
    IndexTarget index = each.upload().index();
    if (index.kind() != IndexTarget.Kind.PYPI) {
      with.add("repository-url: " + index.address());
    }
    if (each.upload().tool() == UploadTool.PYPI_ACTION) {
      each.step().body().mapping("with").entries().stream()
          .filter(entry -> !NOT_KEPT.contains(entry.key().text()))
          .filter(entry -> entry.value() instanceof Yaml.Scalar)
          .forEach(
              entry -> with.add(entry.key().text() + ": " + ((Yaml.Scalar) entry.value()).text()));
    } else if (each.command()
        .filter(command -> command.words().contains("--skip-existing"))
        .isPresent()) {
      with.add("skip-existing: true");
    }
    ActionReference action =
        each.upload().tool() == UploadTool.PYPI_ACTION
            ? each.step().action().orElse(PUBLISH)
            : PUBLISH;
    return step(dash, isOld(each) ? PUBLISH : action, with);
  }

  /** Whether it is the action in a version that knows no attestations. */
  private static boolean isOld(GithubUploads.Found each) {
    return each.upload().tool() == UploadTool.PYPI_ACTION
        && each.step().with("attestations").isEmpty()
        && each.upload().attests().filter(attests -> !attests).isPresent();
  }

  private void renew(GithubStep step) {
    Yaml.Scalar uses = step.body().scalar("uses").orElseThrow();
    String pinned = pins.uses(PUBLISH);
    int comment = pinned.indexOf(" # ");
    own()
        .replaceIn(
            uses.line(),
            uses.column(),
            uses.text(),
            comment < 0 ? pinned : pinned.substring(0, comment));
    if (comment >= 0) {
      comment(own(), uses.line(), PUBLISH.ref());
    }
  }

  private List<String> step(int dash, ActionReference action, List<String> with) {
    String blanks = " ".repeat(dash);
    List<String> lines = new ArrayList<>();
    lines.add(
        blanks + "- uses: " + (action.isPinned() ? action.at(action.ref()) : pins.uses(action)));
    if (!with.isEmpty()) {
      lines.add(blanks + "  with:");
      with.forEach(line -> lines.add(blanks + "    " + line));
    }
    return lines;
  }

  private static int dash(GithubStep step) {
    return Math.max(0, step.body().column() - 2);
  }

  private static String unit(GithubJob job) {
    return " ".repeat(Math.max(1, job.body().column() - job.key().column()));
  }

  /** Where the distributions lie. */
  private String folder(GithubJob job, GithubUploads.Found each) {
    String folder =
        each.upload().tool() == UploadTool.PYPI_ACTION
            ? each.step().with("packages-dir") + each.step().with("packages_dir")
            : each.command().map(GithubMigration::folder).orElse("");
    String path = folder.isEmpty() ? "dist/" : folder.endsWith("/") ? folder : folder + "/";
    if (each.upload().tool() == UploadTool.PYPI_ACTION) {
      return path;
    }
    String within =
        Stream.of(each.step().body(), job.body(), workflow.root())
            .map(
                mapping ->
                    mapping.text("working-directory")
                        + mapping.mapping("defaults").mapping("run").text("working-directory"))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return within.isEmpty() ? path : within.replaceFirst("/+$", "") + "/" + path;
  }

  private static String folder(ShellCommand command) {
    return command.words().stream()
        .skip(1)
        .filter(word -> word.contains("/") && !word.contains("://") && !word.startsWith("-"))
        .filter(word -> !word.contains("$"))
        .map(word -> word.substring(0, word.lastIndexOf('/') + 1))
        .findFirst()
        .orElse("");
  }

  /** Behind {@code runs-on}, where people look. */
  private void addKey(GithubJob job, List<String> lines) {
    String blanks = " ".repeat(job.body().column());
    int line =
        job.body().entry("runs-on").map(entry -> entry.value().lastLine()).orElse(job.key().line());
    own().insertAfter(line, lines.stream().map(text -> blanks + text).toList());
  }

  // The workflow.

  private void permissions() {
    Optional<Yaml.Entry> entry = workflow.root().entry("permissions");
    if (entry.isEmpty()) {
      Yaml.Entry jobs = workflow.root().entry("jobs").orElseThrow();
      own().insertBefore(jobs.line(), List.of("permissions:", "  contents: read", ""));
      for (GithubJob job : workflow.jobs()) {
        if (job.body().get("permissions").isEmpty() && writesContents(job)) {
          addKey(job, List.of("permissions:", unit(job) + "contents: write"));
        }
      }
      return;
    }
    Yaml value = entry.get().value();
    if (value instanceof Yaml.Mapping mapping
        && Permissions.writes(mapping, Permissions.ID_TOKEN)) {
      boolean others = mapping.entries().size() > 1;
      if (!others) {
        own().delete(entry.get().line(), mapping.lastLine());
        own().insertBefore(entry.get().line(), List.of("permissions:", "  contents: read"));
      } else if (!remove(own(), entry.get(), name -> name.equals(Permissions.ID_TOKEN))) {
        left.add(
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
