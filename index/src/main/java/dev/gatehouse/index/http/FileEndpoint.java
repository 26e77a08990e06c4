package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.KeptFile;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.index.mirror.Wanted;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/** {@code /files/NAME/FILE} and {@code /files/NAME/FILE.metadata}: what installers download. */
final class FileEndpoint implements Endpoint {
  private static final String METADATA = ".metadata";

  private final ListingService listings;
  private final ArtifactMirror artifacts;
  private final Transfer transfer = new Transfer();

  FileEndpoint(Listings listings, ArtifactMirror artifacts) {
    this.listings = new ListingService(listings);
    this.artifacts = artifacts;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    if (segments.size() != 2) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    Wanted wanted = wanted(exchange, segments.getFirst(), segments.getLast());
    exchange.set(HttpHeader.ACCEPT_RANGES, "bytes");
    if (isAnsweredWhole(exchange, wanted)) {
      send(exchange, artifacts.openWhole(wanted));
    } else if (exchange.isHead()) {
      exchange.revalidated().set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
      exchange.contentLength(wanted.promisedSize().orElseThrow()).end();
    } else {
      send(exchange, artifacts.open(wanted));
    }
  }

  private Wanted wanted(Exchange exchange, String project, String fileName) {
    Kind kind = fileName.endsWith(METADATA) ? Kind.METADATA : Kind.ARTIFACT;
    String artifact =
        kind == Kind.METADATA
            ? fileName.substring(0, fileName.length() - METADATA.length())
            : fileName;
    ListedFile file = listings.getServed(exchange, Exchange.project(project), artifact);
    return file.wanted(kind)
        .orElseThrow(() -> Problems.noSuchFile(Exchange.quoted(fileName)).asException());
  }

  /**
   * A part of a file is given only of a whole one, whose size and bytes are certain. So is a
   * comparison with what the client has, and a size that the page does not state.
   */
  private static boolean isAnsweredWhole(Exchange exchange, Wanted wanted) {
    return exchange.header(HttpHeader.RANGE).isPresent()
        || exchange.header(HttpHeader.IF_NONE_MATCH).isPresent()
        || (exchange.isHead() && wanted.promisedSize().isEmpty());
  }

  private void send(Exchange exchange, Opened opened) throws IOException {
    switch (opened) {
      case Opened.Kept(KeptFile file, SeekableByteChannel channel) -> {
        try (channel) {
          sendKept(exchange, file, channel);
        }
      }
      case Opened.Arriving(long size, ReadableByteChannel channel) -> {
        try (channel) {
          exchange.revalidated().set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
          transfer.send(exchange, channel, size);
        }
      }
      case Opened.Failed failed -> throw Problems.notHad(failed.failure()).asException();
    }
  }

  private void sendKept(Exchange exchange, KeptFile file, SeekableByteChannel channel)
      throws IOException {
    String tag = '"' + file.sha256().hex() + '"';
    exchange.revalidated().set(HttpHeader.ETAG, tag);
    if (exchange.clientHas(tag)) {
      exchange.status(304).end();
      return;
    }
    exchange.set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
    Optional<ByteRange> asked = range(exchange, tag, file.size());
    if (asked.isEmpty()) {
      transfer.send(exchange, channel, file.size());
      return;
    }
    ByteRange range = asked.get();
    if (!range.isSatisfiable()) {
      exchange.status(416).set(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
      exchange.contentLength(0).end();
      return;
    }
    channel.position(range.first());
    exchange.status(206).set(HttpHeader.CONTENT_RANGE, range.contentRange(file.size()));
    transfer.send(exchange, channel, range.length());
  }

  /**
   * A client that resumes another version of the file gets the whole of this one (RFC 9110, section
   * 13.1.5).
   */
  private static Optional<ByteRange> range(Exchange exchange, String tag, long size) {
    return exchange
        .header(HttpHeader.RANGE)
        .filter(_ -> exchange.header(HttpHeader.IF_RANGE).map(tag::equals).orElse(true))
        .flatMap(header -> ByteRange.parse(header, size));
  }
}
