package dev.gatehouse.pins.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as files write them, which may be none, and may hold passwords. */
final class Addresses {
  private static final Pattern PASSWORD = Pattern.compile("//[^/@\\s]*@");

  private Addresses() {}

  /** The host, in lower case; empty where the text is no address of https or http. */
  static Optional<String> host(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("https") || scheme.equals("http");
      return web
          ? Optional.ofNullable(uri.getHost()).map(host -> host.toLowerCase(Locale.ROOT))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The host with its port, where the address names one: what tells two servers apart. */
  static Optional<String> authority(String text) {
    return host(text)
        .map(
            host -> {
              int port = URI.create(text).getPort();
              return port < 0 ? host : host + ":" + port;
            });
  }

  /** Whether anybody on the way can change what comes from there. */
  static boolean isPlain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean plain = lower.startsWith("http://") || lower.startsWith("ftp://");
    return plain && !host(text).map(Addresses::isLoopback).orElse(false);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  /** The text without the user and password that an address may hold. */
  static String shown(String text) {
    return PASSWORD.matcher(text).replaceAll("//");
  }

  /** Of whom a message speaks: the host, since all else of an address may be secret. */
  static String place(String text) {
    return host(text).orElse("another place");
  }
}
