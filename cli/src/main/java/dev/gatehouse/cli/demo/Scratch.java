package dev.gatehouse.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary folder of one demo and the program that runs in it. Nothing of either is left when
 * the demo ends, also where SIGINT or SIGTERM ends it.
 */
final class Scratch implements AutoCloseable {
  /** Some hundred times what a run takes. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

  /** How long the end of the process waits for servers to close and the folder to go. */
  private static final Duration PARTING = Duration.ofSeconds(15);

  private final Path folder;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("demo-stop").unstarted(this::stop);
  private volatile boolean stopping;
  private volatile @Nullable Process running;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder, for its owner alone. */
  static Scratch make() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("gatehouse-demo-").toRealPath());
    Runtime.getRuntime().addShutdownHook(scratch.hook);
    return scratch;
  }

  /** A place in the folder for a part of the demo that begins now. */
  Path place(String name) {
    goOn();
    return folder.resolve(name);
  }

  /** What a program came to: all that it said, on whichever stream. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * Runs a program to its end, with nothing to read.
   *
   * @throws IOException where it cannot be started
   */
  Outcome run(ProcessBuilder program) throws IOException, InterruptedException {
    goOn();
    Path output = Files.createTempFile(folder, "run-", ".out");
    // What it makes for a while goes into the folder too, and with the folder.
    List.of("TMPDIR", "TEMP", "TMP")
        .forEach(name -> program.environment().put(name, folder.toString()));
    // Python imports from where it is started: not from wherever the user stands.
    program.directory(folder.toFile());
    Process process = program.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    running = process;
    try {
      process.getOutputStream().close();
      if (stopping || !process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
        end(process);
      }
      goOn();
      return new Outcome(process.waitFor(), new String(Files.readAllBytes(output), UTF_8));
    } finally {
      running = null;
    }
  }

  /** Ends the demo here, where it was told to stop. */
  private void goOn() {
    if (stopping) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE, List.of("Stopped: the demo's folder and programs are removed."));
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The main thread notices, closes what it opened and removes the folder. */
  private void stop() {
    stopping = true;
    Process process = running;
    if (process != null) {
      end(process);
    }
    try {
      if (!gone.await(PARTING.toSeconds(), TimeUnit.SECONDS)) {
        remove();
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("Could not remove " + folder + ": " + e + ". Remove it by hand.");
    }
  }

  private void remove() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes the folder. */
  @Override
  public void close() throws IOException {
    try {
      remove();
    } finally {
      gone.countDown();
    }
    if (!stopping) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
