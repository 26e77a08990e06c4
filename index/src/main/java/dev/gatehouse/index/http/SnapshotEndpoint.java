package dev.gatehouse.index.http;

import dev.gatehouse.index.gate.Attestations;
import dev.gatehouse.index.gate.Vetter;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.record.Snapshot;
import dev.gatehouse.vetting.record.SnapshotName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /snapshot/NAME/…}: an index of its own, of what a snapshot lists, with all that the index
 * itself has for installers: {@code simple/}, {@code files/}, {@code integrity/} and {@code pypi/}.
 */
final class SnapshotEndpoint implements Endpoint {
  private final Listings listings;
  private final ArtifactMirror artifacts;
  private final Vetter vetter;
  private final Attestations attestations;
  private final Vetting vetting;
  private final InstantSource clock;
  private final Transfer transfer;

  SnapshotEndpoint(
      Listings listings,
      ArtifactMirror artifacts,
      Vetter vetter,
      Attestations attestations,
      Vetting vetting,
      InstantSource clock,
      Transfer transfer) {
    this.listings = listings;
    this.artifacts = artifacts;
    this.vetter = vetter;
    this.attestations = attestations;
    this.vetting = vetting;
    this.clock = clock;
    this.transfer = transfer;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    if (segments.size() < 2) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    Snapshot snapshot = snapshot(vetting, segments.getFirst());
    ListingService listed = new ListingService(listings, snapshot);
    Endpoint surface =
        switch (segments.get(1)) {
          case "simple" -> new SimpleEndpoint(listed);
          case "files" -> new FileEndpoint(listed, artifacts, vetter, vetting, clock, transfer);
          case "integrity" -> new ProvenanceEndpoint(listed, artifacts, attestations, transfer);
          case "pypi" -> new PypiJsonEndpoint(listed, artifacts);
          default -> throw Problems.noSuchPlace(exchange.path()).asException();
        };
    surface.answer(exchange.below(folder(snapshot)));
  }

  /** Where a snapshot lies below the root of the index, ending in a slash. */
  static String folder(Snapshot snapshot) {
    return "snapshot/" + snapshot + "/";
  }

  static Snapshot snapshot(Vetting vetting, String name) {
    return SnapshotName.parseIfValid(name)
        .flatMap(vetting.snapshots()::find)
        .orElseThrow(() -> Problems.noSuchSnapshot(name).asException());
  }
}
