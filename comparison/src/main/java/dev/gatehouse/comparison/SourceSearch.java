package dev.gatehouse.comparison;

import dev.gatehouse.comparison.claim.SourceClaim;
import dev.gatehouse.comparison.claim.SourceClaims;
import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.comparison.remote.RemoteRepositories.Fetched;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.SourceLimits;
import dev.gatehouse.comparison.source.SourceLocation;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.inspection.archive.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the source of an artifact, where the user names it or the artifact does, and compares. */
public final class SourceSearch {
  private final RemoteRepositories remote;
  private final SourceComparison comparison;
  private final InstantSource clock;
  private final Consumer<String> notes;

  /**
   * @param notes told what is being fetched
   */
  public SourceSearch(
      RemoteRepositories remote,
      SourceComparison comparison,
      InstantSource clock,
      Consumer<String> notes) {
    this.remote = remote;
    this.comparison = comparison;
    this.clock = clock;
    this.notes = notes;
  }

  /**
   * An artifact whose source is looked for.
   *
   * @param name as it is shown
   * @param filename tells the format, the project and the version
   * @param bytes left open
   */
  public record Subject(String name, String filename, SeekableByteChannel bytes) {}

  /**
   * Compares an artifact.
   *
   * @param source an address or a path; null: what the artifact's metadata names
   * @param ref a tag, branch or commit; null: what fits best
   * @throws SourceException where there is no source that could be read
   */
  public Comparison compare(Subject artifact, @Nullable String source, @Nullable String ref)
      throws IOException {
    return source == null ? claimed(artifact, ref) : compare(artifact, named(source), ref);
  }

  /**
   * Compares an artifact with the source that its attestation names.
   *
   * @param repository as the certificate names it, which was verified
   * @param ref the commit, or another state of the repository
   */
  public Comparison attested(Subject artifact, URI repository, String ref) throws SourceException {
    return compare(artifact, fetched(repository, false, repository + " (its attestation)"), ref);
  }

  private SourceLocation named(String source) throws SourceException {
    boolean isAddress = source.startsWith("https://") || source.startsWith("http://");
    return isAddress ? fetched(address(source), true, source) : SourceLocation.of(Path.of(source));
  }

  private static URI address(String source) throws SourceException {
    try {
      return new URI(source);
    } catch (URISyntaxException e) {
      throw new SourceException("Could not read the address of the source: " + e.getReason(), e);
    }
  }

  private SourceLocation fetched(URI address, boolean named, String shown) throws SourceException {
    notes.accept("Fetching " + Printable.of(shown, 300) + " …");
    Fetched here = remote.fetch(address, named);
    return new SourceLocation.Fetched(here.path(), shown, Set.copyOf(here.movedTags()));
  }

  /** The first that has the files; of several that have hardly any, the one that has most. */
  private Comparison claimed(Subject artifact, @Nullable String ref) throws IOException {
    List<SourceClaim> claims =
        SourceClaims.of(artifact.filename(), artifact.bytes(), Limits.DEFAULT, clock);
    if (claims.isEmpty()) {
      throw new SourceException(
          "Could not compare %s: its metadata names no repository.".formatted(artifact.name()));
    }
    Comparison best = null;
    List<String> failures = new ArrayList<>();
    for (SourceClaim claim : claims) {
      try {
        String shown = "%s (its %s)".formatted(claim.repository(), claim.label());
        Comparison next = compare(artifact, fetched(claim.repository(), false, shown), ref);
        if (best == null || next.coverage().provedFiles() > best.coverage().provedFiles()) {
          best = next;
        }
        if (!next.coverage().isHardlyAny()) {
          return next;
        }
      } catch (SourceException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    if (best == null) {
      throw new SourceException(String.join(" ", failures));
    }
    return best;
  }

  private Comparison compare(Subject artifact, SourceLocation location, @Nullable String ref)
      throws SourceException {
    try (Source opened = Source.open(location, SourceLimits.DEFAULT, clock)) {
      return comparison.compare(
          artifact.name(), artifact.filename(), artifact.bytes(), opened, ref);
    }
  }
}
