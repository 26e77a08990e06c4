package dev.gatehouse.cli.compare;

import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.SourceSearch;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * Opens the files of one run and has them compared.
 *
 * @param source an address or a path; null: what the artifact's metadata names
 * @param ref a tag, branch or commit; null: what fits best
 */
record Comparing(
    SourceComparison comparison,
    SourceSearch search,
    @Nullable String source,
    @Nullable String ref) {

  Comparison withSource(Subject subject) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(subject.path())) {
      return search.compare(
          new SourceSearch.Subject(subject.name(), subject.filename(), bytes), source, ref);
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
