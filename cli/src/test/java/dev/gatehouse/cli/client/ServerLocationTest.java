package dev.gatehouse.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLocationTest {
  @TempDir Path data;

  @BeforeEach
  void aServerRan() throws IOException {
    Files.writeString(data.resolve("address"), "http://127.0.0.1:9999/\n");
    Files.writeString(data.resolve("admin-token"), "gatehouse_local\n");
  }

  @Test
  void asksTheServerOfTheDataFolderAsItsAdministrator() {
    assertThat(ServerLocation.find(ServerKind.INDEX, null, data, false, Map.of()))
        .isEqualTo(
            new ServerLocation(
                ServerKind.INDEX,
                URI.create("http://127.0.0.1:9999/"),
                Secret.of("gatehouse_local")));
  }

  @Test
  void asksTheNamedServerWithTheTokenOfTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "GATEHOUSE_URL", "https://packages.example.com", "GATEHOUSE_TOKEN", "gatehouse_mine");

    assertThat(ServerLocation.find(ServerKind.INDEX, null, data, false, environment))
        .isEqualTo(
            new ServerLocation(
                ServerKind.INDEX,
                URI.create("https://packages.example.com/"),
                Secret.of("gatehouse_mine")));
    assertThat(
            ServerLocation.find(ServerKind.INDEX, "http://127.0.0.1:1", data, false, environment)
                .address())
        .isEqualTo(URI.create("http://127.0.0.1:1/"));
  }

  @Test
  void keepsTheLocalTokenFromAServerThatAVariableNames() {
    assertThatThrownBy(
            () ->
                ServerLocation.find(
                    ServerKind.INDEX,
                    null,
                    data,
                    false,
                    Map.of("GATEHOUSE_URL", "https://elsewhere.example")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            """
            Could not ask the server at https://elsewhere.example: no token.
            Set GATEHOUSE_TOKEN to an administrator's token, or name the data folder that has one with --data.""");
  }

  @Test
  void presentsTheLocalTokenElsewhereWhereTheFolderIsNamed() {
    assertThat(
            ServerLocation.find(
                    ServerKind.INDEX, "https://packages.example.com", data, true, Map.of())
                .token())
        .isEqualTo(Secret.of("gatehouse_local"));
  }

  @Test
  void saysWhereItLookedForAToken() throws IOException {
    Files.delete(data.resolve("admin-token"));

    assertThatThrownBy(() -> ServerLocation.find(ServerKind.INDEX, null, data, false, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(
            "Could not find the administrator's token: there is no " + data.resolve("admin-token"));
  }

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatThrownBy(
            () -> ServerLocation.find(ServerKind.INDEX, "ftp://x/", data, true, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(
            "Could not ask a server: its address is not an http or https address.");
  }
}
