package dev.gatehouse.index.http;

import dev.gatehouse.index.gate.Attestations;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.KeptFile;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.index.mirror.Wanted;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.Verification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code /integrity/NAME/VERSION/FILE/provenance}: the upstream's provenance object under our
 * address (PEP 740), once it was verified. What does not hold is never passed on.
 */
final class ProvenanceEndpoint implements Endpoint {
  private static final String MEDIA_TYPE = "application/vnd.pypi.integrity.v1+json";

  private final ListingService listings;
  private final ArtifactMirror artifacts;
  private final Attestations attestations;
  private final Transfer transfer;

  ProvenanceEndpoint(
      ListingService listings,
      ArtifactMirror artifacts,
      Attestations attestations,
      Transfer transfer) {
    this.listings = listings;
    this.artifacts = artifacts;
    this.attestations = attestations;
    this.transfer = transfer;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    if (segments.size() != 4 || !segments.getLast().equals("provenance")) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    if (!isAccepted(exchange)) {
      throw Problems.notAcceptable(MEDIA_TYPE).asException();
    }
    String fileName = segments.get(2);
    ListedFile file = listings.getServed(exchange, Exchange.project(segments.getFirst()), fileName);
    if (!file.name().version().toString().equals(segments.get(1))) {
      throw Problems.noSuchFile(Exchange.quoted(fileName)).asException();
    }
    var wanted =
        file.wanted(Kind.PROVENANCE, null)
            .orElseThrow(() -> Problems.noProvenance(fileName).asException());
    Sha256 sha256 = file.facts().sha256();
    if (sha256 == null) {
      throw Problems.provenanceOfUnknownBytes(fileName).asException();
    }
    switch (ask(wanted, sha256)) {
      case Attestations.Answer.Unavailable(MirrorFailure failure) ->
          throw Problems.notHad(failure).asException();
      case Attestations.Answer.Known(Verification.Refused(var refusal)) ->
          throw Problems.provenanceRefused(fileName, refusal).asException();
      case Attestations.Answer.Known(Verification.Verified _) -> send(exchange, wanted);
    }
  }

  private Attestations.Answer ask(Wanted wanted, Sha256 sha256) throws IOException {
    try {
      return attestations.ask(wanted, sha256);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a provenance was verified");
    }
  }

  private void send(Exchange exchange, Wanted wanted) throws IOException {
    switch (artifacts.openWhole(wanted)) {
      case Opened.Kept(KeptFile kept, SeekableByteChannel channel) -> {
        try (channel) {
          exchange
              .revalidated()
              .set(HttpHeader.CONTENT_TYPE, MEDIA_TYPE)
              .set(HttpHeader.VARY, "Accept");
          transfer.send(exchange, channel, kept.size());
        }
      }
      case Opened.Failed failed -> throw Problems.notHad(failed.failure()).asException();
      case Opened.Arriving _ -> throw new IllegalStateException("a whole file does not arrive");
    }
  }

  private static boolean isAccepted(Exchange exchange) {
    List<String> ranges = exchange.headerList(HttpHeader.ACCEPT);
    return ranges.isEmpty()
        || ranges.stream()
            .map(range -> range.split(";", 2)[0].strip())
            .anyMatch(
                type ->
                    type.equals(MEDIA_TYPE) || type.equals("application/*") || type.equals("*/*"));
  }
}
