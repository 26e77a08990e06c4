package dev.gatehouse.cli.installers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real pip, shut off from every source but the index that a test gives it. */
final class Pip {
  private static final int LONGEST_MINUTES = 5;

  private final String name;
  private final List<String> command;

  private Pip(String name, List<String> command) {
    this.name = name;
    this.command = command;
  }

  /** What a run of pip came to. */
  record Outcome(int exitCode, String output) {}

  /** The pip of the machine's Python. */
  static Optional<Pip> ofTheMachine() {
    return working("the machine's", List.of("python3", "-m", "pip"));
  }

  /** The newest pip among the real wheels, run from inside its wheel. */
  static Optional<Pip> newest() {
    return Corpus.wheels().stream()
        .filter(wheel -> wheel.getFileName().toString().startsWith("pip-"))
        .max(java.util.Comparator.naturalOrder())
        .flatMap(
            wheel -> working("the newest", List.of("python3", wheel.resolve("pip").toString())));
  }

  private static Optional<Pip> working(String name, List<String> command) {
    Pip pip = new Pip(name, command);
    try {
      Outcome version = pip.run(List.of("--version"));
      return version.exitCode() == 0 ? Optional.of(pip) : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Installs what the arguments name into a folder of its own, without what they depend on. */
  Outcome install(URI index, Path target, List<String> arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "install",
                "--isolated",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--timeout=15",
                "--retries=0",
                "--no-deps",
                "--no-compile",
                "--only-binary=:all:",
                "--index-url=" + index,
                "--target=" + target));
    all.addAll(arguments);
    return run(all);
  }

  private Outcome run(List<String> arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("PIP_") || variable.startsWith("UV_"));
    builder.environment().put("PIP_CONFIG_FILE", "/dev/null");
    try {
      Path output = Files.createTempFile("pip", ".out");
      Process process = builder.redirectOutput(output.toFile()).start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("pip did not end: " + Files.readString(output, UTF_8));
      }
      Outcome outcome = new Outcome(process.exitValue(), Files.readString(output, UTF_8));
      Files.delete(output);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
