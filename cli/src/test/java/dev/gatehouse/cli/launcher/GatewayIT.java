package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.docs.Checkout;
import java.io.BufferedReader;
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
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway of the built distribution, on the class path that it has there. */
@EnabledOnOs(OS.LINUX)
class GatewayIT {
  private static final Path HOME = Checkout.root().resolve("cli/target/gatehouse");
  private static final JsonMapper JSON = new JsonMapper();

  /** What reads archives, repositories, pages of strangers, or serves the index. */
  private static final String FOREIGN =
      "(gatehouse-(advisories|comparison|index|inspection|pins|provenance|samples|upstream|vetting)"
          + "|gatehouse|commons-.*|xz|org\\.eclipse\\.jgit|sigstore-java|java-diff-utils|jsoup|protobuf-.*|bc.*)(-[0-9].*)?\\.jar";

  @TempDir Path folder;

  @Test
  void hasNothingOnItsClassPathThatReadsWhatStrangersWrote() throws IOException {
    List<String> path = classPath(HOME.resolve("gateway.jar"));

    assertThat(path)
        .contains("gateway-commands.jar")
        .anyMatch(jar -> jar.startsWith("lib/picocli-"))
        .anyMatch(jar -> jar.startsWith("lib/gatehouse-gateway-"))
        .anyMatch(jar -> jar.startsWith("lib/sqlite-jdbc-"))
        .doesNotHaveDuplicates()
        .allSatisfy(jar -> assertThat(HOME.resolve(jar)).isRegularFile())
        .noneMatch(jar -> jar.substring(jar.indexOf('/') + 1).matches(FOREIGN));
    // The pattern knows what it is to find.
    assertThat(classPath(HOME.resolve("gatehouse.jar")))
        .filteredOn(jar -> jar.substring(jar.indexOf('/') + 1).matches(FOREIGN))
        .hasSizeGreaterThan(12);
  }

  @Test
  void takesOnlyTheGatewaysCommandsOfThisModule() throws IOException {
    try (JarFile jar = new JarFile(HOME.resolve("gateway-commands.jar").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path")).isNull();
      Set<String> packages =
          jar.stream()
              .filter(entry -> entry.getName().endsWith(".class"))
              .map(entry -> entry.getName().replaceFirst("/[^/]*$", ""))
              .collect(Collectors.toSet());
      assertThat(packages)
          .containsExactlyInAnyOrder(
              "dev/gatehouse/cli",
              "dev/gatehouse/cli/client",
              "dev/gatehouse/cli/configuration",
              "dev/gatehouse/cli/gateway",
              "dev/gatehouse/cli/outcome",
              "dev/gatehouse/cli/serve");
    }
  }

  @Test
  void showsTheHelpOfEachOfItsCommandsOnThatClassPath() throws Exception {
    for (String command :
        List.of("serve", "key", "user", "team", "provider", "usage", "revoker", "import-litellm")) {
      Run run = gatehouse(Map.of(), "gateway", command, "--help");

      assertThat(run.exitCode()).as(command).isZero();
      assertThat(run.out()).startsWith("Usage: gatehouse gateway " + command);
      assertThat(run.err()).isEmpty();
    }
    assertThat(gatehouse(Map.of(), "gateway", "--help").out())
        .contains("serve", "key", "migrate-code");
  }

  @Test
  void revokesTheKeysOfThoseWhoReceivedARecalledVersion() throws Exception {
    Path wheels = Files.createDirectories(folder.resolve("wheels"));
    Files.writeString(wheels.resolve("demo-1.0.tar.gz"), "not looked at");
    String configuration =
        """
        [index]
        anonymous = "nobody"
        data = "data"
        [policy]
        minimum-age = "0d"
        inspect = false
        [gateway]
        data = "gateway"
        """;
    try (RunningServer index =
            RunningServer.start(HOME, folder, configuration, "--upstream", "file:" + wheels);
        Gateway gateway = Gateway.start(folder)) {
      Map<String, String> receiver = client("receiver");
      Map<String, String> bystander = client("bystander");
      String token = json(gatehouse(Map.of(), "gateway", "revoker", "add", "recall"), "token");
      Run unknown = gatehouse(Map.of(), "gateway", "key", "add", "lost", "--client", "nobody");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.err())
          .startsWith("Could not add the key: the index has no client nobody,");
      String theirs = key(receiver);
      String others = key(bystander);
      URI models = gateway.address().resolve("v1/models");
      assertThat(status(models, theirs)).isEqualTo(200);
      assertThat(
              status(index.address().resolve("files/demo/demo-1.0.tar.gz"), receiver.get("token")))
          .isEqualTo(200);

      Run recall =
          gatehouse(
              Map.of("GATEHOUSE_REVOKE_TOKEN", token),
              "recall",
              "demo==1.0",
              "--reason",
              "steals keys",
              "--data",
              folder.resolve("data").toString(),
              "--revoke-keys",
              "--gateway",
              gateway.administration());

      assertThat(recall.err()).isEmpty();
      assertThat(recall.exitCode()).isZero();
      assertThat(recall.out())
          .contains("Recalled demo==1.0")
          .contains("Revoked 1 key of clients that received it:\n")
          .containsPattern("(?m)^key-of-receiver +receiver ");
      assertThat(status(models, theirs)).isEqualTo(401);
      assertThat(status(models, others)).isEqualTo(200);
      // The revoker's token can do nothing else.
      assertThat(
              gatehouse(
                      Map.of("GATEHOUSE_GATEWAY_TOKEN", token),
                      "gateway",
                      "key",
                      "list",
                      "--server",
                      gateway.administration())
                  .err())
          .startsWith("This token may only revoke.\n");

      gateway.stop();
      Run again =
          gatehouse(
              Map.of("GATEHOUSE_REVOKE_TOKEN", token),
              "recall",
              "demo==1.0",
              "--reason",
              "steals keys",
              "--data",
              folder.resolve("data").toString(),
              "--revoke-keys",
              "--gateway",
              gateway.administration());
      assertThat(again.exitCode()).isEqualTo(3);
      assertThat(again.out()).contains("Recalled demo==1.0");
      assertThat(again.err())
          .startsWith(
              "The recall stands, but the keys of those who received it were NOT revoked:\n"
                  + "Could not ask the server at "
                  + gateway.administration());
    }
  }

  @Test
  void saysInALineWhatIsWrongOrMissing() throws Exception {
    Files.writeString(
        folder.resolve("gatehouse.toml"),
        """
        [[gateway.provider]]
        name = "openai"
        type = "openai"
        """);
    try (Gateway gateway = Gateway.start(folder)) {
      String data = folder.resolve("gateway").toString();
      assertThat(gateway.message())
          .contains(
              "No key is stored for the provider openai. Store it: gatehouse gateway provider set-key openai\n");

      Run time =
          gatehouse(Map.of(), "gateway", "key", "add", "app", "--expires", "3x", "--data", data);
      assertThat(time)
          .isEqualTo(
              new Run(
                  2,
                  "",
                  """
                  Could not add the key: --expires is no time.
                  Give a time from now such as 30d, or a moment such as 2026-12-31T00:00:00Z.
                  """));

      Run named =
          gatehouse(Map.of(), "gateway", "key", "add", "app", "--client", "ci", "--data", data);
      assertThat(named.exitCode()).isZero();
      assertThat(named.err()).startsWith("The index could not be asked for the client's id; ");

      assertThat(gatehouse(Map.of(), "gateway", "usage", "--format", "csv", "--data", data))
          .isEqualTo(new Run(0, "", ""));
    }
  }

  @Test
  void writesNoCoreDump() throws Exception {
    try (Gateway gateway = Gateway.start(folder)) {
      Path process = Path.of("/proc").resolve(String.valueOf(gateway.process().pid()));
      assertThat(Files.readString(process.resolve("limits")))
          .containsPattern("Max core file size +0 +0 ");
      assertThat(Files.readString(process.resolve("cmdline")))
          .contains("gateway.jar")
          .doesNotContain("gatehouse.jar");
    }
  }

  /** Adds a client of the index: its name, id and token. */
  private Map<String, String> client(String name) throws Exception {
    Run added =
        gatehouse(
            Map.of(),
            "client",
            "add",
            name,
            "--role",
            "reader",
            "--format",
            "json",
            "--data",
            folder.resolve("data").toString());
    assertThat(added.exitCode()).as(added.err()).isZero();
    return Map.of("name", name, "id", json(added, "id"), "token", json(added, "token"));
  }

  private String key(Map<String, String> client) throws Exception {
    Run added =
        gatehouse(
            Map.of(),
            "gateway",
            "key",
            "add",
            "key-of-" + client.get("name"),
            "--client",
            String.valueOf(client.get("name")));
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(JSON.readTree(added.out()).path("client").path("id").asString(""))
        .isEqualTo(client.get("id"));
    return json(added, "key");
  }

  private static String json(Run run, String member) {
    JsonNode value = JSON.readTree(run.out()).path(member);
    assertThat(value.isString()).as(run.out() + run.err()).isTrue();
    return value.asString();
  }

  private static List<String> classPath(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return List.of(jar.getManifest().getMainAttributes().getValue("Class-Path").split(" "));
    }
  }

  private Run gatehouse(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/gatehouse").toString()));
    command.addAll(List.of(arguments));
    return Run.of(folder, environment, command.toArray(String[]::new));
  }

  private static int status(URI address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /**
   * A gateway that was started from the distribution, with its data in {@code gateway}.
   *
   * @param administration where it is administered
   * @param message what it printed first, up to how an application is pointed at it
   */
  private record Gateway(Process process, URI address, String administration, String message)
      implements AutoCloseable {
    static Gateway start(Path folder) throws IOException {
      Path log = folder.resolve("gateway-log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  HOME.resolve("bin/gatehouse").toString(),
                  "gateway",
                  "serve",
                  "--listen",
                  "127.0.0.1:0",
                  "--admin-listen",
                  "127.0.0.1:0",
                  "--data",
                  folder.resolve("gateway").toString())
              .directory(folder.toFile())
              .redirectError(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
      builder.environment().put("JDK25_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      BufferedReader out = process.inputReader();
      String first = out.readLine();
      assertThat(first).as(() -> read(log)).isNotNull();
      StringBuilder message = new StringBuilder(first).append('\n');
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        message.append(line).append('\n');
        if (line.contains("gatehouse gateway key add") || line.contains("set-key openai")) {
          break;
        }
      }
      // The address file is written before the message.
      return new Gateway(
          process,
          URI.create(first.substring(first.lastIndexOf(' ') + 1)),
          Files.readString(folder.resolve("gateway/address")).strip(),
          message.toString());
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        return e.toString();
      }
    }

    /** Ends it, and waits until it is gone. */
    void stop() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
      stop();
    }
  }
}
