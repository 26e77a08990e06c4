package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Outbound;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Makes upstreams from their settings. */
public final class Upstreams {
  private Upstreams() {}

  /**
   * The upstream that the address's scheme calls for. Nothing is asked yet.
   *
   * @throws IllegalArgumentException where the address is neither https, http nor that of a folder
   */
  public static Upstream open(UpstreamSettings settings, Outbound outbound) {
    String scheme = String.valueOf(settings.url().getScheme()).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https", "http" -> new HttpUpstream(settings, outbound);
      case "file" -> new FolderUpstream(settings.name(), folder(settings));
      default ->
          throw new IllegalArgumentException(
              "The url of the upstream %s begins with https:, http: or file:, unlike %s"
                  .formatted(settings.name(), settings.url()));
    };
  }

  private static Path folder(UpstreamSettings settings) {
    URI url = settings.url();
    try {
      return Path.of(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The url of the upstream %s names a folder, as in file:///srv/wheels, unlike %s"
              .formatted(settings.name(), url),
          e);
    }
  }
}
