package dev.gatehouse.inbound;

import java.net.InetAddress;

/**
 * An IP address or a block of them in CIDR notation (RFC 4632, RFC 4291): {@code 192.0.2.10},
 * {@code 10.0.0.0/8}, {@code 2001:db8::/32}. Never a host name: what it means must not depend on a
 * resolver.
 *
 * @param network its first address
 * @param prefixLength how many leading bits an address of the block shares with it
 */
public record AddressRange(InetAddress network, int prefixLength) {
  public AddressRange {
    if (prefixLength < 0 || prefixLength > network.getAddress().length * 8) {
      throw new IllegalArgumentException(
          "a prefix of " + prefixLength + " bits does not fit " + network.getHostAddress());
    }
  }

  /** Reads an address, or an address, a slash and a number of bits. */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress network = InetAddress.ofLiteral(address);
      int bits =
          slash < 0 ? network.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
      return new AddressRange(network, bits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "an address or a block of them, as in 192.0.2.10 or 10.0.0.0/8, not \"" + text + '"', e);
    }
  }

  /** Whether the address lies in the block. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
