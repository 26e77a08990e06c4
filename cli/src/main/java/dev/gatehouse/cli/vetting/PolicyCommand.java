package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse policy test}: a dry run of another policy. */
@Command(name = "policy", description = "Tries another policy.", sortOptions = false)
public final class PolicyCommand {
  private static final long MOST_BYTES = 1024 * 1024;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  /**
   * @param environment where the server and the token are looked up
   */
  public PolicyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** {@code policy test}. */
  @Command(
      description = {
        "Tells what would have come of the recorded requests under another policy, and changes nothing."
      },
      sortOptions = false)
  int test(
      @Option(
              names = "--policy",
              required = true,
              paramLabel = "FILE",
              description = "a gatehouse.toml with the policy to try; only its policy is read")
          Path file,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "30",
              description = "the requests of how many days (default: 30)")
          int days,
      @Mixin AnswerFormat format) {
    String toml = text(file);
    JsonNode answer =
        server.ask(
            environment,
            administration ->
                administration.post("policy-test", Map.of("toml", toml, "days", days)));
    format.print(Objects.requireNonNull(spec), answer, PolicyTestText.lines(answer));
    return ExitCode.DONE.code();
  }

  /** What is wrong with it is said here, with the file's name, before any server is asked. */
  private static String text(Path file) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not read the policy " + file + ": " + e.getMessage() + ".",
          "Name a gatehouse.toml with --policy.");
    }
    try {
      ConfigurationReader.policy(file, text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "The policy is wrong:\n" + e.getMessage(),
          "Mend this, and try again.");
    }
    return text;
  }
}
