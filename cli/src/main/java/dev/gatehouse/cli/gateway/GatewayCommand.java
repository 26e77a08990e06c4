package dev.gatehouse.cli.gateway;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gatehouse gateway}: its commands. */
@Command(
    name = "gateway",
    description =
        "The LLM gateway: provider keys stay with it, applications get keys that work nowhere else.")
public final class GatewayCommand {
  private GatewayCommand() {}

  /**
   * The command with the subcommands that run on the gateway's own class path.
   *
   * @param environment where references, servers and tokens are looked up
   * @param version this program's
   * @param in where a provider's key is read from
   */
  public static CommandLine of(Map<String, String> environment, String version, InputStream in) {
    return new CommandLine(new GatewayCommand())
        .addSubcommand(new GatewayServeCommand(environment, version))
        .addSubcommand(new KeyCommand(environment, InstantSource.system()))
        .addSubcommand(new OwnerCommand.User(environment))
        .addSubcommand(new OwnerCommand.Team(environment))
        .addSubcommand(new ProviderCommand(environment, in))
        .addSubcommand(new UsageCommand(environment))
        .addSubcommand(new RevokerCommand(environment))
        .addSubcommand(new ImportLiteLlmCommand());
  }
}
