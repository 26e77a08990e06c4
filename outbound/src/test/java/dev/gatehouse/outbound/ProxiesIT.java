package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesIT {
  /** {@code u@r:p:w}, as Basic authentication writes it. */
  private static final String AUTHORIZATION = "Proxy-Authorization: Basic dUByOnA6dw==\r\n";

  private static final URI ELSEWHERE = URI.create("http://example.test/page?x=1");

  @TempDir private static Path folder;

  private static Map<String, String> both(WireServer proxy) {
    String address = "http://u%40r:p%3Aw@127.0.0.1:" + proxy.port();
    return Map.of("http_proxy", address, "https_proxy", address);
  }

  private static Outbound through(Map<String, String> environment, @Nullable Path caFile) {
    return new Outbound(OutboundSettings.of(environment, caFile));
  }

  @Test
  void areAskedForWhatIsNotSecure() throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "by proxy"));
        Outbound outbound = through(both(proxy), null)) {
      assertThat(Fetches.text(outbound, OutboundRequest.get(ELSEWHERE))).isEqualTo("200 by proxy");
      assertThat(proxy.heads().getFirst())
          .startsWith("GET http://example.test/page?x=1 HTTP/1.1")
          .contains("Host: example.test\r\n", AUTHORIZATION);
    }
  }

  @Test
  void areTunnelledThroughForWhatIsSecureAndOnlyTheyGetTheirCredentials() throws Exception {
    TestCertificate certificate = TestCertificate.of(folder, "dns:example.test");
    try (WireServer origin =
            WireServer.startTls(certificate.sockets(), wire -> wire.answer(200, "secure"));
        WireServer proxy = WireServer.start(wire -> tunnel(wire, origin.port()));
        Outbound outbound = through(both(proxy), certificate.pem())) {
      URI uri = URI.create("https://example.test:" + origin.port() + "/page");
      assertThat(Fetches.text(outbound, OutboundRequest.get(uri))).isEqualTo("200 secure");
      assertThat(proxy.heads().getFirst())
          .startsWith("CONNECT example.test:" + origin.port() + " HTTP/1.1")
          .contains(AUTHORIZATION);
      assertThat(origin.heads().getFirst())
          .startsWith("GET /page HTTP/1.1")
          .doesNotContainIgnoringCase("proxy");
    }
  }

  private static void tunnel(WireServer.Wire wire, int port) throws IOException {
    try (Socket origin = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      wire.send("HTTP/1.1 200 Connection established\r\n\r\n");
      Thread back = Thread.ofVirtual().start(() -> copyBack(origin, wire));
      wire.in().transferTo(origin.getOutputStream());
      back.interrupt();
    }
  }

  private static void copyBack(Socket origin, WireServer.Wire wire) {
    try {
      origin.getInputStream().transferTo(wire.socket().getOutputStream());
    } catch (IOException e) {
      // One of the two has closed.
    }
  }

  @Test
  void mayRefuseToConnect() throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(407, "who are you?"));
        Outbound outbound = through(both(proxy), null)) {
      URI signed = URI.create("https://example.test/wheel?signature=5ec2e7");
      OutboundException failure = Fetches.failure(outbound, OutboundRequest.get(signed));
      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure.problem()).isEqualTo("the proxy answered with the status 407");
      assertThat(failure.remedy()).contains("proxy");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost./",
        "https://10.0.0.1/"
      })
  void areNotAskedForAnAddressThatCanBeSeenToBePrivate(String address) throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "inside"));
        Outbound outbound = through(both(proxy), null)) {
      assertThat(Fetches.code(outbound, OutboundRequest.get(URI.create(address))))
          .isEqualTo(Code.ADDRESS);
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "https_proxy"})
  void areNoServersThatAPageMayPointTo(String variable) throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "the proxy's own page"));
        Outbound outbound = through(Map.of(variable, "http://127.0.0.1:" + proxy.port()), null)) {
      assertThat(Fetches.code(outbound, OutboundRequest.get(proxy.uri("/admin"))))
          .isEqualTo(Code.ADDRESS);
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void doNotSeeWhatIsForThisMachine() throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "by proxy"));
        WireServer local = WireServer.start(wire -> wire.answer(200, "direct"));
        Outbound outbound = through(both(proxy), null)) {
      assertThat(
              Fetches.text(
                  outbound,
                  local
                      .get("/api/clients")
                      .credentials(Credentials.bearer(local.origin(), Secret.of("admin")))))
          .isEqualTo("200 direct");
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void mayBeNamedInUpperCaseAndWithoutAScheme() throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "by proxy"));
        Outbound outbound = through(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.port()), null)) {
      assertThat(Fetches.text(outbound, OutboundRequest.get(ELSEWHERE))).isEqualTo("200 by proxy");
    }
  }

  @Test
  void areNotAskedByAnOutboundThatHasNone() throws Exception {
    try (WireServer proxy = WireServer.start(wire -> wire.answer(200, "by proxy"));
        Outbound outbound = through(Map.of("ftp_proxy", proxy.uri("/").toString()), null)) {
      assertThat(Fetches.code(outbound, OutboundRequest.get(URI.create("http://x.invalid/"))))
          .isEqualTo(Code.UNREACHABLE);
      assertThat(proxy.heads()).isEmpty();
    }
  }
}
