package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Immutable bytes, known by their SHA-256. A blob is either there in whole or not there: what is
 * being written is seen by nobody until it is committed, and what was committed survives a loss of
 * power. All methods may be called from any number of threads.
 */
public interface BlobStore {
  /**
   * The blob with this digest, or empty when there is none.
   *
   * @throws IOException when that cannot be told, which is not the same as absent
   */
  Optional<Blob> find(Sha256 sha256) throws IOException;

  /** Begins a new blob. Close what this returns, committed or not. */
  StagedBlob stage() throws IOException;

  /**
   * Removes a blob. Whoever has it open may read on.
   *
   * @return whether it was there
   */
  boolean delete(Sha256 sha256) throws IOException;

  /**
   * All blobs, in no order. Close the stream. Blobs that come or go meanwhile may or may not be in
   * it.
   *
   * @throws IOException when the store cannot be read; once the stream has begun, as {@link
   *     java.io.UncheckedIOException}
   */
  Stream<Sha256> list() throws IOException;
}
