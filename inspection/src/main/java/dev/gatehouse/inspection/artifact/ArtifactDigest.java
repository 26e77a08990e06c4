package dev.gatehouse.inspection.artifact;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;

/** What an artifact is known by. */
final class ArtifactDigest {
  private static final int CHUNK = 256 * 1024;

  private ArtifactDigest() {}

  /** Digests the whole channel, and leaves it at its start. */
  static Sha256 of(SeekableByteChannel bytes) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    bytes.position(0);
    while (bytes.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    bytes.position(0);
    return Sha256.of(digest.digest());
  }
}
