package dev.gatehouse.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that are reached without a proxy, as {@code no_proxy} lists them:
 *
 * <ul>
 *   <li>{@code example.com}, {@code .example.com} and {@code *.example.com} all mean the host and
 *       those below it, as curl, pip and Go read at least one of them;
 *   <li>each may end in a port, {@code example.com:8080};
 *   <li>{@code 192.0.2.7}, {@code 192.0.2.0/24} and {@code 2001:db8::/32} mean addresses that stand
 *       in the request; names are not resolved for it;
 *   <li>{@code *} means all.
 * </ul>
 *
 * This machine itself always is: a proxy's loopback is another, and what is for here must not pass
 * there.
 */
final class DirectHosts {
  private final List<String> entries;

  DirectHosts(String list) {
    this.entries =
        Arrays.stream(list.split(",", -1))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  boolean contain(String host, int port) {
    return HostText.isLoopback(host)
        || entries.stream().anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.contains("/")) {
      return block(entry)
          .flatMap(
              block -> HostText.literal(host).map(InetAddress::getAddress).map(block::contains))
          .orElse(false);
    }
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (!hasPort) {
      return matchesName(entry, host);
    }
    return entry.substring(colon + 1).equals(String.valueOf(port))
        && matchesName(entry.substring(0, colon), host);
  }

  private static boolean matchesName(String entry, String host) {
    if (entry.equals("*")) {
      return true;
    }
    Optional<InetAddress> literal = HostText.literal(host);
    if (literal.isPresent()) {
      return literal.equals(HostText.literal(entry));
    }
    String domain = entry.substring(entry.startsWith("*.") ? 2 : entry.startsWith(".") ? 1 : 0);
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static Optional<AddressBlock> block(String entry) {
    try {
      int slash = entry.indexOf('/');
      int bits = Integer.parseInt(entry.substring(slash + 1));
      return Optional.of(AddressBlock.of(entry.substring(0, slash), bits));
    } catch (IllegalArgumentException e) {
      // A list for other programs too may hold what only they understand.
      return Optional.empty();
    }
  }
}
