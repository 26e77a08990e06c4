package dev.gatehouse.outbound;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port (RFC 6454): what credentials and permissions are bound to.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port never the default's stand-in
 */
public record Origin(String scheme, String host, int port) {
  public Origin {
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the scheme http or https, not " + scheme);
    }
    if (host.isEmpty() || !host.equals(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("a host in lower case, not " + host);
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port from 1 to 65535, not " + port);
    }
  }

  /**
   * The origin of an absolute http or https address.
   *
   * @throws IllegalArgumentException where it is none; the message leaves out what may be secret of
   *     it, a user's password or a signature
   */
  public static Origin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "an http or https address with a host, not one of the scheme \"" + scheme + "\"");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
