package dev.gatehouse.outbound;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  /** A proxy for requests of a scheme. */
  private record Proxy(String scheme, URI uri) {
    Origin origin() {
      return Origin.of(uri);
    }
  }

  private final List<Proxy> proxies = new ArrayList<>();
  private final DirectHosts direct;

  /**
   * Reads an environment.
   *
   * @throws IllegalArgumentException where a proxy is named by what is no address
   */
  Proxies(Map<String, String> environment) {
    for (String scheme : List.of("http", "https")) {
      find(environment, scheme + "_proxy").ifPresent(text -> proxies.add(proxy(scheme, text)));
    }
    direct = new DirectHosts(find(environment, "no_proxy").orElse(""));
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
      Proxy proxy = new Proxy(scheme, URI.create(address.strip()));
      proxy.origin();
      return proxy;
    } catch (IllegalArgumentException e) {
      // Without its cause, which quotes the value.
      throw new IllegalArgumentException(
          "The environment variable "
              + scheme
              + "_proxy holds no address of an HTTP proxy, as in http://proxy.example.com:3128");
    }
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
    client
        .getAuthenticationStore()
        .addAuthenticationResult(
            new BasicAuthentication.BasicResult(
                URI.create(proxy.origin().toString()),
                HttpHeader.PROXY_AUTHORIZATION,
                user[0],
                user.length > 1 ? user[1] : ""));
  }

  /** Whether requests to this place go through a proxy. */
  boolean apply(Origin place) {
    return proxies.stream().anyMatch(proxy -> applies(proxy, place));
  }

  /** What is sent to a proxy itself, as CONNECT is, does not go through one. */
  private boolean applies(Proxy proxy, Origin place) {
    return proxy.scheme().equals(place.scheme())
        && proxies.stream().noneMatch(other -> other.origin().equals(place))
        && !direct.contain(place.host(), place.port());
  }

  private final class SchemeProxy extends HttpProxy {
    private final Proxy proxy;

    SchemeProxy(Proxy proxy) {
      super(new Address(proxy.origin().host(), proxy.origin().port()), proxy.origin().isSecure());
      this.proxy = proxy;
    }

    @Override
    public boolean matches(org.eclipse.jetty.client.Origin origin) {
      Address address = origin.getAddress();
      return applies(
          proxy,
          new Origin(
              origin.getScheme().toLowerCase(Locale.ROOT),
              address.getHost().toLowerCase(Locale.ROOT),
              address.getPort()));
    }
  }
}
