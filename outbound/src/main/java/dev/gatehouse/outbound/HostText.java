package dev.gatehouse.outbound;

import java.net.InetAddress;
import java.util.Optional;

/** What a host says of itself before any name is resolved. */
final class HostText {
  private HostText() {}

  /** The address that stands there, in brackets or not; empty where a name does. */
  static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(withoutBrackets(host)));
    } catch (IllegalArgumentException aName) {
      return Optional.empty();
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether it is this machine itself: {@code localhost} (RFC 6761, section 6.3) or loopback. */
  static boolean isLoopback(String host) {
    String name = withoutRoot(host);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /**
   * Whether it can be seen that it lies at a private address. Behind a proxy that is all that can
   * be seen, since the proxy resolves the name.
   */
  static boolean isPrivate(String host) {
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent() && !PublicAddresses.contain(literal.get())) {
      return true;
    }
    return isLoopback(host) || isDisguisedNumber(host, literal);
  }

  /**
   * {@code 0x7f000001}, {@code 0177.0.0.1} and {@code 2130706433} are 127.0.0.1 to some and other
   * addresses or names to others. What ends in a number is an IPv4 address (WHATWG URL, section
   * 3.5), and only its usual form means the same to all.
   */
  private static boolean isDisguisedNumber(String host, Optional<InetAddress> literal) {
    String name = withoutRoot(host);
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean number =
        !last.isEmpty()
            && (last.chars().allMatch(c -> c >= '0' && c <= '9') || last.startsWith("0x"));
    return number && literal.filter(address -> address.getHostAddress().equals(host)).isEmpty();
  }

  private static String withoutRoot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
