package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that was started from the distribution, with its data in {@code data}. */
final class RunningServer implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final StringBuilder output = new StringBuilder();
  private final URI address;

  private RunningServer(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    BufferedReader out = process.inputReader();
    String first = out.readLine();
    if (first == null) {
      throw new IllegalStateException(
          "it ended without a word, but for:\n" + Files.readString(log));
    }
    output.append(first).append('\n');
    this.address = URI.create(first.substring(first.lastIndexOf(' ') + 1));
    // The message ends with an empty line after the lines for pip.conf.
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      output.append(line).append('\n');
      if (line.isEmpty() && output.indexOf("index-url = ") >= 0) {
        break;
      }
    }
  }

  /**
   * Starts it.
   *
   * @param configuration what {@code gatehouse.toml} holds
   */
  static RunningServer start(Path home, Path folder, String configuration, String... options)
      throws IOException {
    Files.writeString(folder.resolve("gatehouse.toml"), configuration);
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/gatehouse").toString());
    command.addAll(
        List.of("serve", "--listen", "127.0.0.1:0", "--data", folder.resolve("data").toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
    builder.environment().put("JDK25_HOME", System.getProperty("java.home"));
    return new RunningServer(builder.start(), log);
  }

  URI address() {
    return address;
  }

  /** What it printed when it had started. */
  String output() {
    return output.toString();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends it without a chance to finish anything, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to stop, and waits until it has. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("stopped").isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
