package dev.gatehouse.provenance.workflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What uploads, and how it is told where to and with what. */
enum UploadTool {
  /** Also tells of {@code python -m twine}; asks for an identity by itself from 6.1 on. */
  TWINE(
      "twine upload",
      "-p --password",
      "TWINE_PASSWORD",
      "--repository-url -r --repository",
      "TWINE_REPOSITORY_URL TWINE_REPOSITORY"),
  UV(
      "uv publish",
      "-t --token -p --password",
      "UV_PUBLISH_TOKEN UV_PUBLISH_PASSWORD",
      "--publish-url --index",
      "UV_PUBLISH_URL UV_PUBLISH_INDEX"),
  HATCH("hatch publish", "-a --auth", "HATCH_INDEX_AUTH", "-r --repo", "HATCH_INDEX_REPO"),
  PDM(
      "pdm publish",
      "-P --password",
      "PDM_PUBLISH_PASSWORD",
      "-r --repository",
      "PDM_PUBLISH_REPO"),
  POETRY(
      "poetry publish",
      "-p --password",
      "POETRY_PYPI_TOKEN_PYPI POETRY_HTTP_BASIC_PYPI_PASSWORD",
      "-r --repository",
      ""),
  FLIT("flit publish", "", "FLIT_PASSWORD", "--repository", "FLIT_INDEX_URL"),
  MATURIN(
      "maturin publish",
      "-p --password",
      "MATURIN_PYPI_TOKEN MATURIN_PASSWORD",
      "--repository-url -r --repository",
      "MATURIN_REPOSITORY_URL MATURIN_REPOSITORY"),
  RYE("rye publish", "--token", "RYE_PYPI_TOKEN", "--repository-url -r --repository", ""),
  SETUP_PY("setup.py upload", "", "", "-r --repository", ""),
  CURL("curl", "", "", "", ""),
  PYPI_ACTION("pypa/gh-action-pypi-publish", "", "", "repository-url repository_url", ""),
  /** Something that is given a secret for uploads, and is not seen to upload. */
  UNSEEN("an upload that is not in the workflow", "", "", "", "");

  private final String shown;
  private final String passwordOptions;
  private final String passwordVariables;
  private final String indexOptions;
  private final String indexVariables;

  /** Lists are words with blanks between them, since an enum holds nothing that could change. */
  UploadTool(
      String shown,
      String passwordOptions,
      String passwordVariables,
      String indexOptions,
      String indexVariables) {
    this.shown = shown;
    this.passwordOptions = passwordOptions;
    this.passwordVariables = passwordVariables;
    this.indexOptions = indexOptions;
    this.indexVariables = indexVariables;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  /** As people call it. */
  String shown() {
    return shown;
  }

  List<String> passwordOptions() {
    return words(passwordOptions);
  }

  List<String> passwordVariables() {
    return words(passwordVariables);
  }

  List<String> indexOptions() {
    return words(indexOptions);
  }

  List<String> indexVariables() {
    return words(indexVariables);
  }

  /** Whether it can exchange the identity of a job for a token. */
  boolean exchangesIdentity() {
    return switch (this) {
      case TWINE, UV, HATCH, PDM, MATURIN, PYPI_ACTION -> true;
      case POETRY, FLIT, RYE, SETUP_PY, CURL, UNSEEN -> false;
    };
  }

  /** What a command uploads with; empty where it uploads nothing. */
  static Optional<UploadTool> of(ShellCommand command) {
    if (command.is("twine", "upload")) {
      return Optional.of(TWINE);
    }
    for (UploadTool tool : List.of(UV, HATCH, PDM, POETRY, FLIT, MATURIN, RYE)) {
      if (command.is(words(tool.shown).getFirst(), "publish")) {
        return Optional.of(tool);
      }
    }
    if (command.is("maturin", "upload")) {
      return Optional.of(MATURIN);
    }
    if (runsSetupPy(command) && command.words().contains("upload")) {
      return Optional.of(SETUP_PY);
    }
    boolean curl =
        command.program().equals("curl")
            && command.words().stream().anyMatch(word -> word.contains("pypi.org/legacy"));
    return curl ? Optional.of(CURL) : Optional.empty();
  }

  /** Whether the upload builds what it uploads. */
  static boolean builds(ShellCommand command) {
    return of(command)
        .map(
            tool ->
                switch (tool) {
                  case FLIT, SETUP_PY -> true;
                  case PDM -> !command.words().contains("--no-build");
                  case POETRY -> command.words().contains("--build");
                  case MATURIN -> command.words().contains("publish");
                  case TWINE, UV, HATCH, RYE, CURL, PYPI_ACTION, UNSEEN -> false;
                })
        .orElseGet(() -> isBuild(command));
  }

  private static boolean isBuild(ShellCommand command) {
    boolean builder =
        Stream.of("uv", "hatch", "pdm", "poetry", "flit", "maturin", "rye")
            .anyMatch(program -> command.is(program, "build"));
    boolean module =
        List.of("build", "pyproject-build", "cibuildwheel").contains(command.program());
    boolean setup =
        runsSetupPy(command)
            && Stream.of("sdist", "bdist_wheel", "bdist").anyMatch(command.words()::contains);
    return builder || module || setup || command.is("pip", "wheel") || command.is("pip3", "wheel");
  }

  private static boolean runsSetupPy(ShellCommand command) {
    return command.words().stream().limit(4).anyMatch(word -> word.endsWith("setup.py"));
  }
}
