package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.ListingLookup;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Decisions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/approvals/plan} and {@code /api/approvals}: what an approval of many versions would
 * admit, and that approval, all of it or nothing.
 */
final class ApprovalsEndpoint implements Endpoint {
  /** The hashes of 100,000 files. */
  private static final int MOST_BODY = 16 * 1024 * 1024;

  /** Larger than any lock file that was seen by ten. */
  private static final int MOST_VERSIONS = 10_000;

  private static final int LONGEST_REASON = 1000;

  private final Listings listings;
  private final Vetting vetting;
  private final InstantSource clock;

  ApprovalsEndpoint(Listings listings, Vetting vetting, InstantSource clock) {
    this.listings = listings;
    this.vetting = vetting;
    this.clock = clock;
  }

  /**
   * A version that is meant.
   *
   * @param sha256 the only files of it that are; empty: all
   */
  private record Meant(ProjectName project, Version version, Set<Sha256> sha256) {
    boolean means(ListedFile file) {
      return file.name().version().equals(version)
          && (sha256.isEmpty() || sha256.contains(file.facts().sha256()));
    }

    @Override
    public String toString() {
      return project + "==" + version;
    }
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    JsonNode body = JsonApi.body(exchange, MOST_BODY);
    if (segments.equals(List.of("approvals", "plan"))) {
      List<Map<String, Object>> versions =
          meant(body).stream().map(one -> plan(one, exchange.clientName())).toList();
      JsonApi.send(exchange, 200, Map.of("versions", versions));
    } else if (segments.equals(List.of("approvals"))) {
      approve(exchange, body);
    } else {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private static List<Meant> meant(JsonNode body) {
    List<Meant> all = new ArrayList<>();
    for (JsonNode version : body.path("versions")) {
      Set<Sha256> sha256 = new LinkedHashSet<>();
      version.path("sha256").forEach(hash -> sha256.add(sha256(hash.asString(""))));
      all.add(
          new Meant(
              Exchange.project(JsonApi.text(version, "project", 200)),
              JsonApi.version(JsonApi.text(version, "version", 200)),
              sha256));
    }
    if (all.isEmpty() || all.size() > MOST_VERSIONS) {
      throw JsonApi.invalid("versions", "It is a list of 1 to " + MOST_VERSIONS + " versions.");
    }
    return all;
  }

  private static Sha256 sha256(String text) {
    try {
      return Sha256.parse(text);
    } catch (IllegalArgumentException e) {
      throw JsonApi.invalid("sha256", "Each is 64 hex digits.");
    }
  }

  /** What is so now, and what would be after this client's approval. */
  private Map<String, Object> plan(Meant meant, String by) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("project", meant.project().normalized());
    members.put("version", meant.version().toString());
    members.put("problem", null);
    members.put("files", List.of());
    members.put("unmatched", List.of());
    switch (listings.find(meant.project())) {
      case ListingLookup.Absent _ ->
          members.put("problem", "no upstream of this index has the project");
      case ListingLookup.Unavailable unavailable ->
          members.put(
              "problem",
              "could not "
                  + unavailable.failure().tried()
                  + ": "
                  + unavailable.failure().problem());
      case ListingLookup.Found found -> plan(meant, found.listing(), by, members);
    }
    return members;
  }

  private void plan(Meant meant, Listing listing, String by, Map<String, Object> members) {
    Instant now = clock.instant();
    Set<Sha256> unmatched = new LinkedHashSet<>(meant.sha256());
    List<Map<String, Object>> files = new ArrayList<>();
    boolean known = false;
    for (ListedFile file : listing.files()) {
      known |= file.name().version().equals(meant.version());
      if (meant.means(file)) {
        unmatched.remove(file.facts().sha256());
        files.add(plan(file, by, now));
      }
    }
    if (!known) {
      members.put("problem", "the project's page lists no file of this version");
    } else if (files.isEmpty()) {
      members.put("problem", "none of its files has a hash that the lock names");
    }
    members.put("files", files);
    members.put("unmatched", unmatched.stream().map(Sha256::hex).toList());
  }

  private static Map<String, Object> plan(ListedFile file, String by, Instant now) {
    Verdict before = file.standing().judge(file.facts(), now);
    Sha256 sha256 = file.facts().sha256();
    Verdict after =
        sha256 == null
            ? before
            : file.standing().judgeAfter(approval(file, sha256, by, now), file.facts(), now);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", file.name().filename());
    members.put("sha256", sha256 == null ? null : sha256.hex());
    members.put("now", verdict(before));
    members.put("then", verdict(after));
    members.put("approvable", sha256 != null && isApprovable(before, after));
    return members;
  }

  /** What is admitted already needs no approval, and what is refused is not released by one. */
  private static boolean isApprovable(Verdict before, Verdict after) {
    return !before.admitted() && !(after instanceof Verdict.Refuse);
  }

  private static Decision approval(ListedFile file, Sha256 sha256, String by, Instant now) {
    return new Decision(
        Long.MAX_VALUE,
        Decision.Kind.APPROVE,
        file.name().project(),
        file.name().version(),
        sha256,
        by,
        "",
        now,
        null);
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    return Map.of("verdict", verdict.word(), "reasons", WhyDocument.reasons(verdict.reasons()));
  }

  private void approve(Exchange exchange, JsonNode body) {
    String reason = JsonApi.text(body, "reason", LONGEST_REASON);
    @Nullable Instant until = JsonApi.until(body, clock.instant());
    List<Decisions.OfBytes> approvals = new ArrayList<>();
    for (Meant meant : meant(body)) {
      checkListed(meant);
      approvals.add(
          new Decisions.OfBytes(
              new Decisions.Draft(
                  Decision.Kind.APPROVE,
                  meant.project(),
                  meant.version(),
                  exchange.clientName(),
                  reason,
                  until),
              meant.sha256()));
    }
    List<Decision> made = vetting.decisions().decide(approvals);
    JsonApi.send(
        exchange, 200, Map.of("approved", made.stream().map(WhyDocument::decision).toList()));
  }

  /** What was shown is what is approved: each hash is that of a file which is listed now. */
  private void checkListed(Meant meant) {
    if (meant.sha256().isEmpty()) {
      throw JsonApi.invalid("sha256", "An approval names the bytes that it approves.");
    }
    // The plan has just had them asked for; whoever did not ask for one waits for the upstream
    // here.
    Set<Sha256> missing = missing(meant, listings.known(meant.project()));
    if (!missing.isEmpty() && listings.find(meant.project()) instanceof ListingLookup.Found found) {
      missing = missing(meant, Optional.of(found.listing()));
    }
    if (!missing.isEmpty()) {
      throw new Problem(
              409,
              "not-as-shown",
              "A file of " + meant + " is not listed as it was",
              "No file of it has the sha256 "
                  + missing.iterator().next()
                  + "; nothing was approved.",
              "Ask for the plan again.")
          .asException();
    }
  }

  private static Set<Sha256> missing(Meant meant, Optional<Listing> listing) {
    Set<Sha256> missing = new HashSet<>(meant.sha256());
    listing.ifPresent(
        known ->
            known.files().stream()
                .filter(meant::means)
                .forEach(file -> missing.remove(file.facts().sha256())));
    return missing;
  }
}
