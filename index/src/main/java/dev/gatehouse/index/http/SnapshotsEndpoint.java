package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Snapshot;
import dev.gatehouse.vetting.record.SnapshotName;
import dev.gatehouse.vetting.record.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/snapshots}, {@code /api/snapshots/NAME}, {@code /api/snapshots/NAME/export} and
 * {@code /api/snapshot-in-use}: naming what is admitted now, and going back to it.
 */
final class SnapshotsEndpoint implements Endpoint {
  private static final int LONGEST_REASON = 1000;

  private final Listings listings;
  private final Vetting vetting;
  private final Snapshots snapshots;

  SnapshotsEndpoint(Listings listings, Vetting vetting) {
    this.listings = listings;
    this.vetting = vetting;
    this.snapshots = vetting.snapshots();
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    List<String> rest = segments.subList(1, segments.size());
    if (segments.equals(List.of("snapshot-in-use"))) {
      use(exchange);
      return;
    }
    switch (exchange.method()) {
      case "POST" -> {
        requirePlace(exchange, rest.isEmpty());
        create(exchange);
      }
      case "DELETE" -> {
        requirePlace(exchange, rest.size() == 1);
        remove(exchange, rest.getFirst());
      }
      default -> read(exchange, rest);
    }
  }

  private static void requirePlace(Exchange exchange, boolean there) {
    if (!there) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private void read(Exchange exchange, List<String> rest) {
    if (rest.isEmpty()) {
      list(exchange);
    } else if (rest.size() == 1) {
      show(exchange, SnapshotEndpoint.snapshot(vetting, rest.getFirst()));
    } else {
      requirePlace(exchange, rest.size() == 2 && rest.getLast().equals("export"));
      export(exchange, SnapshotEndpoint.snapshot(vetting, rest.getFirst()));
    }
  }

  private void list(Exchange exchange) {
    Map<String, Object> answer = new LinkedHashMap<>();
    Snapshot inUse = snapshots.inUse();
    answer.put("in-use", inUse == null ? null : inUse.toString());
    answer.put("snapshots", snapshots.all().stream().map(about -> about(exchange, about)).toList());
    JsonApi.send(exchange, 200, answer);
  }

  private Map<String, Object> about(Exchange exchange, Snapshot.About about) {
    Snapshot inUse = snapshots.inUse();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", about.name().text());
    members.put("at", about.at().toString());
    members.put("by", about.by());
    members.put("reason", about.reason());
    members.put("files", about.files());
    members.put("projects", about.projects());
    members.put("sha256", about.sha256().hex());
    members.put("in-use", inUse != null && inUse.about().equals(about));
    members.put(
        "index", exchange.root().resolve("snapshot/" + about.name() + "/simple/").toString());
    return members;
  }

  private void show(Exchange exchange, Snapshot snapshot) {
    Map<String, Object> answer = about(exchange, snapshot.about());
    List<Map<String, Object>> files = new ArrayList<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("project", entry.artifact().project().normalized());
      members.put("version", entry.artifact().version().toString());
      members.put("file", entry.artifact().filename());
      members.put("sha256", entry.sha256().hex());
      Optional<ListedFile> now = find(snapshot, entry);
      members.put("verdict", now.map(file -> file.verdict().word()).orElse(null));
      members.put(
          "reasons",
          now.map(file -> WhyDocument.reasons(file.verdict().reasons())).orElse(List.of()));
      files.add(members);
    }
    answer.put("listed", files);
    JsonApi.send(exchange, 200, answer);
  }

  /** An entry as its project's page has it now; empty where no page that is known has it. */
  private Optional<ListedFile> find(Snapshot snapshot, Snapshot.Entry entry) {
    return listings
        .known(entry.artifact().project(), snapshot)
        .flatMap(listing -> find(listing, entry));
  }

  private static Optional<ListedFile> find(Listing listing, Snapshot.Entry entry) {
    return listing.find(entry.artifact().filename());
  }

  private void export(Exchange exchange, Snapshot snapshot) {
    SnapshotExport.Format format =
        exchange
            .queryParameter("to")
            .flatMap(SnapshotExport.Format::find)
            .orElseThrow(() -> JsonApi.invalid("to", "It is constraints or pylock."));
    SnapshotExport export =
        new SnapshotExport(snapshot, entry -> find(snapshot, entry), exchange.root());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("text", export.text(format));
    answer.put("left-out", export.leftOut());
    JsonApi.send(exchange, 200, answer);
  }

  private void create(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    SnapshotName name =
        SnapshotName.parseIfValid(body.path("name").asString(""))
            .orElseThrow(
                () ->
                    JsonApi.invalid(
                        "name",
                        "It takes 1 to 64 lower-case letters, digits, dots, dashes and underscores."));
    List<Snapshot.Entry> admitted = new ArrayList<>();
    int[] waiting = {0};
    listings
        .kept()
        .forEach(
            file -> {
              if (file.verdict().admitted()) {
                admitted.add(entry(file));
              } else if (file.verdict() instanceof Verdict.Pending) {
                waiting[0]++;
              }
            });
    if (admitted.isEmpty()) {
      throw new Problem(
              409,
              "nothing-admitted",
              "Nothing is admitted yet, so that the snapshot would be empty",
              "A snapshot lists the files whose bytes are here and whose verdict is admit; there are none.",
              "Install through the index first, or: gatehouse vet PROJECT==VERSION")
          .asException();
    }
    switch (snapshots.make(name, admitted, exchange.clientName(), reason(body))) {
      case Snapshots.Made.Done(Snapshot snapshot) -> {
        Map<String, Object> answer = about(exchange, snapshot.about());
        answer.put("not-inspected", waiting[0]);
        JsonApi.send(exchange, 201, answer);
      }
      case Snapshots.Made.NameTaken(boolean removed) ->
          throw new Problem(
                  409,
                  "snapshot-exists",
                  removed
                      ? "There was a snapshot " + name + " once"
                      : "There is a snapshot " + name + " already",
                  "A snapshot's name stands for the same files for ever, also after it was removed.",
                  "Choose another name.")
              .asException();
    }
  }

  private static Snapshot.Entry entry(ListedFile file) {
    return new Snapshot.Entry(
        file.name(), Objects.requireNonNull(file.facts().sha256(), "what is kept has a hash"));
  }

  /** May be left out. */
  private static String reason(JsonNode body) {
    return body.path("reason").asString("").isBlank()
        ? ""
        : JsonApi.text(body, "reason", LONGEST_REASON);
  }

  private void use(Exchange exchange) throws IOException {
    JsonNode body = JsonApi.body(exchange);
    if (!body.has("name")) {
      throw JsonApi.invalid("name", "It is the name of a snapshot, or null for none.");
    }
    String text = body.path("name").isNull() ? null : body.path("name").asString("");
    SnapshotName name = text == null ? null : known(text);
    if (!snapshots.use(name, exchange.clientName(), reason(body))) {
      throw Problems.noSuchSnapshot(String.valueOf(text)).asException();
    }
    Snapshot inUse = snapshots.inUse();
    JsonApi.send(exchange, 200, inUse(inUse == null ? null : inUse.toString()));
  }

  private static SnapshotName known(String text) {
    return SnapshotName.parseIfValid(text)
        .orElseThrow(() -> Problems.noSuchSnapshot(text).asException());
  }

  private static Map<String, Object> inUse(@Nullable String name) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("in-use", name);
    return answer;
  }

  private void remove(Exchange exchange, String text) {
    switch (snapshots.remove(known(text), exchange.clientName())) {
      case DONE -> exchange.status(204).end();
      case UNKNOWN -> throw Problems.noSuchSnapshot(text).asException();
      case IN_USE ->
          throw new Problem(
                  409,
                  "snapshot-in-use",
                  "The snapshot " + text + " is in use",
                  "The index serves it and nothing else, so that it cannot be removed.",
                  "End that first: gatehouse snapshot use --none")
              .asException();
    }
  }
}
