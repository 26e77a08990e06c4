package dev.gatehouse.index.http;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.exposure.Distribution;
import dev.gatehouse.vetting.exposure.Installations;
import dev.gatehouse.vetting.exposure.Inventory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code /api/inventory}: a client tells what is installed on a machine. */
final class InventoryEndpoint implements Endpoint {
  /** A machine with a thousand environments of two hundred distributions tells about 12 MB. */
  private static final int MOST_BODY = 16 * 1024 * 1024;

  private static final int MOST_DISTRIBUTIONS = 500_000;
  private static final int LONGEST_HOST = 255;
  private static final int LONGEST_PATH = 4096;

  private final Installations installations;
  private final InstantSource clock;

  InventoryEndpoint(Installations installations, InstantSource clock) {
    this.installations = installations;
    this.clock = clock;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange, MOST_BODY);
    List<Inventory.Environment> environments = new ArrayList<>();
    int distributions = 0;
    for (JsonNode member : body.path("environments")) {
      Inventory.Environment environment = environment(member);
      environments.add(environment);
      distributions += environment.distributions().size();
      if (distributions > MOST_DISTRIBUTIONS) {
        throw JsonApi.invalid(
            "environments", "They hold at most " + MOST_DISTRIBUTIONS + " distributions.");
      }
    }
    installations.take(
        new Inventory(
            exchange.clientName(),
            JsonApi.text(body, "host", LONGEST_HOST),
            clock.instant(),
            body.path("complete").asBoolean(false),
            environments));
    JsonApi.send(
        exchange, 200, Map.of("environments", environments.size(), "distributions", distributions));
  }

  private static Inventory.Environment environment(JsonNode member) {
    List<Distribution> distributions = new ArrayList<>();
    for (JsonNode one : member.path("distributions")) {
      try {
        distributions.add(
            new Distribution(
                ProjectName.parse(one.path("project").asString("")),
                Version.parse(one.path("version").asString(""))));
      } catch (MalformedException e) {
        throw JsonApi.invalid("distributions", String.valueOf(e.getMessage()));
      }
    }
    return new Inventory.Environment(
        JsonApi.text(member, "environment", LONGEST_PATH),
        member.path("complete").asBoolean(false),
        distributions);
  }
}
