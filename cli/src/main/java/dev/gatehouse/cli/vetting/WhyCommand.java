package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.outcome.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse why}. */
@Command(
    name = "why",
    description = "Tells why a version's files are served or not, by whom, and when a hold ends.",
    sortOptions = false)
public final class WhyCommand extends VersionCommand implements Callable<Integer> {
  /**
   * @param environment where the server and the token are looked up
   */
  public WhyCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    refuseCsv();
    JsonNode why = ask(server -> server.get("why/" + pinned().path()));
    print(why, WhyText.lines(why));
    return ExitCode.DONE.code();
  }
}
