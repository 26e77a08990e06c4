package dev.gatehouse.index.settings;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the index is run.
 *
 * @param listen where it listens; port 0: any free one
 * @param publicUrl how clients reach it, where that differs from how their requests arrive; null:
 *     as they arrive
 * @param tls what TLS is served with; null: plain HTTP
 * @param trustedProxies whose {@code X-Forwarded-For} and {@code Forwarded} are believed
 * @param data the folder of the embedded store
 * @param anonymous who may read without a token
 * @param people whom refusals point to, and who is told of recalls
 * @param vetAhead whether the newest versions of projects in use are vetted before anyone asks
 */
public record IndexSettings(
    InetSocketAddress listen,
    @Nullable URI publicUrl,
    @Nullable TlsFiles tls,
    List<AddressRange> trustedProxies,
    Path data,
    AnonymousReading anonymous,
    People people,
    boolean vetAhead) {
  /** With nobody to point to or to tell, and nothing vetted ahead of demand. */
  public IndexSettings(
      InetSocketAddress listen,
      @Nullable URI publicUrl,
      @Nullable TlsFiles tls,
      List<AddressRange> trustedProxies,
      Path data,
      AnonymousReading anonymous) {
    this(listen, publicUrl, tls, trustedProxies, data, anonymous, People.NOBODY, false);
  }

  public IndexSettings {
    trustedProxies = List.copyOf(trustedProxies);
    if (publicUrl != null) {
      publicUrl = withSlash(publicUrl);
    }
  }

  /** Addresses are resolved against it, and that keeps only what stands before the last slash. */
  private static URI withSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? url : URI.create(text + "/");
  }
}
