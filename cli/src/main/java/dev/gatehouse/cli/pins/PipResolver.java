package dev.gatehouse.cli.pins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.write.KnownVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets pip resolve: {@code pip install --dry-run --report --only-binary :all:}, so that no source
 * archive may run its code. It sees requirements of an index alone: for a folder or a repository it
 * would run what builds them.
 */
final class PipResolver {
  private static final int LONGEST_MINUTES = 10;

  private final String python;
  private final IndexAddress index;
  private final Map<String, String> environment;

  /**
   * @param python the program whose pip is asked
   */
  PipResolver(String python, IndexAddress index, Map<String, String> environment) {
    this.python = python;
    this.index = index;
    this.environment = environment;
  }

  /**
   * What an install would take, for the Python that runs pip.
   *
   * @param asked which of the file's requirements are resolved
   * @throws CommandFailure where pip is missing or finds no solution
   */
  KnownVersions resolve(PinFile file, Predicate<Requirement> asked)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gatehouse-pin");
    try {
      Path report = folder.resolve("report.json");
      run(folder, arguments(file, asked, folder, report));
      return known(new JsonMapper().readTree(Files.readAllBytes(report)));
    } catch (JacksonException | MalformedException e) {
      throw failed(
          "its report cannot be read: " + Printable.of(String.valueOf(e.getMessage()), 200));
    } finally {
      delete(folder);
    }
  }

  private List<String> arguments(
      PinFile file, Predicate<Requirement> asked, Path folder, Path report) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "pip",
                "install",
                "--dry-run",
                "--ignore-installed",
                "--only-binary=:all:",
                "--disable-pip-version-check",
                "--no-input",
                "--quiet",
                "--timeout=30",
                "--report=" + report));
    arguments.add(
        "--requirement="
            + lines(
                folder.resolve("requirements.txt"), file, each -> wants(each) && asked.test(each)));
    arguments.add(
        "--constraint="
            + lines(
                folder.resolve("constraints.txt"), file, each -> each.role() == Role.CONSTRAINT));
    return arguments;
  }

  static boolean wants(Requirement requirement) {
    return requirement.fromIndex()
        && (requirement.role() == Role.DECLARED || requirement.role() == Role.LOCKED);
  }

  private static Path lines(Path to, PinFile file, Predicate<Requirement> asked)
      throws IOException {
    List<String> lines =
        file.requirements().stream()
            .filter(Requirement::fromIndex)
            .filter(asked)
            .map(PinLine::of)
            .toList();
    return Files.write(to, lines, UTF_8);
  }

  private void run(Path folder, List<String> command) throws InterruptedException {
    // An empty folder: Python looks for pip in the one it starts in, and that may be a stranger's.
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith("PIP_") && !name.startsWith("PYTHON")) {
            builder.environment().put(name, value);
          }
        });
    builder.environment().put("PIP_CONFIG_FILE", nullDevice());
    builder.environment().put("PIP_INDEX_URL", index.withCredentials());
    try {
      Process process = builder.start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw failed("it did not end within %d minutes".formatted(LONGEST_MINUTES));
      }
      if (process.exitValue() != 0) {
        throw failed(lastLines(output));
      }
    } catch (IOException e) {
      throw failed(Reasons.of(e));
    }
  }

  private static String nullDevice() {
    return System.getProperty("os.name", "").startsWith("Windows") ? "nul" : "/dev/null";
  }

  private static String lastLines(Path output) throws IOException {
    try (Stream<String> all = Files.lines(output)) {
      List<String> errors = all.filter(line -> line.startsWith("ERROR: ")).limit(20).toList();
      return errors.isEmpty()
          ? "it ended with an error that it did not explain"
          : Printable.of(
              String.join(" ", errors.stream().map(line -> line.substring(7)).toList()), 500);
    }
  }

  private CommandFailure failed(String why) {
    return new CommandFailure(
        ExitCode.INCOMPLETE,
        "Could not resolve with the pip of " + python + ": " + why + ".",
        "Nothing was written. Mend the requirement that it names, name another Python with --python, or take the versions from an environment or a lock with --from.");
  }

  private KnownVersions known(JsonNode report) {
    Map<ProjectName, Version> chosen = new LinkedHashMap<>();
    for (JsonNode install : report.path("install")) {
      JsonNode metadata = install.path("metadata");
      chosen.put(
          ProjectName.parse(metadata.path("name").asString()),
          Version.parse(metadata.path("version").asString()));
    }
    String pip = "pip " + Printable.of(report.path("pip_version").asString("?"), 20);
    return KnownVersions.of(pip, chosen);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
