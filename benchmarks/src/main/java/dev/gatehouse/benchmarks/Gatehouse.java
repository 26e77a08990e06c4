package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code gatehouse serve} in a process of its own, as a user starts it, with nginx upstream. */
final class Gatehouse implements AutoCloseable {
  private static final Pattern SERVES = Pattern.compile("serves (http://127\\.0\\.0\\.1:\\d+/)");

  private final Programs programs;
  private final Process process;
  private final URI address;

  private Gatehouse(Programs programs, Process process, URI address) {
    this.programs = programs;
    this.process = process;
    this.address = address;
  }

  /** Starts one over a new data folder, and waits until it says where it listens. */
  static Gatehouse start(Workbench bench) throws IOException {
    return startOver(bench, bench.newFolder());
  }

  /** The same, which admits all and inspects nothing. */
  static Gatehouse observing(Workbench bench) throws IOException {
    Path data = bench.newFolder();
    Files.writeString(data.resolveSibling("gatehouse.toml"), "[policy]\nmode = \"observe\"\n");
    return startOver(bench, data);
  }

  /** The same, over a data folder that may hold something. */
  static Gatehouse startOver(Workbench bench, Path data) throws IOException {
    Path errors = data.resolveSibling("gatehouse.log");
    List<String> command =
        bench.gatehouse(
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            data.toString(),
            "--upstream",
            bench.nginx().simple().toString());
    Process process = bench.programs().start(command, errors);
    BufferedReader output = process.inputReader(UTF_8);
    Optional<URI> address = address(output);
    if (address.isEmpty()) {
      bench.programs().stop(process);
      throw new IOException("gatehouse does not start: " + Files.readString(errors));
    }
    // Nobody reads the rest, and nobody may wait for that.
    Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
    return new Gatehouse(bench.programs(), process, address.get());
  }

  /** The first address that it says it serves; empty where it ends without. */
  private static Optional<URI> address(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher serves = SERVES.matcher(line);
      if (serves.find()) {
        return Optional.of(URI.create(serves.group(1)));
      }
    }
    return Optional.empty();
  }

  URI address() {
    return address;
  }

  URI simple() {
    return address.resolve("simple/");
  }

  URI page(String project) {
    return address.resolve("simple/" + project + "/");
  }

  URI file(String project, String fileName) {
    return address.resolve("files/" + project + "/" + fileName);
  }

  URI ready() {
    return address.resolve("health/ready");
  }

  Process process() {
    return process;
  }

  @Override
  public void close() {
    programs.stop(process);
  }
}
