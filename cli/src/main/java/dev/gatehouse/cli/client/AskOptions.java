package dev.gatehouse.cli.client;

import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.LocalSettings;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.outbound.OutboundSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that asks a running server, and how it is found by them. */
public final class AskOptions {
  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "the server to ask (default: GATEHOUSE_URL, else that of the data folder)")
  private @Nullable String server;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description =
          "the server's data folder (default: as the configuration says, else gatehouse-data)")
  private @Nullable Path data;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "the configuration (default: gatehouse.toml)")
  private @Nullable Path config;

  /**
   * Asks the server that the options, the environment or the local data folder name.
   *
   * @param environment where the server, the token and proxies are looked up
   */
  public <T> T ask(Map<String, String> environment, Function<Administration, T> question) {
    return ask(ServerKind.INDEX, server, data, config, environment, question);
  }

  /**
   * Asks a server.
   *
   * @param server its address; null: what the environment or the local data folder says
   * @param data its data folder; null: what the configuration says
   * @param config null: the default
   * @param environment where the server, the token and proxies are looked up
   */
  public static <T> T ask(
      ServerKind kind,
      @Nullable String server,
      @Nullable Path data,
      @Nullable Path config,
      Map<String, String> environment,
      Function<Administration, T> question) {
    LocalSettings local = local(kind, data, config);
    ServerLocation location =
        ServerLocation.find(kind, server, local.data(), data != null, environment);
    // What listens on this machine is not reached through a proxy.
    Map<String, String> proxies = location.isLoopback() ? Map.of() : environment;
    try (Administration administration =
        new Administration(location, OutboundSettings.of(proxies, local.caFile()))) {
      return question.apply(administration);
    }
  }

  /** The configuration that was named; null: the default. */
  public @Nullable Path config() {
    return config;
  }

  private static LocalSettings local(ServerKind kind, @Nullable Path data, @Nullable Path config) {
    ConfigurationFile file = ConfigurationFile.of(config, data);
    try {
      return switch (kind) {
        case INDEX -> LocalSettings.read(file, data);
        case GATEWAY -> LocalSettings.ofGateway(file, data);
      };
    } catch (ConfigurationException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not find the data folder: " + e.getMessage(),
          "Mend the configuration, or name the data folder with --data.");
    }
  }
}
