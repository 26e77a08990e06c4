package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.outcome.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse exposure}. */
@Command(
    name = "exposure",
    description =
        "Tells who received a version, or was refused it: client, address, first and last time.",
    sortOptions = false)
public final class ExposureCommand extends VersionCommand implements Callable<Integer> {
  /**
   * @param environment where the server and the token are looked up
   */
  public ExposureCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    JsonNode exposure = ask(server -> server.get("exposure/" + pinned().path()));
    print(exposure, ExposureText.lines(exposure), ExposureText.csv(exposure));
    return ExitCode.DONE.code();
  }
}
