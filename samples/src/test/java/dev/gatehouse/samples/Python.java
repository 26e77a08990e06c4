package dev.gatehouse.samples;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's own Python, shut off from every package index and configuration. */
final class Python {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;

  private Python(Path folder) {
    this.folder = folder;
  }

  /** Python at work in that folder; the test is skipped where there is none with pip. */
  static Python in(Path folder) throws IOException, InterruptedException {
    Python python = new Python(folder);
    try {
      Outcome pip = python.run("-m", "pip", "--version");
      return pip.exitCode() == 0 ? python : abort("skipped: python3 has no pip: " + pip.output());
    } catch (IOException e) {
      return abort("skipped: there is no python3: " + e.getMessage());
    }
  }

  record Outcome(int exitCode, String output) {}

  Outcome pip(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-m", "pip", "--isolated", "--no-cache-dir"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("python-output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PIP_") || name.startsWith("UV_"));
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("python3 gave no answer: " + command);
    }
    byte[] text = Files.readAllBytes(output);
    return new Outcome(process.exitValue(), new String(text, StandardCharsets.UTF_8));
  }
}
