package dev.gatehouse.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses lie on the open internet. Everything else is private: what is only reachable from
 * inside must not be reached because a page, a redirect or a name server of the outside says so
 * (server-side request forgery).
 */
final class PublicAddresses {
  /** From IANA's special-purpose registries (RFC 6890 and its successors). */
  private static final List<AddressBlock> SPECIAL =
      List.of(
          AddressBlock.of("0.0.0.0", 8), // "this network", RFC 791
          AddressBlock.of("10.0.0.0", 8), // private, RFC 1918
          AddressBlock.of("100.64.0.0", 10), // carrier-grade NAT, RFC 6598
          AddressBlock.of("127.0.0.0", 8), // loopback, RFC 1122
          AddressBlock.of("169.254.0.0", 16), // link-local, RFC 3927: cloud metadata services
          AddressBlock.of("172.16.0.0", 12), // private, RFC 1918
          AddressBlock.of("192.0.0.0", 24), // protocol assignments, RFC 6890
          AddressBlock.of("192.0.2.0", 24), // documentation, RFC 5737
          AddressBlock.of("192.88.99.0", 24), // 6to4 relays, RFC 7526
          AddressBlock.of("192.168.0.0", 16), // private, RFC 1918
          AddressBlock.of("198.18.0.0", 15), // benchmarks, RFC 2544
          AddressBlock.of("198.51.100.0", 24), // documentation, RFC 5737
          AddressBlock.of("203.0.113.0", 24), // documentation, RFC 5737
          AddressBlock.of(
              "224.0.0.0", 3), // multicast, reserved and broadcast, RFC 1112 and RFC 919
          AddressBlock.of("::", 96), // unspecified, loopback and v4-compatible, RFC 4291
          AddressBlock.of("100::", 64), // discard, RFC 6666
          AddressBlock.of("2001::", 23), // protocol assignments with Teredo, RFC 2928 and RFC 4380
          AddressBlock.of("2001:db8::", 32), // documentation, RFC 3849
          AddressBlock.of("3fff::", 20), // documentation, RFC 9637
          AddressBlock.of("5f00::", 16), // segment routing, RFC 9602
          AddressBlock.of("64:ff9b:1::", 48), // local NAT64, RFC 8215
          AddressBlock.of("fc00::", 7), // unique local, RFC 4193
          AddressBlock.of("fe80::", 9), // link-local and site-local, RFC 4291 and RFC 3879
          AddressBlock.of("ff00::", 8)); // multicast, RFC 4291

  /** Addresses that carry an IPv4 address, at this byte, to which their packets go in the end. */
  private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::", 96); // RFC 6052

  private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::", 16); // RFC 3056

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (SPECIAL.stream().anyMatch(block -> block.contains(bytes))) {
      return false;
    }
    if (!(address instanceof Inet6Address)) {
      return true;
    }
    if (NAT64.contains(bytes)) {
      return contain(v4(bytes, 12));
    }
    return !SIX_TO_FOUR.contains(bytes) || contain(v4(bytes, 2));
  }

  private static InetAddress v4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
