package dev.gatehouse.gateway;

import dev.gatehouse.gateway.key.Endpoint;
import java.net.InetAddress;
import java.time.Instant;

/**
 * The use of a decoy.
 *
 * @param decoy its name
 * @param from who used it
 * @param endpoint what it was used for
 * @param at when
 */
record Alarm(String decoy, InetAddress from, Endpoint endpoint, Instant at) {
  String address() {
    return from.getHostAddress();
  }
}
