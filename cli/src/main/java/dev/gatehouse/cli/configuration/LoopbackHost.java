package dev.gatehouse.cli.configuration;

import java.net.InetAddress;

/** Whether a host, as an address names it, is this machine. */
public final class LoopbackHost {
  private LoopbackHost() {}

  /**
   * Literal addresses, and the one name that is bound to this machine (RFC 6761, section 6.3):
   * nothing is looked up.
   *
   * @param host a name, or an address, of version 6 in brackets
   */
  public static boolean matches(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
          .isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
