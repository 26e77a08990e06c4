package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program that was run to its end said, and how it ended. */
record Run(int exitCode, String out, String err) {
  /** Runs a program with nothing on its standard input; it has two minutes. */
  static Run of(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return started(folder, environment, command).end();
  }

  static Running started(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().put("JDK25_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  record Running(Process process, Path out, Path err) {
    Run end() throws IOException, InterruptedException {
      try {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended within two minutes").isTrue();
        return new Run(
            process.exitValue(),
            Files.readString(out),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
      }
    }
  }
}
