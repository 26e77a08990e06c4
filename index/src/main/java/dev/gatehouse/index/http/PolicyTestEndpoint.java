package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.settings.PolicyReading;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.Standing;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.exposure.Downloads;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/policy-test}: what would have come of the recorded requests under another policy. It
 * changes nothing.
 */
final class PolicyTestEndpoint implements Endpoint {
  private static final int MOST_BODY = 4 * 1024 * 1024;
  private static final int MOST_DAYS = 3650;

  private final Listings listings;
  private final Vetting vetting;
  private final PolicyReading reading;
  private final InstantSource clock;

  PolicyTestEndpoint(
      Listings listings, Vetting vetting, PolicyReading reading, InstantSource clock) {
    this.listings = listings;
    this.vetting = vetting;
    this.reading = reading;
    this.clock = clock;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange, MOST_BODY);
    int days = body.path("days").asInt(30);
    if (days < 1 || days > MOST_DAYS) {
      throw JsonApi.invalid("days", "It is 1 to " + MOST_DAYS + ".");
    }
    Instant now = clock.instant();
    Instant since = now.minus(Duration.ofDays(days));
    Replay replay = new Replay(policy(body), now);
    Map<ProjectName, List<Downloads.Requested>> requested =
        vetting.downloads().requestedSince(since).stream()
            .collect(
                Collectors.groupingBy(
                    Downloads.Requested::project, LinkedHashMap::new, Collectors.toList()));
    requested.forEach(replay::project);
    JsonApi.send(exchange, 200, replay.members(since));
  }

  private Policy policy(JsonNode body) {
    try {
      return reading.read(body.path("toml").asString(""));
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(
              "policy-wrong", "The policy is wrong", String.valueOf(e.getMessage()))
          .asException();
    }
  }

  /** One dry run. */
  private final class Replay {
    private final Policy policy;
    private final Instant now;
    private final List<Map<String, Object>> changes = new ArrayList<>();
    private int tested;
    private int unknown;

    Replay(Policy policy, Instant now) {
      this.policy = policy;
      this.now = now;
    }

    void project(ProjectName project, List<Downloads.Requested> requested) {
      Optional<Listing> listing = listings.known(project);
      Standing then = vetting.standing(project, policy);
      for (Downloads.Requested request : requested) {
        listing
            .flatMap(known -> known.find(request.file()))
            .ifPresentOrElse(file -> file(request, file, then), () -> unknown++);
      }
    }

    private void file(Downloads.Requested request, ListedFile file, Standing then) {
      tested++;
      Verdict before = file.standing().judge(file.facts(), now);
      Verdict after = then.judge(file.facts(), now);
      if (!before.word().equals(after.word())) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("project", request.project().normalized());
        change.put("version", request.version().toString());
        change.put("file", request.file());
        change.put("requests", request.times());
        change.put("clients", request.clients());
        change.put("last", request.last().toString());
        change.put("before", verdict(before));
        change.put("after", verdict(after));
        changes.add(change);
      }
    }

    private Map<String, Object> verdict(Verdict verdict) {
      return Map.of("verdict", verdict.word(), "reasons", WhyDocument.reasons(verdict.reasons()));
    }

    Map<String, Object> members(Instant since) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("since", since.truncatedTo(ChronoUnit.SECONDS).toString());
      members.put("tested", tested);
      members.put("unknown", unknown);
      members.put("changes", changes);
      return members;
    }
  }
}
