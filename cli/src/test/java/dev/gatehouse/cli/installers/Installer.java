package dev.gatehouse.cli.installers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real client, shut off from every source but the index that a test gives it. */
final class Installer {
  private static final int LONGEST_MINUTES = 5;

  private static final List<String> PIP_OPTIONS =
      List.of(
          "--isolated",
          "--no-cache-dir",
          "--disable-pip-version-check",
          "--timeout=15",
          "--retries=0",
          "--no-deps",
          "--only-binary=:all:");

  private final List<String> program;
  private final List<String> installing;
  private final String indexOption;

  private Installer(List<String> program, List<String> installing, String indexOption) {
    this.program = program;
    this.installing = installing;
    this.indexOption = indexOption;
  }

  /** What a run came to. */
  record Outcome(int exitCode, String output) {}

  /** The pip of the machine's Python. */
  static Optional<Installer> pipOfTheMachine() {
    return pip(List.of("python3", "-m", "pip"));
  }

  /** The newest pip among the real wheels, run from inside its wheel. */
  static Optional<Installer> newestPip() {
    return Corpus.wheels().stream()
        .filter(wheel -> wheel.getFileName().toString().startsWith("pip-"))
        .max(Comparator.naturalOrder())
        .flatMap(wheel -> pip(List.of("python3", wheel.resolve("pip").toString())));
  }

  /** The oldest pip that a Python of pyenv brought along, run from inside its wheel. */
  static Optional<Installer> oldestPip() {
    return BundledPip.all().stream()
        .min(Comparator.comparing(BundledPip::version))
        .flatMap(
            pip -> pip(List.of(pip.python().toString(), pip.wheel().resolve("pip").toString())));
  }

  private static Optional<Installer> pip(List<String> program) {
    List<String> installing = new ArrayList<>(List.of("install", "--no-compile"));
    installing.addAll(PIP_OPTIONS);
    return new Installer(program, installing, "--index-url=").ifItRuns();
  }

  /** The uv of the machine. */
  static Optional<Installer> uv() {
    List<String> installing =
        List.of(
            "pip",
            "install",
            "--no-config",
            "--no-cache",
            "--python=python3",
            "--no-deps",
            "--only-binary=:all:");
    return new Installer(List.of("uv"), installing, "--default-index=").ifItRuns();
  }

  private Optional<Installer> ifItRuns() {
    try {
      return run(List.of("--version")).exitCode() == 0 ? Optional.of(this) : Optional.empty();
    } catch (UncheckedIOException noSuchProgram) {
      return Optional.empty();
    }
  }

  /** Installs what the arguments name into a folder of its own, without what they depend on. */
  Outcome install(URI index, Path target, List<String> arguments) {
    List<String> all = new ArrayList<>(installing);
    all.add(indexOption + index);
    all.add("--target=" + target);
    all.addAll(arguments);
    return run(all);
  }

  /** Downloads what one requirement names, without what it depends on; only pip does. */
  Outcome download(URI index, Path target, String requirement) {
    List<String> all = new ArrayList<>(List.of("download"));
    all.addAll(PIP_OPTIONS);
    all.addAll(List.of("--index-url=" + index, "--dest=" + target, requirement));
    return run(all);
  }

  /** Name and version, as {@code pip 26.2.1}. */
  String version() {
    String[] words = run(List.of("--version")).output().split(" ", 3);
    return words[0] + " " + words[1].strip();
  }

  /** Installs what the arguments name into a folder of its own, with what they depend on. */
  Outcome installWithDependencies(URI index, Path target, List<String> arguments) {
    List<String> all = new ArrayList<>(installing);
    all.remove("--no-deps");
    all.add(indexOption + index);
    all.add("--target=" + target);
    all.addAll(arguments);
    return run(all);
  }

  private Outcome run(List<String> arguments) {
    List<String> all = new ArrayList<>(program);
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("PIP_") || variable.startsWith("UV_"));
    builder.environment().put("PIP_CONFIG_FILE", "/dev/null");
    builder.environment().put("UV_HTTP_TIMEOUT", "15");
    try {
      Path output = Files.createTempFile("installer", ".out");
      Process process = builder.redirectOutput(output.toFile()).start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not end: " + Files.readString(output, UTF_8));
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
}
