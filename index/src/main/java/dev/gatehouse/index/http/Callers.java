package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.index.client.Client;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. */
final class Callers {
  private static final List<String> FORWARDING =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final IndexSettings settings;
  private final Clients clients;

  Callers(IndexSettings settings, Clients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /**
   * @throws ProblemException where credentials came that are not known: whoever sends a token means
   *     to be somebody, and is not quietly taken for nobody
   */
  Caller identify(Request request) {
    InetAddress peer = peer(request);
    return new Caller(client(request), address(request, peer), isLocal(request, peer));
  }

  private @Nullable Client client(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    return token(header)
        .flatMap(clients::authenticate)
        .orElseThrow(() -> Problems.tokenUnknown().asException());
  }

  /**
   * The bearer token (RFC 6750), or the password of basic authentication (RFC 7617) whatever its
   * user's name.
   */
  private static Optional<Secret> token(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String credentials = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> secret(credentials);
      case "basic" -> password(credentials);
      default -> Optional.empty();
    };
  }

  private static Optional<Secret> password(String credentials) {
    try {
      String userAndPassword = new String(Base64.getDecoder().decode(credentials), UTF_8);
      int colon = userAndPassword.indexOf(':');
      return colon < 0 ? Optional.empty() : secret(userAndPassword.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Secret> secret(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
  }

  static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress a
        ? a.getAddress()
        : InetAddress.ofLiteral("0.0.0.0");
  }

  /**
   * The last address that a trusted proxy vouches for. {@code Forwarded} (RFC 7239) counts only
   * where {@code X-Forwarded-For} is absent: a proxy that sets one of them passes a forged other
   * one through.
   */
  private InetAddress address(Request request, InetAddress peer) {
    if (!isTrusted(peer)) {
      return peer;
    }
    InetAddress address = peer;
    List<String> hops = hops(request);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
      Optional<InetAddress> hop = literal(hops.get(i));
      if (hop.isEmpty()) {
        break;
      }
      address = hop.get();
    }
    return address;
  }

  private static List<String> hops(Request request) {
    List<String> hops = request.getHeaders().getCSV("X-Forwarded-For", false);
    return hops.isEmpty()
        ? request.getHeaders().getCSV(HttpHeader.FORWARDED, true).stream()
            .map(Callers::forwardedFor)
            .toList()
        : hops;
  }

  private static String forwardedFor(String element) {
    for (String pair : element.split(";", -1)) {
      if (pair.strip().regionMatches(true, 0, "for=", 0, 4)) {
        return pair.strip().substring(4).replace("\"", "");
      }
    }
    return "";
  }

  /** An address with or without brackets and port; a name or an obfuscated identifier is none. */
  private static Optional<InetAddress> literal(String hop) {
    String text = hop.strip();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? text : text.substring(1, end);
    } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      text = text.substring(0, text.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  boolean isTrusted(InetAddress address) {
    return settings.trustedProxies().stream().anyMatch(range -> range.contains(address));
  }

  /**
   * A request is of this machine when it comes over loopback, by a loopback name (a web page that
   * rebinds its own name to loopback is not us), and bears no sign of a proxy: what an unlisted
   * proxy on this machine passes on may come from anywhere.
   */
  private static boolean isLocal(Request request, InetAddress peer) {
    return peer.isLoopbackAddress()
        && FORWARDING.stream().noneMatch(request.getHeaders()::contains)
        && isLoopbackName(Request.getServerName(request));
  }

  static boolean isLoopbackName(String host) {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (name.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(name).isLoopbackAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
