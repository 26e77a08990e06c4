package dev.gatehouse.cli.compare;

import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.SourceSearch;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Opens the files of one run and has them compared.
 *
 * @param source an address or a path; null: what the artifact's attestation names, or else its
 *     metadata
 * @param ref a tag, branch or commit; null: what fits best
 * @param provenance a document with the artifact's attestation; null: what lies beside it
 */
record Comparing(
    SourceComparison comparison,
    SourceSearch search,
    @Nullable String source,
    @Nullable String ref,
    @Nullable Path provenance,
    Instant now) {

  Comparison withSource(Subject subject) throws IOException, InterruptedException {
    AttestedSource attested =
        source == null ? AttestedSource.of(subject.path(), provenance, now).orElse(null) : null;
    try (SeekableByteChannel bytes = Files.newByteChannel(subject.path())) {
      SourceSearch.Subject artifact =
          new SourceSearch.Subject(subject.name(), subject.filename(), bytes);
      return attested == null
          ? search.compare(artifact, source, ref)
          : search.attested(artifact, attested.repository(), ref == null ? attested.commit() : ref);
    }
  }

  Comparison withOther(Subject subject, Subject other) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(subject.path());
        SeekableByteChannel others = Files.newByteChannel(other.path())) {
      return comparison.compare(
          subject.name(),
          subject.filename(),
          bytes,
          new SourceComparison.Other(other.name(), other.filename(), others));
    }
  }
}
