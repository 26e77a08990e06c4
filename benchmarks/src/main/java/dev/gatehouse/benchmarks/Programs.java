package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Starts programs, and lets none of them outlive the benchmark, however that ends. */
final class Programs implements AutoCloseable {
  /** What would change what programs do, or send them elsewhere. */
  private static final List<String> UNWANTED =
      List.of("PIP_", "UV_", "PYTHON", "GATEHOUSE_", "HTTP_", "HTTPS_", "ALL_", "NO_");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Deque<Process> started = new ConcurrentLinkedDeque<>();

  Programs() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
  }

  /** Starts a program that is to be stopped. Its errors go to the file. */
  Process start(List<String> command, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return start(builder);
  }

  private Process start(ProcessBuilder builder) throws IOException {
    builder.environment().keySet().removeIf(Programs::isUnwanted);
    builder.environment().putAll(Map.of("PIP_CONFIG_FILE", "/dev/null", "LC_ALL", "C.UTF-8"));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    started.push(process);
    return process;
  }

  private static boolean isUnwanted(String name) {
    // The launcher passes its JDK on in this one.
    return UNWANTED.stream().anyMatch(name.toUpperCase(Locale.ROOT)::startsWith)
        && !name.equals("GATEHOUSE_JDK");
  }

  /**
   * Runs a program to its end.
   *
   * @return what it wrote, errors included
   * @throws IOException where it fails or takes longer than that
   */
  String outputOf(List<String> command, Duration most) throws IOException, InterruptedException {
    Path output = Files.createTempFile("gatehouse-benchmark-", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      Process process = start(builder);
      boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      String text = Files.readString(output, UTF_8);
      if (!ended || process.exitValue() != 0) {
        stop(process);
        throw new IOException(
            "%s %s: %s"
                .formatted(
                    String.join(" ", command),
                    ended ? "failed with " + process.exitValue() : "did not end in " + most,
                    text));
      }
      started.remove(process);
      return text;
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Asks a program to end, and ends it where it does not, with all that it started. */
  void stop(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    boolean ended = false;
    try {
      ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    started.remove(process);
  }

  @Override
  public void close() {
    started.forEach(this::stop);
  }
}
