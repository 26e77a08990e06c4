package dev.gatehouse.index.http;

import dev.gatehouse.index.gate.Vetter;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.Gate;
import dev.gatehouse.index.mirror.KeptFile;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.index.mirror.Wanted;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.exposure.Download;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** {@code /files/NAME/FILE} and {@code /files/NAME/FILE.metadata}: what installers download. */
final class FileEndpoint implements Endpoint {
  private static final String METADATA = ".metadata";

  private final ListingService listings;
  private final ArtifactMirror artifacts;
  private final Vetter vetter;
  private final Vetting vetting;
  private final InstantSource clock;
  private final Transfer transfer;

  FileEndpoint(
      ListingService listings,
      ArtifactMirror artifacts,
      Vetter vetter,
      Vetting vetting,
      InstantSource clock,
      Transfer transfer) {
    this.listings = listings;
    this.artifacts = artifacts;
    this.vetter = vetter;
    this.vetting = vetting;
    this.clock = clock;
    this.transfer = transfer;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    List<String> segments = exchange.segments();
    if (segments.size() != 2) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    new Answer(exchange, segments.getFirst(), segments.getLast()).send();
  }

  /** The answer to one request. */
  private final class Answer {
    private final Exchange exchange;
    private final ProjectName project;
    private final String fileName;
    private final Kind kind;
    private final ListedFile file;

    Answer(Exchange exchange, String project, String fileName) {
      this.exchange = exchange;
      this.project = Exchange.project(project);
      this.kind = fileName.endsWith(METADATA) ? Kind.METADATA : Kind.ARTIFACT;
      this.fileName =
          kind == Kind.METADATA
              ? fileName.substring(0, fileName.length() - METADATA.length())
              : fileName;
      this.file = offered();
    }

    private ListedFile offered() {
      try {
        return listings.getServed(exchange, project, fileName);
      } catch (ProblemException e) {
        recordRefusal();
        throw e;
      }
    }

    private void recordRefusal() {
      if (kind == Kind.ARTIFACT && !exchange.isHead()) {
        listings
            .find(project, fileName)
            .filter(refused -> refused.facts().sha256() != null)
            .ifPresent(
                refused ->
                    record(
                        refused,
                        Objects.requireNonNull(refused.facts().sha256()),
                        Download.Outcome.REFUSED));
      }
    }

    void send() throws IOException {
      Gate gate = file.verdict().admitted() ? null : vetter.gate(file, listings.view());
      Wanted wanted =
          file.wanted(kind, gate)
              .orElseThrow(() -> Problems.noSuchFile(Exchange.quoted(fileName)).asException());
      exchange.set(HttpHeader.ACCEPT_RANGES, "bytes");
      if (isAnsweredWhole(wanted)) {
        send(artifacts.openWhole(wanted));
      } else if (exchange.isHead()) {
        exchange.revalidated().set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
        exchange.contentLength(wanted.promisedSize().orElseThrow()).end();
      } else {
        send(artifacts.open(wanted));
      }
    }

    /**
     * A part of a file is given only of a whole one, whose size and bytes are certain. So is a
     * comparison with what the client has, and a size that the page does not state.
     */
    private boolean isAnsweredWhole(Wanted wanted) {
      return exchange.header(HttpHeader.RANGE).isPresent()
          || exchange.header(HttpHeader.IF_NONE_MATCH).isPresent()
          || (exchange.isHead() && wanted.promisedSize().isEmpty());
    }

    private void send(Opened opened) throws IOException {
      switch (opened) {
        case Opened.Kept(KeptFile known, SeekableByteChannel channel) -> {
          try (channel) {
            sendKept(known, channel);
          }
        }
        case Opened.Arriving(long size, ReadableByteChannel channel) -> {
          try (channel) {
            exchange.revalidated().set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
            transfer(channel, size, true, file.facts().sha256());
          }
        }
        case Opened.Failed(MirrorFailure failure) -> {
          if (failure.cause() == MirrorFailure.Cause.REFUSED) {
            // The listing knows the verdict by now, with its reasons.
            offered();
          }
          throw Problems.notHad(failure).asException();
        }
      }
    }

    private void sendKept(KeptFile known, SeekableByteChannel channel) throws IOException {
      String tag = '"' + known.sha256().hex() + '"';
      exchange.revalidated().set(HttpHeader.ETAG, tag);
      if (exchange.clientHas(tag)) {
        exchange.status(304).end();
        return;
      }
      exchange.set(HttpHeader.CONTENT_TYPE, Transfer.CONTENT_TYPE);
      Optional<ByteRange> asked = range(tag, known.size());
      if (asked.isEmpty()) {
        transfer(channel, known.size(), true, known.sha256());
        return;
      }
      ByteRange range = asked.get();
      if (!range.isSatisfiable()) {
        exchange.status(416).set(HttpHeader.CONTENT_RANGE, "bytes */" + known.size());
        exchange.contentLength(0).end();
        return;
      }
      channel.position(range.first());
      exchange.status(206).set(HttpHeader.CONTENT_RANGE, range.contentRange(known.size()));
      boolean toTheEnd = range.first() + range.length() == known.size();
      transfer(channel, range.length(), toTheEnd, known.sha256());
    }

    /**
     * A client that resumes another version of the file gets the whole of this one (RFC 9110,
     * section 13.1.5).
     */
    private Optional<ByteRange> range(String tag, long size) {
      return exchange
          .header(HttpHeader.RANGE)
          .filter(_ -> exchange.header(HttpHeader.IF_RANGE).map(tag::equals).orElse(true))
          .flatMap(header -> ByteRange.parse(header, size));
    }

    private void transfer(
        ReadableByteChannel channel, long length, boolean toTheEnd, @Nullable Sha256 sha256)
        throws IOException {
      boolean whole = false;
      try {
        transfer.send(exchange, channel, length, this::checkStillServed);
        whole = toTheEnd;
      } finally {
        if (kind == Kind.ARTIFACT && !exchange.isHead() && sha256 != null) {
          record(file, sha256, whole ? Download.Outcome.RECEIVED : Download.Outcome.PARTIAL);
        }
      }
    }

    /** A recall also ends what is on its way. */
    private void checkStillServed() throws NoLongerServedException {
      if (!listings.isStillServed(file)) {
        throw new NoLongerServedException(fileName);
      }
    }

    private void record(ListedFile what, Sha256 sha256, Download.Outcome outcome) {
      Caller caller = exchange.caller();
      vetting
          .downloads()
          .record(
              new Download(
                  what.name(),
                  sha256,
                  caller.client() == null ? "" : caller.client().name(),
                  caller.client() == null ? null : caller.client().id(),
                  caller.address().getHostAddress(),
                  exchange.header(HttpHeader.USER_AGENT).orElse(""),
                  outcome,
                  clock.instant()));
    }
  }
}
