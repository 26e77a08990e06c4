package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.Rendered;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code /pypi/NAME/json} and {@code /pypi/NAME/VERSION/json}: PyPI's JSON API, which poetry,
 * Renovate and Dependabot ask. It is made from the same listing as the pages, so that it cannot
 * offer what they do not.
 */
final class PypiJsonEndpoint implements Endpoint {
  private static final Logger LOG = System.getLogger(PypiJsonEndpoint.class.getName());

  private final ListingService listings;
  private final ArtifactMirror artifacts;

  PypiJsonEndpoint(ListingService listings, ArtifactMirror artifacts) {
    this.listings = listings;
    this.artifacts = artifacts;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    boolean ofProject = segments.size() == 2;
    if (!(ofProject || segments.size() == 3) || !segments.getLast().equals("json")) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    Listing listing = listings.get(exchange, Exchange.project(segments.getFirst()));
    Version version = ofProject ? newest(listing) : version(listing, segments.get(1));
    PypiDocument document =
        new PypiDocument(listing, version, metadata(listing, version), exchange.root());
    exchange.send(new Rendered(document.write(ofProject)), "application/json", "Accept-Encoding");
  }

  /**
   * What an installer would choose: the newest that is served, a final release where there is one.
   */
  private static Version newest(Listing listing) {
    return listing.shown().stream()
        .max(
            Comparator.comparing((ListedFile file) -> !file.isYanked())
                .thenComparing(file -> !file.name().version().isPrerelease())
                .thenComparing(file -> file.name().version()))
        .map(file -> file.name().version())
        .orElseThrow(() -> Problems.noSuchProject(listing.name().normalized()).asException());
  }

  /** The version as the listing spells it: 1.10.0 is another way to ask for 1.10. */
  private static Version version(Listing listing, String asked) {
    return Version.parseIfValid(asked)
        .flatMap(
            version ->
                listing.shown().stream()
                    .map(file -> file.name().version())
                    .filter(version::equals)
                    .findFirst())
        .orElseThrow(() -> Problems.noSuchVersion(listing.name(), asked).asException());
  }

  /** Empty where no wheel of this version is served with its metadata; then less is said of it. */
  private Optional<CoreMetadata> metadata(Listing listing, Version version) throws IOException {
    Optional<ListedFile> source =
        listing.shown().stream()
            .filter(file -> file.name().version().equals(version))
            .filter(
                file -> file.verdict().offered() && file.wanted(Kind.METADATA, null).isPresent())
            .findFirst();
    return source.isEmpty() ? Optional.empty() : read(source.get());
  }

  private Optional<CoreMetadata> read(ListedFile file) throws IOException {
    Opened opened = artifacts.openWhole(file.wanted(Kind.METADATA, null).orElseThrow());
    if (!(opened instanceof Opened.Kept kept)) {
      return Optional.empty();
    }
    try (InputStream in = Channels.newInputStream(kept.channel())) {
      return Optional.of(CoreMetadata.parse(in.readNBytes(CoreMetadata.LONGEST_BYTES)));
    } catch (MalformedException e) {
      LOG.log(Level.DEBUG, "The metadata of {0}: {1}", file.name().filename(), e.getMessage());
      return Optional.empty();
    }
  }
}
