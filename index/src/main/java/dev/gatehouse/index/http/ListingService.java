package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.ListingLookup;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.upstream.UpstreamFailure;
import dev.gatehouse.vetting.record.Snapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The listings for endpoints: a project that is not there ends the request, a stale one says so in
 * a header.
 */
final class ListingService {
  private final Listings listings;
  private final @Nullable Snapshot view;

  /** At the address of the index itself. */
  ListingService(Listings listings) {
    this(listings, null);
  }

  /**
   * @param view the snapshot at whose own address somebody asks; null: at that of the index itself
   */
  ListingService(Listings listings, @Nullable Snapshot view) {
    this.listings = listings;
    this.view = view;
  }

  List<ProjectName> projects() {
    return view == null ? listings.projects() : view.projects();
  }

  @Nullable Snapshot view() {
    return view;
  }

  /** A file of a listing, whatever its verdict. */
  Optional<ListedFile> find(ProjectName project, String fileName) {
    return listings.find(project, view) instanceof ListingLookup.Found found
        ? found.listing().find(fileName)
        : Optional.empty();
  }

  boolean isStillServed(ListedFile file) {
    return listings.isStillServed(file, view);
  }

  Listing get(Exchange exchange, ProjectName name) {
    return switch (listings.find(name, view)) {
      case ListingLookup.Found(Listing listing, UpstreamFailure stale) -> {
        if (stale != null) {
          // RFC 9211: we meant to confirm it with the upstream, and could not.
          exchange.set("Cache-Status", "gatehouse; hit; fwd=stale; detail=" + stale.code().text());
        }
        yield listing;
      }
      case ListingLookup.Absent _ -> throw Problems.noSuchProject(name.normalized()).asException();
      case ListingLookup.Unavailable unavailable ->
          throw Problems.upstreamUnavailable(unavailable.failure()).asException();
    };
  }

  /** A file that pages offer; one that they do not ends the request with the reason. */
  ListedFile getServed(Exchange exchange, ProjectName name, String fileName) {
    ListedFile file =
        get(exchange, name)
            .find(fileName)
            .orElseThrow(() -> Problems.noSuchFile(Exchange.quoted(fileName)).asException());
    if (!file.verdict().offered()) {
      throw Problems.notServed(file, exchange.contact()).asException();
    }
    return file;
  }
}
