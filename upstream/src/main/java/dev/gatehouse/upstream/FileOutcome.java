package dev.gatehouse.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What came of asking for a file. */
public sealed interface FileOutcome {
  /**
   * Its bytes, to be closed by whoever got them. Reading throws {@link UpstreamReadException} where
   * they break off.
   *
   * @param length how many there are to be; null: the upstream does not say
   */
  record Content(InputStream body, @Nullable Long length) implements FileOutcome, AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** The upstream says that it does not have it. */
  record Absent() implements FileOutcome {}

  /** Whether it has it could not be found out. */
  record Unavailable(UpstreamFailure failure) implements FileOutcome {}
}
