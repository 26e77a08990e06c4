package dev.gatehouse.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.outcome.Endings;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.ByteArrayInputStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCommandIT {
  @TempDir private Path folder;

  private GatewaySettings settings() throws Exception {
    Path toml = folder.resolve("gatehouse.toml");
    Files.writeString(
        toml,
        """
        [gateway]
        data = "gateway"

        [[gateway.provider]]
        name = "openai"
        type = "openai"
        """);
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new GatewayReader(Map.of(), free, free, null)
        .read(toml, Files.readString(toml))
        .settings();
  }

  private GatewayServer start() throws Exception {
    return GatewayServer.start(settings(), folder, OutboundSettings.direct(), Clock.systemUTC());
  }

  private String run(String in, String... words) {
    List<String> all = new ArrayList<>(List.of("provider"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", folder.resolve("gateway").toString()));
    StringWriter err = new StringWriter();
    int code =
        Endings.of(
                GatewayCommand.of(Map.of(), "test", new ByteArrayInputStream(in.getBytes(UTF_8))))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return err.toString();
  }

  @Test
  void rotatesTheKeyEncryptionKeyAndKeepsTheStoredKeysOverAStart() throws Exception {
    Path file = folder.resolve("gateway/key-encryption-key");
    String before;
    try (GatewayServer server = start()) {
      run("sk-stored\n", "set-key", "openai");
      before = Files.readString(file);

      assertThat(run("", "rotate-key-encryption-key"))
          .isEqualTo("Rotated the key-encryption key; stored keys under it: 1.%n".formatted());
      assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n").isNotEqualTo(before);
      assertThat(server.keyProblem(settings().models().providers().getFirst())).isEmpty();
    }
    try (GatewayServer server = start()) {
      assertThat(server.keyProblem(settings().models().providers().getFirst())).isEmpty();
    }
    Files.writeString(file, before);
    try (GatewayServer server = start()) {
      assertThat(server.keyProblem(settings().models().providers().getFirst()).orElseThrow())
          .contains("encrypted with another key-encryption key");
    }
  }
}
