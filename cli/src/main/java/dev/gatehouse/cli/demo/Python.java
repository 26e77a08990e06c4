package dev.gatehouse.cli.demo;

import dev.gatehouse.samples.demo.LitellmReleases;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Python of this machine that has pip, which installs into throw-away environments, shut off from
 * every source but the index that it is given.
 */
final class Python {
  private static final List<String> NAMES =
      List.of("python3", "python", "python3.exe", "python.exe");
  private static final String PROBE =
      "import sys, venv, pip; print(sys.executable); print(pip.__version__, 'of Python %d.%d.%d' % sys.version_info[:3])";

  /** What would point pip, or the Python that it installs for, to anything else. */
  private static final Pattern FOREIGN =
      Pattern.compile("(PIP_|UV_|PYTHON|VIRTUAL_ENV|CONDA_).*|.*_PROXY|NETRC");

  private final Path program;
  private final String description;
  private final Scratch scratch;

  private Python(Path program, String description, Scratch scratch) {
    this.program = program;
    this.description = description;
    this.scratch = scratch;
  }

  /** Finds the first on the {@code PATH} that has pip. */
  static Optional<Python> find(Map<String, String> environment, Scratch scratch)
      throws IOException, InterruptedException {
    for (Path program : candidates(environment)) {
      Scratch.Outcome probe = scratch.run(shutOff(List.of(program.toString(), "-I", "-c", PROBE)));
      List<String> lines = probe.output().lines().toList();
      if (probe.succeeded() && lines.size() == 2) {
        return Optional.of(new Python(Path.of(lines.get(0)), "pip " + lines.get(1), scratch));
      }
    }
    return Optional.empty();
  }

  private static List<Path> candidates(Map<String, String> environment) {
    List<Path> candidates = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("PATH")) {
            for (String folder : value.split(Pattern.quote(File.pathSeparator), -1)) {
              candidates.addAll(in(folder));
            }
          }
        });
    return candidates;
  }

  private static List<Path> in(String folder) {
    try {
      Path path = Path.of(folder);
      return folder.isEmpty()
          ? List.of()
          : NAMES.stream().map(path::resolve).filter(Python::isProgram).toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static ProcessBuilder shutOff(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> FOREIGN.matcher(name.toUpperCase(Locale.ROOT)).matches());
    environment.put("PIP_CONFIG_FILE", File.separatorChar == '/' ? "/dev/null" : "nul");
    return builder;
  }

  /** Which pip and which Python it is. */
  @Override
  public String toString() {
    return description;
  }

  /** Makes an environment that has nothing installed. */
  Environment environment(String name) throws IOException, InterruptedException {
    Path folder = scratch.place(name);
    checked(
        run(List.of(program.toString(), "-I", "-m", "venv", "--without-pip", folder.toString())));
    Path own =
        Files.isDirectory(folder.resolve("Scripts"))
            ? folder.resolve("Scripts").resolve("python.exe")
            : folder.resolve("bin").resolve("python");
    String packages =
        checked(
            run(
                List.of(
                    own.toString(),
                    "-c",
                    "import sysconfig; print(sysconfig.get_path('purelib'))")));
    return new Environment(own, Path.of(packages), folder.resolve("witness"));
  }

  private static String checked(Scratch.Outcome outcome) throws IOException {
    if (!outcome.succeeded()) {
      throw new IOException("no environment could be made: " + outcome.output().strip());
    }
    return outcome.output().strip();
  }

  private Scratch.Outcome run(List<String> command) throws IOException, InterruptedException {
    return scratch.run(shutOff(command));
  }

  /** A place that is installed into. */
  final class Environment {
    private final Path python;
    private final Path packages;
    private final Path witness;

    private Environment(Path python, Path packages, Path witness) {
      this.python = python;
      this.packages = packages;
      this.witness = witness;
    }

    /** Lets the machine's pip install a requirement from this index, and from nowhere else. */
    Scratch.Outcome install(URI index, String requirement)
        throws IOException, InterruptedException {
      ProcessBuilder pip =
          shutOff(
              List.of(
                  program.toString(),
                  "-m",
                  "pip",
                  "install",
                  "--isolated",
                  "--no-cache-dir",
                  "--disable-pip-version-check",
                  "--no-input",
                  "--progress-bar=off",
                  "--timeout=15",
                  "--retries=0",
                  "--no-deps",
                  "--no-compile",
                  "--only-binary=:all:",
                  "--target=" + packages,
                  "--index-url=" + index,
                  requirement));
      return scratch.run(pip);
    }

    /** Starts this environment's Python with one statement; payloads may bear witness. */
    Scratch.Outcome start(String statement) throws IOException, InterruptedException {
      ProcessBuilder program = shutOff(List.of(python.toString(), "-c", statement));
      program.environment().put(LitellmReleases.WITNESS, witness.toString());
      return scratch.run(program);
    }

    /** The versions of litellm that are installed here. */
    List<String> litellm() {
      return List.of("1.82.6", "1.82.7", "1.82.8").stream()
          .filter(version -> Files.exists(packages.resolve("litellm-" + version + ".dist-info")))
          .toList();
    }

    /** What payloads said that ran here; empty: none did. */
    String witnessed() throws IOException {
      return Files.exists(witness) ? Files.readString(witness).strip() : "";
    }
  }
}
