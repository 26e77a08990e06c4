package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.PageFormat;
import dev.gatehouse.index.listing.Rendered;
import dev.gatehouse.packaging.name.ProjectName;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code /simple/} and {@code /simple/NAME/}: the pages that installers read (PEP 503, PEP 691).
 */
final class SimpleEndpoint implements Endpoint {
  private static final String VARY = "Accept, Accept-Encoding";

  private final ListingService listings;

  SimpleEndpoint(ListingService listings) {
    this.listings = listings;
  }

  @Override
  public void answer(Exchange exchange) {
    List<String> segments = exchange.segments();
    if (segments.isEmpty()) {
      redirect(exchange, "simple/");
    } else if (segments.equals(List.of(""))) {
      list(exchange);
    } else if (segments.size() == 1) {
      // Without its slash, relative addresses on the page would mean other places (PEP 503).
      redirect(exchange, Exchange.project(segments.getFirst()) + "/");
    } else if (segments.size() == 2 && segments.getLast().isEmpty()) {
      page(exchange, segments.getFirst());
    } else {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
  }

  private void list(Exchange exchange) {
    PageFormat format = Negotiation.choose(exchange);
    Rendered list = new Rendered(format.writeList(listings.projects()));
    exchange.send(list, format.contentType(), VARY);
  }

  private void page(Exchange exchange, String asked) {
    ProjectName name = Exchange.project(asked);
    if (!asked.equals(name.normalized())) {
      redirect(exchange, "../" + name + "/");
      return;
    }
    PageFormat format = Negotiation.choose(exchange);
    Listing listing = listings.get(exchange, name);
    exchange.send(listing.renderings().of(format, exchange::root), format.contentType(), VARY);
  }

  /** Relative, so that it holds behind any proxy and prefix (RFC 9110, section 10.2.2). */
  private static void redirect(Exchange exchange, String target) {
    exchange
        .status(301)
        .set(HttpHeader.LOCATION, target + exchange.query())
        .revalidated()
        .contentLength(0)
        .end();
  }
}
