package dev.gatehouse.index.listing;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is sent many times: its bytes, the same compressed, and the entity tags of both. A
 * tag is made from the bytes, so that it changes with everything that the answer depends on, the
 * policy and the caller's view included.
 */
public final class Rendered {
  /** Below this, compression saves less than the headers cost. */
  private static final int LEAST_WORTH_COMPRESSING = 1024;

  private final byte[] body;
  private final ByteBuffer plain;
  private final String tag;

  /**
   * Made when a client first asks for it: compressing takes longer than all the rest of a large
   * page.
   */
  private volatile @Nullable ByteBuffer gzip;

  /**
   * @param body the bytes, which are not changed afterwards
   */
  public Rendered(byte[] body) {
    this.body = body;
    this.plain = direct(body);
    this.tag = digest(body);
  }

  /** The bytes, at their beginning; the buffer is the caller's own, read-only. */
  public ByteBuffer body(boolean compressed) {
    return (compressed ? gzip() : plain).asReadOnlyBuffer();
  }

  /** Whether compressed bytes are worth sending. */
  public boolean compressible() {
    return body.length >= LEAST_WORTH_COMPRESSING;
  }

  /** The strong entity tag of {@link #body}, with its quotes. */
  public String tag(boolean compressed) {
    return compressed ? '"' + tag + "-gzip\"" : '"' + tag + '"';
  }

  private ByteBuffer gzip() {
    ByteBuffer made = gzip;
    if (made == null) {
      made = direct(compress(body));
      gzip = made;
    }
    return made;
  }

  private static ByteBuffer direct(byte[] bytes) {
    // The network writes from outside the heap: copied once here, not at each answer.
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 8192)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return compressed.toByteArray();
  }

  private static String digest(byte[] body) {
    return Sha256.digest(body).hex().substring(0, 32);
  }
}
