package dev.gatehouse.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.outcome.Endings;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class OwnerCommandIT {
  @TempDir private Path folder;
  private Path toml;
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    toml = folder.resolve("gatehouse.toml");
    Files.writeString(toml, "[gateway]\ndata = \"data\"\n");
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    GatewayReader.Read read =
        new GatewayReader(Map.of(), free, free, null).read(toml, Files.readString(toml));
    server =
        GatewayServer.start(
            read.settings(), folder, OutboundSettings.of(Map.of(), null), Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** How a command ended, and what it said. */
  private record Ended(int code, String out, String err) {}

  private Ended run(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", toml.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Endings.of(GatewayCommand.of(environment, "test", InputStream.nullInputStream()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended run(String... words) {
    return run(Map.of(), words);
  }

  @Test
  void removesOneWhoseKeysWorkOnlyTogetherWithThem() {
    run("user", "add", "ann");
    run("key", "add", "app", "--user", "ann");
    run("key", "add", "ci", "--user", "ann");

    assertThat(run("user", "remove", "ann"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                The user ann still has 2 keys that work.
                Nothing was removed. Revoke what it has, or remove it with --revoke-keys (revoke-keys=true), which does both at once.
                """));
    assertThat(run("user", "list").out()).contains("ann");
    assertThat(run("user", "remove", "ann", "--revoke-keys"))
        .isEqualTo(new Ended(0, "", "Removed the user ann and revoked its keys: app, ci.\n"));
    assertThat(run("user", "list").out()).doesNotContain("ann");
    assertThat(run("key", "show", "app").out())
        .contains("\"reason\" : \"the user ann was removed\"");
  }

  @Test
  void removesATeamWithoutKeysAndSaysWhereThereIsNone() {
    run("team", "add", "search");

    assertThat(run("team", "remove", "search"))
        .isEqualTo(new Ended(0, "", "Removed the team search.\n"));
    assertThat(run("team", "remove", "search"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                There is no team search.
                No team of this name is known. List them: gatehouse gateway team list
                """));
  }

  @Test
  void removesNothingByATokenThatMayOnlyRevoke() {
    run("user", "add", "ann");
    String token =
        new JsonMapper().readTree(run("revoker", "add", "index").out()).path("token").asString("");

    Ended refused =
        run(Map.of("GATEHOUSE_GATEWAY_TOKEN", token), "user", "remove", "ann", "--revoke-keys");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).startsWith("This token may only revoke.\n");
    assertThat(run("user", "list").out()).contains("ann");
  }
}
