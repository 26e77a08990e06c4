package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** An address and port to listen on, as a person writes it. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * Reads {@code 127.0.0.1:8484}, {@code [::1]:8484} or {@code localhost:8484}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean unbracketed = text.indexOf(':') != colon && !text.startsWith("[");
    if (colon < 1 || unbracketed) {
      throw new IllegalArgumentException(
          "must be an address and a port such as \"127.0.0.1:8484\" or \"[::1]:8484\", not "
              + quoted(text));
    }
    return new InetSocketAddress(
        address(text.substring(0, colon)), port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(
          "the port must be a number from 0 to 65535, not " + quoted(text));
    }
    return Integer.parseInt(text);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address is known for the host " + quoted(host), e);
    }
  }
}
