package dev.gatehouse.outbound;

import java.net.InetAddress;
import java.util.Arrays;

/** The addresses that share their leading bits with a network's (CIDR, RFC 4632). */
final class AddressBlock {
  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * A network's block.
   *
   * @throws IllegalArgumentException where the network is no address, or not so long
   */
  static AddressBlock of(String network, int bits) {
    byte[] bytes = InetAddress.ofLiteral(network).getAddress();
    if (bits < 0 || bits > bytes.length * 8) {
      throw new IllegalArgumentException("an address has no " + bits + " bits");
    }
    return new AddressBlock(bytes, bits);
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = 0xff00 >> (bits % 8) & 0xff;
    return Arrays.equals(network, 0, whole, address, 0, whole)
        && (rest == 0 || ((network[whole] ^ address[whole]) & rest) == 0);
  }
}
