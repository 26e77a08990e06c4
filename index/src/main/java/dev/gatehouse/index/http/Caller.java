package dev.gatehouse.index.http;

import dev.gatehouse.index.client.Client;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param client whose token came with the request; null: none came
 * @param address where the request comes from, past trusted proxies
 * @param local whether it comes from this machine, directly and by a loopback name
 */
record Caller(@Nullable Client client, InetAddress address, boolean local) {
  /** How the access log names it. */
  String name() {
    return client == null ? "-" : client.name();
  }
}
