package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.ExitCode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse status}. */
@Command(
    name = "status",
    description = "Tells what the running index has in force, and what someone should look at.",
    sortOptions = false)
public final class StatusCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();
  @Mixin private AnswerFormat format = new AnswerFormat();

  /**
   * @param environment where the server and the token are looked up
   */
  public StatusCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    JsonNode status = server.ask(environment, administration -> administration.get("status"));
    format.print(Objects.requireNonNull(spec), status, StatusText.lines(status));
    return ExitCode.DONE.code();
  }
}
