package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.client.ServerKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that asks a running gateway, and how it is found by them. */
final class GatewayOptions {
  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description =
          "the gateway's administration address (default: GATEHOUSE_GATEWAY_URL, else that of the data folder)")
  private @Nullable String server;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description =
          "the gateway's data folder (default: as the configuration says, else gatehouse-gateway-data)")
  private @Nullable Path data;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "the configuration (default: gatehouse.toml)")
  private @Nullable Path config;

  /** Asks the gateway that the options, the environment or the local data folder name. */
  <T> T ask(Map<String, String> environment, Function<Administration, T> question) {
    return AskOptions.ask(ServerKind.GATEWAY, server, data, config, environment, question);
  }

  /** Asks the index that the environment or the same configuration names. */
  <T> T askIndex(Map<String, String> environment, Function<Administration, T> question) {
    return AskOptions.ask(ServerKind.INDEX, null, null, config, environment, question);
  }
}
