package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.ListingLookup;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.upstream.UpstreamFailure;
import java.util.List;

/**
 * The listings for endpoints: a project that is not there ends the request, a stale one says so in
 * a header.
 */
final class ListingService {
  private final Listings listings;

  ListingService(Listings listings) {
    this.listings = listings;
  }

  List<ProjectName> projects() {
    return listings.projects();
  }

  Listing get(Exchange exchange, ProjectName name) {
    return switch (listings.find(name)) {
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

  /** A file that may be served; one that may not ends the request with the reason. */
  ListedFile getServed(Exchange exchange, ProjectName name, String fileName) {
    ListedFile file =
        get(exchange, name)
            .find(fileName)
            .orElseThrow(() -> Problems.noSuchFile(Exchange.quoted(fileName)).asException());
    if (!file.verdict().admitted()) {
      throw Problems.notServed(file).asException();
    }
    return file;
  }
}
