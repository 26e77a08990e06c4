package dev.gatehouse.cli;

import dev.gatehouse.cli.gateway.GatewayCommand;
import dev.gatehouse.cli.outcome.Endings;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The program of {@code gatehouse gateway …}, which the launcher starts on a class path of its own.
 * The process that holds provider keys has no class in it that reads what strangers wrote: no
 * archive readers, no inspection, no git, no index.
 */
@Command(
    name = "gatehouse",
    description = "The LLM gateway of Gatehouse.",
    versionProvider = GatewayMain.VersionLine.class)
public final class GatewayMain {
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

  private GatewayMain() {}

  /** Runs the command that {@code args} name, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(of(System.getenv()).execute(args));
  }

  /** The gateway's commands alone, under the names that they have in the whole program. */
  static CommandLine of(Map<String, String> environment) {
    return Endings.of(
        new CommandLine(new GatewayMain())
            .addSubcommand(GatewayCommand.of(environment, Version.text(), System.in)));
  }

  /** Says which version this is. */
  static final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gatehouse " + Version.text()};
    }
  }
}
