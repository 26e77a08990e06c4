package dev.gatehouse.cli.gateway;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse gateway revoker}: tokens that can do nothing but revoke. */
@Command(
    name = "revoker",
    description =
        "Makes and takes back tokens that can do nothing but revoke the keys of the index's clients.",
    sortOptions = false)
final class RevokerCommand extends GatewayAsking {
  RevokerCommand(Map<String, String> environment) {
    super(environment);
  }

  /** {@code revoker add}. */
  @Command(description = "Adds one and prints its token, this once, as JSON.", sortOptions = false)
  int add(@Parameters(paramLabel = "NAME", description = "what it is called") String name) {
    return ask(administration -> printJson(administration.post("revokers", Map.of("name", name))));
  }

  /** {@code revoker remove}. */
  @Command(description = "Takes its token back.", sortOptions = false)
  int remove(@Parameters(paramLabel = "NAME", description = "what it is called") String name) {
    return ask(
        administration -> {
          administration.delete("revokers/" + Answers.segment(name));
          err().println("Removed the revoker " + name + ".");
        });
  }
}
