package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.outcome.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse vet}. */
@Command(
    name = "vet",
    description = {
      "Fetches and inspects a version's files now, before anybody asks for them, and tells the verdicts.",
      "Ends with 1 where not all of them are admitted."
    },
    sortOptions = false)
public final class VetCommand extends VersionCommand implements Callable<Integer> {
  @Option(
      names = "--compare",
      description =
          "hold each file against the source that it claims as well, also where that was done before")
  private boolean compare;

  /**
   * @param environment where the server and the token are looked up
   */
  public VetCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    refuseCsv();
    JsonNode why =
        ask(
            server ->
                server.post(
                    "vet",
                    Map.of(
                        "project",
                        pinned().project().normalized(),
                        "version",
                        pinned().version().toString(),
                        "compare",
                        compare)));
    print(why, WhyText.lines(why));
    boolean admitted =
        StreamSupport.stream(why.path("files").spliterator(), false)
            .allMatch(file -> file.path("verdict").asString("").equals("admit"));
    return (admitted ? ExitCode.DONE : ExitCode.FOUND).code();
  }
}
