package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.LoopbackHost;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * How clients are pointed at the server: lines to copy.
 *
 * @param audience whom the lines are for
 * @param server the address that they use
 * @param needsToken whether they are refused without a token
 */
record Pointer(String audience, URI server, boolean needsToken) {
  /** For this machine; and for others, where the server can be reached from there. */
  static List<Pointer> all(URI address, IndexSettings settings) {
    boolean others = settings.anonymous() != AnonymousReading.EVERYONE;
    URI publicUrl = settings.publicUrl();
    if (publicUrl != null) {
      // Whether a request through it comes from this machine is not to be told from here.
      return List.of(new Pointer("Point a client at it:", publicUrl, others));
    }
    InetAddress listen = settings.listen().getAddress();
    if (!listen.isAnyLocalAddress()) {
      boolean needsToken =
          listen.isLoopbackAddress() ? settings.anonymous() == AnonymousReading.NOBODY : others;
      return List.of(new Pointer("Point a client at it:", address, needsToken));
    }
    return List.of(
        new Pointer(
            "Point a client on this machine at it:",
            address,
            settings.anonymous() == AnonymousReading.NOBODY),
        new Pointer(
            "On other machines, with this one's name for HOST:",
            withHost(address, "HOST"),
            others));
  }

  List<String> lines() {
    String simple = (needsToken ? withUser() : server) + "simple/";
    String trusted = trustedHost();
    List<String> lines = new ArrayList<>();
    lines.add(audience);
    lines.add("");
    lines.add("  pip        pip install " + trusted + "--index-url " + simple + " requests");
    lines.add("  uv         uv pip install --default-index " + simple + " requests");
    lines.add("  poetry     poetry source add --priority=primary gatehouse " + server + "simple/");
    if (needsToken) {
      lines.add("             poetry config http-basic.gatehouse __token__ TOKEN");
    }
    lines.add("  pip.conf   [global]");
    lines.add("             index-url = " + simple);
    if (!trusted.isEmpty()) {
      lines.add("             trusted-host = " + server.getHost());
    }
    if (needsToken) {
      lines.add("");
      lines.add("  TOKEN is what this prints: gatehouse client add NAME --role reader");
    }
    return lines;
  }

  private String withUser() {
    return server.toString().replaceFirst("://", "://__token__:TOKEN@");
  }

  /** pip takes plain HTTP from this machine as it is; from elsewhere it must be told so. */
  private String trustedHost() {
    return server.getScheme().equals("http") && !LoopbackHost.matches(server.getHost())
        ? "--trusted-host " + server.getHost() + " "
        : "";
  }

  private static URI withHost(URI address, String host) {
    try {
      return new URI(
          address.getScheme(), null, host, address.getPort(), address.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
