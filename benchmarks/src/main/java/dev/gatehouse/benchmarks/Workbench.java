package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a measurement works with; closing it ends every program and removes every file.
 *
 * @param checkout where the launcher is
 * @param folder a throw-away one
 * @param programs what runs
 * @param samples what is served
 * @param nginx the peer, and Gatehouse's upstream
 */
record Workbench(Path checkout, Path folder, Programs programs, Samples samples, Nginx nginx)
    implements AutoCloseable {

  /**
   * Prepares.
   *
   * @param wheels a folder of real wheels; null: there is none
   */
  static Workbench open(Path checkout, @Nullable Path wheels)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gatehouse-benchmark-");
    Programs programs = new Programs();
    try {
      Samples samples = Samples.write(Files.createDirectories(folder.resolve("www")), wheels);
      Nginx nginx =
          Nginx.start(programs, Files.createDirectories(folder.resolve("nginx")), samples);
      return new Workbench(checkout, folder, programs, samples, nginx);
    } catch (IOException | InterruptedException | RuntimeException e) {
      programs.close();
      remove(folder);
      throw e;
    }
  }

  /** The command line of Gatehouse. */
  List<String> gatehouse(String... arguments) {
    return Stream.concat(Stream.of(checkout.resolve("gatehouse").toString()), Stream.of(arguments))
        .toList();
  }

  /** A folder that is not there yet. */
  Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "work-").resolve("data");
  }

  @Override
  public void close() throws IOException {
    programs.close();
    remove(folder);
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
