package dev.gatehouse.cli;

import dev.gatehouse.cli.audit.AuditCommand;
import dev.gatehouse.cli.client.ClientCommand;
import dev.gatehouse.cli.compare.CompareCommand;
import dev.gatehouse.cli.demo.DemoCommand;
import dev.gatehouse.cli.gateway.GatewayCommand;
import dev.gatehouse.cli.lock.ExportCommand;
import dev.gatehouse.cli.migrate.MigrateCodeCommand;
import dev.gatehouse.cli.outcome.Endings;
import dev.gatehouse.cli.pins.CheckCommand;
import dev.gatehouse.cli.pins.PinCommand;
import dev.gatehouse.cli.provenance.VerifyCommand;
import dev.gatehouse.cli.publisher.PublisherCommand;
import dev.gatehouse.cli.serve.ServeCommand;
import dev.gatehouse.cli.terminal.Confirmation;
import dev.gatehouse.cli.vetting.AuditLogCommand;
import dev.gatehouse.cli.vetting.DecideCommand;
import dev.gatehouse.cli.vetting.ExposureCommand;
import dev.gatehouse.cli.vetting.PolicyCommand;
import dev.gatehouse.cli.vetting.SnapshotCommand;
import dev.gatehouse.cli.vetting.StatusCommand;
import dev.gatehouse.cli.vetting.VetCommand;
import dev.gatehouse.cli.vetting.WhyCommand;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The program: finds the command that is meant and turns how it ends into an exit code and a
 * message.
 */
@Command(
    name = "gatehouse",
    description = "The one door through which Python packages come into an organisation.",
    versionProvider = Commands.VersionLine.class,
    footer = {
      "",
      "Exit codes: 0 done; 1 done, and findings at or above --fail-on; 2 the command line or the configuration",
      "is wrong; 3 something could not be read, reached or finished."
    })
public final class Commands {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  private Commands() {}

  /** All commands, reading variables from {@code environment}. */
  public static CommandLine of(Map<String, String> environment) {
    CommandLine commandLine =
        new CommandLine(new Commands())
            .addSubcommand(new AuditCommand(environment, Version.text()))
            .addSubcommand(new CheckCommand(environment, Version.text()))
            .addSubcommand(new CompareCommand(environment, Version.text()))
            .addSubcommand(new VerifyCommand(environment, Version.text()))
            .addSubcommand(new PinCommand(environment))
            .addSubcommand(PublisherCommand.of(environment, Version.text()))
            .addSubcommand(new ServeCommand(environment, Version.text()))
            .addSubcommand(new ClientCommand(environment))
            .addSubcommand(new VetCommand(environment))
            .addSubcommand(new WhyCommand(environment))
            .addSubcommand(new DecideCommand.Approve(environment, Confirmation.atTerminal()))
            .addSubcommand(new DecideCommand.Refuse(environment))
            .addSubcommand(new DecideCommand.Recall(environment))
            .addSubcommand(new ExposureCommand(environment))
            .addSubcommand(new StatusCommand(environment))
            .addSubcommand(new PolicyCommand(environment))
            .addSubcommand(new SnapshotCommand(environment))
            .addSubcommand(new ExportCommand(environment, InstantSource.system()))
            .addSubcommand(new AuditLogCommand(environment))
            .addSubcommand(
                GatewayCommand.of(environment, Version.text(), System.in)
                    .addSubcommand(new MigrateCodeCommand()))
            .addSubcommand(new DemoCommand(environment));
    return Endings.of(commandLine);
  }

  /** Says which version this is. */
  static final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gatehouse " + Version.text()};
    }
  }
}
