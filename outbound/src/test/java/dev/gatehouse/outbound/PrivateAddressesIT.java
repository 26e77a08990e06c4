package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.outbound.OutboundException.Code;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesIT {
  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private WireServer inside;

  @BeforeEach
  void start() throws Exception {
    inside = WireServer.start(wire -> wire.answer(200, "secret"));
  }

  @AfterEach
  void close() throws Exception {
    outbound.close();
    inside.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "any.localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]"
      })
  void areNotReachedInAnySpelling(String host) {
    URI uri = URI.create("http://" + host + ":" + inside.port() + "/");
    assertThat(Fetches.code(outbound, OutboundRequest.get(uri))).isEqualTo(Code.ADDRESS);
    assertThat(inside.heads()).isEmpty();
  }

  /** Only the resolver can see it: the name says nothing. */
  @Test
  void areNotReachedByANameThatMeansOne() throws Exception {
    String name = InetAddress.getLocalHost().getHostName();
    assumeTrue(isPrivate(name), "this machine has no name that means a private address");
    URI uri = URI.create("http://" + name + ":" + inside.port() + "/");
    assertThat(Fetches.code(outbound, OutboundRequest.get(uri))).isEqualTo(Code.ADDRESS);
    assertThat(inside.heads()).isEmpty();
  }

  private static boolean isPrivate(String name) {
    try {
      return !HostText.isPrivate(name)
          && !PublicAddresses.contain(InetAddress.getByName(name))
          && URI.create("http://" + name).getHost() != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Test
  void areReachedAtAnOriginThatTheOperatorNamed() throws Exception {
    assertThat(Fetches.text(outbound, inside.get("/"))).isEqualTo("200 secret");
  }

  @Test
  void areReachedAtAHostThatTheOperatorNamed() throws Exception {
    OutboundRequest.Builder request = OutboundRequest.get(inside.uri("/"));
    assertThat(Fetches.text(outbound, request.namedHosts(Set.of("127.0.0.1"))))
        .isEqualTo("200 secret");
  }

  @Test
  void areReachedAtAHostAndPortThatTheOperatorNamed() throws Exception {
    OutboundRequest.Builder request = OutboundRequest.get(inside.uri("/"));
    assertThat(Fetches.text(outbound, request.namedHosts(Set.of("127.0.0.1:" + inside.port()))))
        .isEqualTo("200 secret");
  }

  @Test
  void areNotReachedAtAnotherPortThanTheOneThatWasNamed() {
    OutboundRequest.Builder request = OutboundRequest.get(inside.uri("/"));
    assertThat(Fetches.code(outbound, request.namedHosts(Set.of("127.0.0.1:1"))))
        .isEqualTo(Code.ADDRESS);
  }

  @Test
  void areNotReachedOverAConnectionThatWasMadeForWhomTheyWereNamed() throws Exception {
    Fetches.text(outbound, inside.get("/"));
    assertThat(Fetches.code(outbound, OutboundRequest.get(inside.uri("/"))))
        .isEqualTo(Code.ADDRESS);
    assertThat(inside.heads()).hasSize(1);
  }
}
