package dev.gatehouse.inbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds out where a request comes from, past the proxies that the operator trusts. */
public final class Peers {
  private static final List<String> FORWARDING =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final List<AddressRange> trusted;

  /**
   * @param trusted whose {@code Forwarded} and {@code X-Forwarded-For} are believed
   */
  public Peers(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** The other end of the connection itself. */
  public static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress a
        ? a.getAddress()
        : InetAddress.ofLiteral("0.0.0.0");
  }

  /**
   * The last address that a trusted proxy vouches for. {@code Forwarded} (RFC 7239) counts only
   * where {@code X-Forwarded-For} is absent: a proxy that sets one of them passes a forged other
   * one through.
   */
  public InetAddress address(Request request) {
    InetAddress peer = peer(request);
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
            .map(Peers::forwardedFor)
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

  /** Whether it is a proxy that the operator trusts. */
  public boolean isTrusted(InetAddress address) {
    for (AddressRange range : trusted) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A request is of this machine when it comes over loopback, by a loopback name (a web page that
   * rebinds its own name to loopback is not us), and bears no sign of a proxy: what an unlisted
   * proxy on this machine passes on may come from anywhere.
   */
  public static boolean isLocal(Request request) {
    return peer(request).isLoopbackAddress()
        && FORWARDING.stream().noneMatch(request.getHeaders()::contains)
        && isLoopbackName(Request.getServerName(request));
  }

  /** Whether a host is this machine's loopback, by name or address. */
  public static boolean isLoopbackName(String host) {
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
