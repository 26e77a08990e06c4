package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what the jobs of a workflow upload. */
final class GithubUploads {
  static final String PUBLISH_ACTION = "pypa/gh-action-pypi-publish";
  private static final Pattern MINOR = Pattern.compile("v?1\\.(\\d+)(\\..*)?");
  private static final int FIRST_THAT_ATTESTS = 11;

  private final Set<String> trusting;
  private final CommandUploads commands;

  GithubUploads(Set<String> trusting) {
    this.trusting = trusting;
    this.commands = new CommandUploads(trusting);
  }

  /** An upload, and what makes it. */
  record Found(GithubJob job, GithubStep step, Optional<ShellCommand> command, Upload upload) {}

  /** All of a job. */
  List<Found> of(GithubJob job) {
    List<Found> found = new ArrayList<>();
    for (GithubStep step : job.steps()) {
      found.addAll(of(job, step));
    }
    if (found.isEmpty()) {
      unseen(job).ifPresent(found::add);
    }
    return found;
  }

  private List<Found> of(GithubJob job, GithubStep step) {
    Variables variables = job.variables(step);
    List<Found> found = new ArrayList<>();
    if (step.uses(PUBLISH_ACTION)) {
      found.add(new Found(job, step, Optional.empty(), byAction(step, variables)));
    }
    for (ShellCommand command : step.commands()) {
      commands
          .of(command, variables, step.path(), step.line(command))
          .ifPresent(upload -> found.add(new Found(job, step, Optional.of(command), upload)));
    }
    if (found.isEmpty()) {
      unseen(step).ifPresent(upload -> found.add(new Found(job, step, Optional.empty(), upload)));
    }
    return found;
  }

  private Upload byAction(GithubStep step, Variables variables) {
    Yaml.Mapping with = step.body().mapping("with");
    String address = with.text("repository-url") + with.text("repository_url");
    List<Credential> credentials =
        with
            .scalar("password")
            .map(
                password ->
                    variables
                        .meant(password.text())
                        .map(Variables.Variable::credential)
                        .orElse(
                            Credential.of(
                                "password", password.text(), step.path(), password.line())))
            .stream()
            .toList();
    return new Upload(
        step.path(),
        step.line("uses"),
        UploadTool.PYPI_ACTION,
        IndexTarget.of(variables.resolved(address), trusting),
        credentials,
        attests(step, with));
  }

  private static Optional<Boolean> attests(GithubStep step, Yaml.Mapping with) {
    if (with.text("attestations").equals("false")) {
      return Optional.of(false);
    }
    Matcher version = MINOR.matcher(step.action().map(ActionReference::ref).orElse(""));
    boolean old =
        version.matches()
            && version.group(1).length() < 4
            && Integer.parseInt(version.group(1)) < FIRST_THAT_ATTESTS;
    return old ? Optional.of(false) : Optional.empty();
  }

  /** A step that is given a secret for uploads, and does not show what it does with it. */
  private static Optional<Upload> unseen(GithubStep step) {
    return Stream.concat(
            Stream.of("env", "with").flatMap(key -> given(step.body().mapping(key))),
            step.body().scalar("run").stream())
        .filter(GithubUploads::isForUploads)
        .findFirst()
        .map(scalar -> unseen(scalar, step.path()));
  }

  /** What is handed over, what names an index to read from aside. */
  private static Stream<Yaml.Scalar> given(Yaml.Mapping mapping) {
    return mapping.entries().stream()
        .filter(entry -> !entry.key().text().startsWith("PIP_"))
        .filter(entry -> !entry.key().text().startsWith("UV_INDEX"))
        .flatMap(entry -> entry.value().scalars());
  }

  private static boolean isForUploads(Yaml.Scalar scalar) {
    return Credential.secrets(scalar.text()).stream().anyMatch(Credential::isForUploads)
        && !scalar.text().contains("://");
  }

  private static Upload unseen(Yaml.Scalar scalar, String path) {
    boolean test = scalar.text().toUpperCase(Locale.ROOT).contains("TEST");
    return new Upload(
        path,
        scalar.line(),
        UploadTool.UNSEEN,
        test ? IndexTarget.TESTPYPI : IndexTarget.PYPI,
        List.of(Credential.of("a step", scalar.text(), path, scalar.line())),
        Optional.empty());
  }

  /** A job whose steps all see a secret for uploads, or that hands one to another workflow. */
  private static Optional<Found> unseen(GithubJob job) {
    String path = job.workflow().path();
    return Stream.of("env", "secrets", "with")
        .flatMap(key -> given(job.body().mapping(key)))
        .filter(GithubUploads::isForUploads)
        .findFirst()
        .map(
            scalar ->
                new Found(
                    job,
                    GithubStep.of(job.workflow().file(), job.body()),
                    Optional.empty(),
                    unseen(scalar, path)));
  }

  /** Whether a step builds distributions. */
  static boolean builds(GithubStep step) {
    return step.commands().stream().anyMatch(UploadTool::builds)
        || step.action()
            .map(ActionReference::name)
            .filter(
                name ->
                    Set.of(
                            "pypa/cibuildwheel",
                            "hynek/build-and-inspect-python-package",
                            "pyo3/maturin-action")
                        .contains(name))
            .isPresent();
  }
}
