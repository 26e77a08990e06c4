package dev.gatehouse.outbound;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names to public addresses only. What it gives is what is connected to, with no look-up
 * in between: a name that means something public when it is checked and something private when it
 * is used (DNS rebinding) gains nothing.
 */
final class CheckedResolver implements SocketAddressResolver {
  private final SocketAddressResolver resolver;

  /**
   * Checks what another resolver finds.
   *
   * @param resolver which must not block its caller: a name server that is silent would outlast all
   *     time-outs
   */
  CheckedResolver(SocketAddressResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    if (isForAProxy(context)) {
      resolver.resolve(host, port, context, promise);
      return;
    }
    resolver.resolve(
        host, port, context, Promise.from(found -> check(host, found, promise), promise::failed));
  }

  /** Where a proxy lies is the operator's business, but only while it is used as one. */
  private static boolean isForAProxy(Map<String, Object> context) {
    return context.get(Destination.CONTEXT_KEY) instanceof Destination destination
        && destination.getProxy() != null;
  }

  private static void check(
      String host, List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
    List<InetSocketAddress> open =
        found.stream().filter(address -> PublicAddresses.contain(address.getAddress())).toList();
    if (open.isEmpty()) {
      promise.failed(refused(host));
    } else {
      promise.succeeded(open);
    }
  }

  /** For the failure of a host that has no public address. */
  static OutboundException refused(String host) {
    return new OutboundException(
        OutboundException.Code.ADDRESS,
        "the host " + host + " lies at a private address, and no one named it");
  }
}
