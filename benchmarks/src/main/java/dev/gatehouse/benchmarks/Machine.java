package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the figures were measured on.
 *
 * @param text in one line, without anything that names the machine
 */
record Machine(String text) {
  private static final Duration SOON = Duration.ofSeconds(30);

  static Machine here(Path checkout) throws IOException, InterruptedException {
    try (Programs programs = new Programs()) {
      String nginx = programs.outputOf(List.of("nginx", "-v"), SOON).strip();
      String python = programs.outputOf(List.of("python3", "--version"), SOON).strip();
      String pip = programs.outputOf(List.of("python3", "-m", "pip", "--version"), SOON).strip();
      return new Machine(
          "%d cores (%s), %s %s, Java %s, nginx %s, %s, pip %s; commit %s"
              .formatted(
                  Runtime.getRuntime().availableProcessors(),
                  processor(),
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  Runtime.version(),
                  nginx.substring(nginx.lastIndexOf('/') + 1),
                  python,
                  pip.split(" ", -1)[1],
                  commit(programs, checkout)));
    }
  }

  private static String processor() throws IOException {
    Path information = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(information)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(information).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** A source archive has none. */
  private static String commit(Programs programs, Path checkout) throws InterruptedException {
    try {
      List<String> command =
          List.of("git", "-C", checkout.toString(), "describe", "--always", "--dirty");
      return programs.outputOf(command, SOON).strip();
    } catch (IOException noRepository) {
      return "unknown";
    }
  }
}
