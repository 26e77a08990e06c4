package dev.gatehouse.provenance.refresh;

import dev.sigstore.tuf.SigstoreTufClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Where a Sigstore instance publishes its trusted root, and whom that is believed by.
 *
 * @param address of its metadata, ending in a slash; the targets lie below {@code targets/}
 * @param root the {@code root.json} that trust begins with: every newer one is signed by the keys
 *     of the one before it
 */
public record TufRepository(URI address, String root) {
  /** Checks. */
  public TufRepository {
    if (!address.getPath().endsWith("/")) {
      throw new IllegalArgumentException("the address ends in a slash: " + address);
    }
  }

  /** That of the public instance, by the root that comes with sigstore-java. */
  public static TufRepository publicInstance() {
    String resource = "/" + SigstoreTufClient.PUBLIC_GOOD_ROOT_RESOURCE;
    try (InputStream in = SigstoreTufClient.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("sigstore-java was packed without its TUF root");
      }
      return new TufRepository(
          URI.create("https://tuf-repo-cdn.sigstore.dev/"),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
