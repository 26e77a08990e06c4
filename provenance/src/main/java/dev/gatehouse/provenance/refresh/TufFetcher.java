package dev.gatehouse.provenance.refresh;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.sigstore.tuf.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches the files of a mirror, all of them within one patience. */
final class TufFetcher implements Fetcher {
  /** File names come from metadata: none may lead out of the folder. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,255}");

  private final Outbound outbound;
  private final URI folder;
  private final LongSupplier nanoTime;
  private final long end;

  /**
   * @param folder ends in a slash
   * @param end of {@code nanoTime}
   */
  TufFetcher(Outbound outbound, URI folder, LongSupplier nanoTime, long end) {
    this.outbound = outbound;
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.end = end;
  }

  @Override
  public String getSource() {
    return folder.toString();
  }

  /**
   * @return null where the mirror has no such file: so TUF tells that there is no newer root
   */
  @Override
  public byte @Nullable [] fetchResource(String filename, int maxLength) throws IOException {
    if (!FILE.matcher(filename).matches()) {
      throw new Failure(RefreshFault.MALFORMED, "it names a file that cannot be one", null);
    }
    Duration left = Duration.ofNanos(end - nanoTime.getAsLong());
    if (!left.isPositive()) {
      throw new Failure(RefreshFault.UNREACHABLE, "it took too long", null);
    }
    URI uri = folder.resolve(filename);
    OutboundRequest request =
        OutboundRequest.get(uri)
            .named(Origin.of(uri))
            .limits(new Limits(left, left, maxLength))
            .build();
    try (OutboundResponse response = outbound.send(request)) {
      return switch (response.status()) {
        case 200 -> response.body().readAllBytes();
        case 404 -> null;
        default ->
            throw new Failure(
                RefreshFault.UNREACHABLE,
                "%s was answered with status %d".formatted(filename, response.status()),
                null);
      };
    } catch (OutboundException e) {
      boolean large = e.code() == OutboundException.Code.TOO_LARGE;
      throw new Failure(
          large ? RefreshFault.TOO_LARGE : RefreshFault.UNREACHABLE,
          "%s (%s)".formatted(e.problem(), filename),
          e);
    }
  }

  /** What the library passes on to whoever called it. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1;

    private final RefreshFault fault;

    Failure(RefreshFault fault, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.fault = fault;
    }

    RefreshFault fault() {
      return fault;
    }
  }
}
