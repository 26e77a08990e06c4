package dev.gatehouse.outbound;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin.Address;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The proxies that an environment names, as curl and pip read it: {@code http_proxy}, {@code
 * https_proxy}, {@code no_proxy}.
 */
final class Proxies {
  private record Proxy(String scheme, URI uri) {
    String hostAndPort() {
      return uri.getHost() + ":" + port();
    }

    int port() {
      return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? 443 : 80;
    }

    boolean isSecure() {
      return "https".equalsIgnoreCase(uri.getScheme());
    }
  }

  private final List<Proxy> proxies = new ArrayList<>();
  private final List<String> direct;

  /**
   * @throws IllegalArgumentException where a proxy is named by what is no address
   */
  Proxies(Map<String, String> environment) {
    for (String scheme : List.of("http", "https")) {
      find(environment, scheme + "_proxy").ifPresent(text -> proxies.add(proxy(scheme, text)));
    }
    direct =
        Arrays.stream(find(environment, "no_proxy").orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList();
  }

  private static Optional<String> find(Map<String, String> environment, String name) {
    return Optional.ofNullable(
            environment.getOrDefault(name, environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  /** The value may hold a password, so that the message does not show it. */
  private static Proxy proxy(String scheme, String text) {
    String address = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = URI.create(address.strip());
      if (uri.getHost() != null) {
        return new Proxy(scheme, uri);
      }
    } catch (IllegalArgumentException e) {
      throw invalid(scheme);
    }
    throw invalid(scheme);
  }

  private static IllegalArgumentException invalid(String scheme) {
    return new IllegalArgumentException(
        "The environment variable "
            + scheme
            + "_proxy holds no address of a proxy, as in http://proxy.example.com:3128");
  }

  /** {@code host:port} of each. */
  Set<String> addresses() {
    return proxies.stream().map(Proxy::hostAndPort).collect(Collectors.toSet());
  }

  /** Whether requests to this origin go through a proxy. */
  boolean apply(Origin origin) {
    return proxies.stream().anyMatch(proxy -> proxy.scheme().equals(origin.scheme()))
        && !isDirect(origin.host(), origin.port());
  }

  void addTo(HttpClient client) {
    for (Proxy proxy : proxies) {
      client.getProxyConfiguration().addProxy(new SchemeProxy(proxy));
      if (proxy.uri().getUserInfo() != null) {
        authenticate(client, proxy);
      }
    }
  }

  private static void authenticate(HttpClient client, Proxy proxy) {
    String[] user = proxy.uri().getUserInfo().split(":", 2);
    URI address = URI.create((proxy.isSecure() ? "https://" : "http://") + proxy.hostAndPort());
    client
        .getAuthenticationStore()
        .addAuthenticationResult(
            new BasicAuthentication.BasicResult(
                address, HttpHeader.PROXY_AUTHORIZATION, user[0], user.length > 1 ? user[1] : ""));
  }

  /**
   * {@code example.com} and {@code .example.com} mean the host and those below it, {@code *} means
   * all.
   */
  private boolean isDirect(String host, int port) {
    return direct.stream().anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    String name = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && entry.indexOf(':') == colon) {
      if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    String domain =
        name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
    return name.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  private final class SchemeProxy extends HttpProxy {
    private final String scheme;

    SchemeProxy(Proxy proxy) {
      super(new Address(proxy.uri().getHost(), proxy.port()), proxy.isSecure());
      this.scheme = proxy.scheme();
    }

    @Override
    public boolean matches(org.eclipse.jetty.client.Origin origin) {
      return origin.getScheme().equalsIgnoreCase(scheme)
          && !isDirect(
              origin.getAddress().getHost().toLowerCase(Locale.ROOT),
              origin.getAddress().getPort());
    }
  }
}
