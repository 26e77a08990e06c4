package dev.gatehouse.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names to public addresses only. What it gives is what is connected to, with no look-up
 * in between: a name that means something public when it is checked and something private when it
 * is used (DNS rebinding) gains nothing.
 */
final class CheckedResolver implements SocketAddressResolver {
  private final Set<String> proxies;

  /**
   * @param proxies {@code host:port} of the proxies that the operator named: where they lie is the
   *     operator's business
   */
  CheckedResolver(Set<String> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    try {
      List<InetSocketAddress> addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .filter(
                  address ->
                      proxies.contains(host + ":" + port) || PublicAddresses.contain(address))
              .map(address -> new InetSocketAddress(address, port))
              .toList();
      if (addresses.isEmpty()) {
        throw refused(host);
      }
      promise.succeeded(addresses);
    } catch (Exception e) {
      promise.failed(e);
    }
  }

  /** For the failure of a host that has no public address. */
  static OutboundException refused(String host) {
    return new OutboundException(
        OutboundException.Code.ADDRESS,
        "the host " + host + " lies at a private address, and no one named it");
  }
}
