package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of a job of GitHub Actions that publishes, and of its steps. */
final class GithubPublishing {
  static final ActionReference PUBLISH =
      new ActionReference("pypa/gh-action-pypi-publish", "", "release/v1");
  private static final ActionReference UPLOAD_ARTIFACT =
      new ActionReference("actions/upload-artifact", "", "v4");
  private static final ActionReference DOWNLOAD_ARTIFACT =
      new ActionReference("actions/download-artifact", "", "v4");
  private static final String ARTIFACT = "python-distributions";

  /** What says the same in YAML without quotes, an expression of GitHub's included. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!-)(?:[A-Za-z0-9._/-]|\\$\\{\\{[^'\"{}#\\n]*\\}\\}|://)+");

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
  private final MigrationEdits edits;
  private final Set<String> names = new LinkedHashSet<>();

  GithubPublishing(GithubWorkflow workflow, Pins pins, MigrationEdits edits) {
    this.workflow = workflow;
    this.pins = pins;
    this.edits = edits;
    workflow.jobs().forEach(job -> names.add(job.name()));
  }

  /** The step that keeps what a build job made. */
  List<String> keepStep(GithubJob job, GithubUploads.Found each) {
    return step(
        dash(each.step()),
        UPLOAD_ARTIFACT,
        List.of("name: " + artifact(job), "path: " + scalar(folder(job, each))));
  }

  private static String artifact(GithubJob job) {
    return hasMatrix(job) ? ARTIFACT + "-${{ strategy.job-index }}" : ARTIFACT;
  }

  private static boolean hasMatrix(GithubJob job) {
    return job.body().mapping("strategy").get("matrix").isPresent();
  }

  /** Appends it behind the job, and gives its name. */
  String newJob(GithubJob job, GithubUploads.Found each, List<String> before) {
    boolean matrix = hasMatrix(job);
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
            + (before.size() == 1
                ? scalar(before.getFirst())
                : before.stream()
                    .map(GithubPublishing::scalar)
                    .collect(Collectors.joining(", ", "[", "]"))));
    String condition = each.step().body().text("if");
    if (!condition.isEmpty()) {
      each.step()
          .body()
          .entry("if")
          .ifPresent(entry -> lines.add(inner + ifLine(entry, condition)));
    }
    lines.add(inner + "runs-on: ubuntu-latest");
    boolean keeps = !job.environment().isEmpty() && index.kind() != IndexTarget.Kind.TESTPYPI;
    lines.add(inner + "environment: " + scalar(keeps ? job.environment() : environment(index)));
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
    edits.of(workflow.file()).insertAfter(job.body().lastLine(), lines);
    return name;
  }

  private String ifLine(Yaml.Entry entry, String condition) {
    String line = edits.of(workflow.file()).line(entry.line()).strip();
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

  static String environment(IndexTarget index) {
    return switch (index.kind()) {
      case PYPI -> "pypi";
      case TESTPYPI -> "testpypi";
      case TRUSTING, PRIVATE, UNKNOWN -> "packages";
    };
  }

  /** The step that publishes; what else the action was told stays. */
  List<String> publishStep(GithubUploads.Found each, int dash) {
    List<String> with = new ArrayList<>();
    IndexTarget index = each.upload().index();
    if (index.kind() != IndexTarget.Kind.PYPI) {
      with.add("repository-url: " + scalar(String.valueOf(index.address())));
    }
    if (each.upload().tool() == UploadTool.PYPI_ACTION) {
      each.step().body().mapping("with").entries().stream()
          .filter(entry -> !NOT_KEPT.contains(entry.key().text()))
          .filter(entry -> entry.value() instanceof Yaml.Scalar)
          .forEach(
              entry ->
                  with.add(
                      scalar(entry.key().text())
                          + ": "
                          + scalar(((Yaml.Scalar) entry.value()).text())));
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
  static boolean isOld(GithubUploads.Found each) {
    return each.upload().tool() == UploadTool.PYPI_ACTION
        && each.step().with("attestations").isEmpty()
        && each.upload().attests().filter(attests -> !attests).isPresent();
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

  static int dash(GithubStep step) {
    return Math.max(0, step.body().column() - 2);
  }

  static String unit(GithubJob job) {
    return " ".repeat(Math.max(1, job.body().column() - job.key().column()));
  }

  /** Where the distributions lie. */
  private String folder(GithubJob job, GithubUploads.Found each) {
    String folder =
        each.upload().tool() == UploadTool.PYPI_ACTION
            ? each.step().with("packages-dir") + each.step().with("packages_dir")
            : each.command().map(GithubPublishing::folder).orElse("");
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

  /**
   * A text as a scalar of YAML. What was written in quotes is a stranger's, and must become nothing
   * else when it is moved.
   */
  static String scalar(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                quoted.append(
                    switch (c) {
                      case '"' -> "\\\"";
                      case '\\' -> "\\\\";
                      case '\n' -> "\\n";
                      case '\r' -> "\\r";
                      case '\t' -> "\\t";
                      default -> Character.toString(c);
                    }));
    return quoted.append('"').toString();
  }
}
