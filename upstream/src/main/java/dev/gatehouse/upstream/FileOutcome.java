package dev.gatehouse.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What became of asking for a file. */
public sealed interface FileOutcome {
  /**
   * The file comes. Whoever got this closes it, which breaks off what was not read.
   *
   * @param body throws {@link UpstreamReadException} where it stalls, ends before its length or
   *     goes on after it. Where the length is not known, an end that came too early can only be
   *     found by the hash
   * @param length in bytes, as declared; null: it is not
   */
  record Content(InputStream body, @Nullable Long length) implements FileOutcome, AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** The upstream says that it has no such file. */
  record Absent() implements FileOutcome {}

  /** Nobody knows: the upstream could not be asked or understood. */
  record Unavailable(UpstreamFailure failure) implements FileOutcome {}
}
