package dev.gatehouse.index.http;

import dev.gatehouse.index.gate.Vetter;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.record.Decisions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/why/PROJECT/VERSION}, {@code /api/vet}, {@code /api/decisions} and {@code
 * /api/decisions/withdraw}: what the verdicts are, and what people make of them.
 */
final class VettingEndpoint implements Endpoint {
  private static final int LONGEST_REASON = 1000;

  private final ListingService listings;
  private final Vetter vetter;
  private final Vetting vetting;
  private final InstantSource clock;

  VettingEndpoint(Listings listings, Vetter vetter, Vetting vetting, InstantSource clock) {
    this.listings = new ListingService(listings);
    this.vetter = vetter;
    this.vetting = vetting;
    this.clock = clock;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    boolean posted = exchange.method().equals("POST");
    if (segments.size() == 3 && segments.getFirst().equals("why") && !posted) {
      ProjectName project = Exchange.project(segments.get(1));
      Version version = JsonApi.version(segments.getLast());
      JsonApi.send(exchange, 200, why(listing(exchange, project, version), version));
    } else if (segments.equals(List.of("vet")) && posted) {
      vet(exchange);
    } else if (segments.equals(List.of("decisions")) && posted) {
      decide(exchange);
    } else if (segments.equals(List.of("decisions", "withdraw")) && posted) {
      withdraw(exchange);
    } else {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private Map<String, Object> why(Listing listing, Version version) {
    return new WhyDocument(vetting, listing, version).members();
  }

  /** A listing that has the version. */
  private Listing listing(Exchange exchange, ProjectName project, Version version) {
    Listing listing = listings.get(exchange, project);
    if (files(listing, version).isEmpty()) {
      throw Problems.noSuchVersion(project, version.toString()).asException();
    }
    return listing;
  }

  private static List<ListedFile> files(Listing listing, Version version) {
    return listing.files().stream().filter(file -> file.name().version().equals(version)).toList();
  }

  /**
   * Fetches and inspects what nobody asked for yet; what is inspected already stays as it is, but
   * where it is asked to be compared with its source.
   */
  private void vet(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    ProjectName project = Exchange.project(JsonApi.text(body, "project", 200));
    Version version = JsonApi.version(JsonApi.text(body, "version", 200));
    boolean compare = body.path("compare").asBoolean(false);
    for (ListedFile file : files(listing(exchange, project, version), version)) {
      Optional<MirrorFailure> failure = compare ? vetter.compare(file) : vetter.vet(file);
      if (failure.isPresent()) {
        throw Problems.notHad(failure.get()).asException();
      }
    }
    JsonApi.send(exchange, 200, why(listing(exchange, project, version), version));
  }

  private void decide(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    Decision.Kind kind = kind(body);
    ProjectName project = Exchange.project(JsonApi.text(body, "project", 200));
    Version version = JsonApi.version(JsonApi.text(body, "version", 200));
    Decisions.Draft draft =
        new Decisions.Draft(
            kind,
            project,
            version,
            exchange.clientName(),
            JsonApi.text(body, "reason", LONGEST_REASON),
            JsonApi.until(body, clock.instant()));
    Set<Sha256> bytes =
        kind == Decision.Kind.APPROVE
            ? approved(listing(exchange, project, version), version, body.path("files"))
            : Set.of();
    List<Decision> made = vetting.decisions().decide(draft, bytes);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("decided", made.stream().map(WhyDocument::decision).toList());
    if (kind == Decision.Kind.RECALL) {
      answer.put("exposure", ExposureEndpoint.describe(vetting, project, version));
    } else {
      answer.put("why", why(listing(exchange, project, version), version));
    }
    JsonApi.send(exchange, 200, answer);
  }

  /** An approval is of the bytes that are listed now; whatever comes later was not looked at. */
  private static Set<Sha256> approved(Listing listing, Version version, JsonNode names) {
    Set<String> wanted = new LinkedHashSet<>();
    names.forEach(name -> wanted.add(name.asString("")));
    Set<Sha256> bytes = new LinkedHashSet<>();
    for (ListedFile file : files(listing, version)) {
      boolean meant = wanted.isEmpty() || wanted.remove(file.name().filename());
      Sha256 sha256 = file.facts().sha256();
      if (meant && sha256 != null) {
        bytes.add(sha256);
      }
    }
    if (!wanted.isEmpty()) {
      throw JsonApi.invalid("files", "This version has no file " + wanted.iterator().next() + ".");
    }
    if (bytes.isEmpty()) {
      throw Problems.badRequest(
              "no-hash",
              "No file of it has a known hash",
              "The upstream gives none; fetch it first: gatehouse vet %s==%s"
                  .formatted(listing.name(), version))
          .asException();
    }
    return bytes;
  }

  private void withdraw(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    int withdrawn =
        vetting
            .decisions()
            .withdraw(
                kind(body),
                Exchange.project(JsonApi.text(body, "project", 200)),
                JsonApi.version(JsonApi.text(body, "version", 200)),
                exchange.clientName(),
                JsonApi.text(body, "reason", LONGEST_REASON));
    JsonApi.send(exchange, 200, Map.of("withdrawn", withdrawn));
  }

  private static Decision.Kind kind(JsonNode body) {
    String word = body.path("kind").asString("");
    for (Decision.Kind kind : Decision.Kind.values()) {
      if (kind.text().equals(word)) {
        return kind;
      }
    }
    throw JsonApi.invalid("kind", "It is approve, refuse or recall.");
  }
}
