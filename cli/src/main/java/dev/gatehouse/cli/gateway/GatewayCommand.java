package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.migrate.MigrateCodeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gatehouse gateway}: its commands. */
@Command(
    name = "gateway",
    description =
        "The LLM gateway: provider keys stay with it, applications get keys that work nowhere else.")
public final class GatewayCommand {
  private GatewayCommand() {}

  /** The command with its subcommands. */
  public static CommandLine of() {
    return new CommandLine(new GatewayCommand())
        .addSubcommand(new ImportLiteLlmCommand())
        .addSubcommand(new MigrateCodeCommand());
  }
}
