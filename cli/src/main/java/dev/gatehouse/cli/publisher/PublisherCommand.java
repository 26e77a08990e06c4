package dev.gatehouse.cli.publisher;

import java.net.URI;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gatehouse publisher}: its two commands. */
@Command(
    name = "publisher",
    description = "Checks, or mends, the workflows by which your own packages are published.")
public final class PublisherCommand {
  /** Where actions live: {@code uses: owner/name} means nothing else. */
  private static final String GITHUB = "https://github.com/";

  private PublisherCommand() {}

  /**
   * The command with its subcommands.
   *
   * @param environment where the terminal is looked up
   * @param version this program's
   */
  public static CommandLine of(Map<String, String> environment, String version) {
    return new CommandLine(new PublisherCommand())
        .addSubcommand(new CheckCommand(environment, version))
        .addSubcommand(new MigrateCommand(environment, name -> URI.create(GITHUB + name)));
  }
}
