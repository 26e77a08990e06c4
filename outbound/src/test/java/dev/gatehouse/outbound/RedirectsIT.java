package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.OutboundException.Code;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsIT {
  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @AfterEach
  void close() throws Exception {
    outbound.close();
  }

  @Test
  void areFollowedFiveTimes() throws Exception {
    try (WireServer server = countdown();
        OutboundResponse response = outbound.send(server.get("/5").build())) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.uri()).isEqualTo(server.uri("/0"));
    }
  }

  @Test
  void areNotFollowedSixTimes() throws Exception {
    try (WireServer server = countdown()) {
      assertThat(Fetches.failure(outbound, server.get("/6")))
          .hasMessage("it redirects more than 5 times (REDIRECT)");
      assertThat(server.heads()).hasSize(6);
    }
  }

  private static WireServer countdown() throws Exception {
    return WireServer.start(
        wire -> {
          int left = Integer.parseInt(wire.target().substring(1));
          if (left == 0) {
            wire.answer(200, "there");
          } else {
            wire.redirect(String.valueOf(left - 1));
          }
        });
  }

  @Test
  void areNotFollowedInALoop() throws Exception {
    try (WireServer server =
        WireServer.start(wire -> wire.redirect(wire.target().equals("/a") ? "/b" : "/a#x"))) {
      assertThat(Fetches.failure(outbound, server.get("/a")))
          .hasMessage("it redirects in a loop (REDIRECT)");
      assertThat(server.heads()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "http://a b/",
        "http://h:0/"
      })
  void areNotFollowedToWhatIsNoAddress(String location) throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.redirect(location))) {
      assertThat(Fetches.code(outbound, server.get("/"))).isEqualTo(Code.REDIRECT);
    }
  }

  @Test
  void mustLeadSomewhere() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(302, "nowhere"))) {
      assertThat(Fetches.failure(outbound, server.get("/")))
          .hasMessage("it redirects to nowhere (REDIRECT)");
    }
  }

  @Test
  void areNotFollowedToAPrivateAddressThatNobodyNamed() throws Exception {
    try (WireServer inside = WireServer.start(wire -> wire.answer(200, "secret"));
        WireServer server =
            WireServer.start(wire -> wire.redirect(inside.uri("/metadata").toString()))) {
      assertThat(Fetches.code(outbound, server.get("/"))).isEqualTo(Code.ADDRESS);
      assertThat(inside.heads()).isEmpty();
    }
  }

  @Test
  void takeCredentialsToTheirOriginOnly() throws Exception {
    try (WireServer files = WireServer.start(wire -> wire.answer(200, "wheel"));
        WireServer index = WireServer.start(wire -> wire.redirect(files.uri("/w").toString()))) {
      Fetches.text(
          outbound,
          index
              .get("/")
              .namedHosts(Set.of("127.0.0.1"))
              .credentials(Credentials.bearer(index.origin(), Secret.of("token"))));
      assertThat(index.heads().getFirst()).contains("Authorization: Bearer token\r\n");
      assertThat(files.heads().getFirst()).doesNotContainIgnoringCase("authorization", "token");
    }
  }

  @Test
  void areTheCallersWhereTheRequestChangesSomething() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.redirect("/elsewhere"));
        OutboundResponse response =
            outbound.send(
                OutboundRequest.to("DELETE", server.uri("/x")).named(server.origin()).build())) {
      assertThat(response.status()).isEqualTo(302);
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void areTheCallersWhereItSaysSo() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.redirect("/elsewhere"));
        OutboundResponse response = outbound.send(server.get("/").redirects(false).build())) {
      assertThat(response.header("Location").map(URI::create)).contains(URI.create("/elsewhere"));
    }
  }
}
