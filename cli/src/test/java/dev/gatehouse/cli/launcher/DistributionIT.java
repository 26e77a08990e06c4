package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.docs.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The built distribution, as a user starts it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class DistributionIT {
  private static final Path HOME = Checkout.root().resolve("cli/target/gatehouse");

  @TempDir Path folder;

  @Test
  void showsItsHelp() throws Exception {
    Run run = gatehouse("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: gatehouse ").contains("serve").contains("client");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    assertThat(gatehouse("--frobnicate"))
        .isEqualTo(new Run(2, "", "Unknown option: '--frobnicate'\nTry: gatehouse --help\n"));
  }

  @Test
  void namesItsWholeClassPathAndNothingOfItsBuild() throws IOException {
    try (JarFile jar = new JarFile(HOME.resolve("gatehouse.jar").toFile());
        Stream<Path> lib = Files.list(HOME.resolve("lib"))) {
      var attributes = jar.getManifest().getMainAttributes();
      assertThat(attributes.getValue("Class-Path").split(" "))
          .containsExactlyInAnyOrderElementsOf(
              lib.map(file -> "lib/" + file.getFileName()).toList());
      assertThat(attributes.keySet())
          .extracting(Object::toString)
          .containsExactlyInAnyOrder(
              "Manifest-Version",
              "Main-Class",
              "Class-Path",
              "Implementation-Title",
              "Implementation-Version");
    }
  }

  @Test
  void servesUntilItIsToldToStop() throws Exception {
    try (RunningServer server =
        RunningServer.start(HOME, folder, "", "--upstream", "file:" + wheels())) {
      assertThat(server.output())
          .startsWith("Gatehouse ")
          .contains("pip install --index-url " + server.address() + "simple/ ");
      assertThat(status(server.address().resolve("simple/no-such-project/"))).isEqualTo(404);

      server.stop();

      assertThat(server.log())
          .contains("INFO Stopping")
          .contains("INFO Stopped\n")
          .doesNotContain("ERROR");
    }
    assertThat(folder.resolve("data/address")).doesNotExist();
  }

  @Test
  void refusesASecondServerOnTheSameFolder() throws Exception {
    try (RunningServer server =
        RunningServer.start(HOME, folder, "", "--upstream", "file:" + wheels())) {
      Run second =
          gatehouse(
              "serve", "--listen", "127.0.0.1:0", "--data", folder.resolve("data").toString());

      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(second.err())
          .isEqualTo(
              "Could not open the data folder %s: process %d is using it. Stop that one first, or choose another folder.\n"
                  .formatted(folder.resolve("data").toRealPath(), server.pid()));
      assertThat(second.out()).isEmpty();
    }
  }

  @Test
  void addsListsAndRemovesClientsOfTheRunningServer() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            HOME, folder, "[index]\nanonymous = \"nobody\"\n", "--upstream", "file:" + wheels())) {
      String data = folder.resolve("data").toString();

      Run added = gatehouse("client", "add", "ci", "--role", "reader", "--data", data);
      assertThat(added.exitCode()).isZero();
      assertThat(added.out()).matches("gatehouse_[A-Za-z0-9_-]+\n");
      assertThat(added.err())
          .isEqualTo("Added the client ci (reader). Its token, which is not shown again:\n");

      URI page = server.address().resolve("simple/");
      assertThat(status(page)).isEqualTo(401);
      assertThat(status(page, "Authorization", "Bearer " + added.out().strip())).isEqualTo(200);

      Run king = gatehouse("client", "add", "x", "--role", "king", "--data", data);
      assertThat(king.exitCode()).isEqualTo(2);
      assertThat(king.err())
          .startsWith(
              "Invalid value for option '--role' (ROLE): must be reader, publisher, approver or admin, not \"king\"\n");

      Run again = gatehouse("client", "add", "ci", "--role", "reader", "--data", data);
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(again.err()).startsWith("There is a client ci already.\n");

      assertThat(gatehouse("client", "list", "--data", data).out())
          .matches("NAME +ROLES +CREATED\nci +reader +20\\S+Z\n");
      assertThat(gatehouse("client", "list", "--data", data, "--format", "json").out())
          .contains("\"name\":\"ci\"")
          .doesNotContain(added.out().strip());

      assertThat(gatehouse("client", "remove", "ci", "--data", data).exitCode()).isZero();
      assertThat(status(page, "Authorization", "Bearer " + added.out().strip())).isEqualTo(401);
    }
  }

  @Test
  void saysThatNoServerRuns() throws Exception {
    try (RunningServer server =
        RunningServer.start(HOME, folder, "", "--upstream", "file:" + wheels())) {
      server.stop();
    }

    Run run =
        gatehouse(
            "client",
            "list",
            "--data",
            folder.resolve("data").toString(),
            "--server",
            "http://127.0.0.1:9/");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            """
            Could not ask the server at http://127.0.0.1:9/: the connection was refused.
            Check that it runs (gatehouse serve), or name another with --server, GATEHOUSE_URL or --data.
            """);
  }

  private String wheels() throws IOException {
    return Files.createDirectories(folder.resolve("wheels")).toString();
  }

  private Run gatehouse(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/gatehouse").toString()));
    command.addAll(List.of(arguments));
    return Run.of(folder, Map.of(), command.toArray(String[]::new));
  }

  private static int status(URI address, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
