package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.outbound.OutboundException.Code;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundIT {
  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @AfterEach
  void close() throws Exception {
    outbound.close();
  }

  @Test
  void givesAnAnswerOfAnyStatusWithItsHeadersAndBody() throws Exception {
    try (WireServer server =
            WireServer.start(
                wire -> wire.answer(503, "Retry-After: 7\r\n", "busy".getBytes(UTF_8)));
        OutboundResponse response = outbound.send(server.get("/x").build())) {
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("retry-after")).contains("7");
      assertThat(response.header("ETag")).isEmpty();
      assertThat(response.length()).hasValue(4);
      assertThat(response.uri()).isEqualTo(server.uri("/x"));
      assertThat(response.body()).hasContent("busy");
    }
  }

  @Test
  void saysWhoItIsAndAsksForNoCoding() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "ok"))) {
      Fetches.text(outbound, server.get("/").header("Accept", "text/html"));
      assertThat(server.heads().getFirst())
          .containsPattern("User-Agent: gatehouse/[0-9]")
          .contains("Accept-Encoding: identity")
          .contains("Accept: text/html")
          .doesNotContain("Cookie", "Authorization");
    }
  }

  @Test
  void sendsASmallBody() throws Exception {
    try (WireServer server =
            WireServer.start(
                wire -> wire.answer(201, new String(wire.in().readNBytes(13), UTF_8)));
        OutboundResponse response =
            outbound.send(
                OutboundRequest.to("post", server.uri("/api/clients"))
                    .named(server.origin())
                    .body("{\"name\":\"ci\"}".getBytes(UTF_8), "application/json")
                    .build())) {
      assertThat(response.body()).hasContent("{\"name\":\"ci\"}");
      assertThat(server.heads().getFirst())
          .startsWith("POST /api/clients ")
          .contains("Content-Type: application/json", "Content-Length: 13");
    }
  }

  @Test
  void breaksOffWhatIsWaitedFor() throws Exception {
    Cancellation cancellation = new Cancellation();
    CountDownLatch left = new CountDownLatch(1);
    try (WireServer server =
        WireServer.start(
            wire -> {
              cancellation.cancel();
              wire.awaitTheClientsEnd();
              left.countDown();
            })) {
      OutboundRequest request = server.get("/").cancellation(cancellation).build();
      assertThatThrownBy(() -> outbound.send(request))
          .isInstanceOfSatisfying(
              OutboundException.class, e -> assertThat(e.code()).isEqualTo(Code.CANCELLED));
      assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(cancellation.isCancelled()).isTrue();
    }
  }

  @Test
  void breaksOffWhatIsBeingRead() throws Exception {
    Cancellation cancellation = new Cancellation();
    try (WireServer server =
            WireServer.start(
                wire -> {
                  wire.send("HTTP/1.1 200 Fine\r\nContent-Length: 100\r\n\r\nbegun");
                  wire.awaitTheClientsEnd();
                });
        OutboundResponse response =
            outbound.send(server.get("/").cancellation(cancellation).build())) {
      assertThat(response.body().readNBytes(5)).isEqualTo("begun".getBytes(UTF_8));
      cancellation.cancel();
      assertThatThrownBy(() -> response.body().read())
          .isInstanceOfSatisfying(
              OutboundException.class, e -> assertThat(e.code()).isEqualTo(Code.CANCELLED));
    }
  }

  @Test
  void beginsNothingForWhatWasBrokenOff() throws Exception {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    try (WireServer server = WireServer.start(WireServer.Wire::awaitTheClientsEnd)) {
      OutboundRequest request = server.get("/").cancellation(cancellation).build();
      assertThatThrownBy(() -> outbound.send(request))
          .isInstanceOfSatisfying(
              OutboundException.class, e -> assertThat(e.code()).isEqualTo(Code.CANCELLED));
    }
  }

  @Test
  void asksForAPathAsItIsWritten() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "ok"))) {
      Fetches.text(outbound, server.get("/a%2Fb//c;x?sig=%2B&q=1#sha256=00"));
      assertThat(server.heads().getFirst()).startsWith("GET /a%2Fb//c;x?sig=%2B&q=1 HTTP/1.1");
    }
  }

  @Test
  void encodesWhatIsNotAscii() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "ok"))) {
      Fetches.text(outbound, server.get("/\u00fc\u20ac?q=\u00e9"));
      assertThat(server.heads().getFirst()).startsWith("GET /%C3%BC%E2%82%AC?q=%C3%A9 HTTP/1.1");
    }
  }

  @Test
  void sendsNothingOfWhatStandsBeforeTheHost() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "ok"))) {
      URI withUser = URI.create("http://user:password@127.0.0.1:" + server.port() + "/");
      Fetches.text(outbound, OutboundRequest.get(withUser).named(server.origin()));
      assertThat(server.heads().getFirst())
          .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
          .doesNotContain("user", "password", "Authorization");
    }
  }

  @Test
  void forgetsCookies() throws Exception {
    try (WireServer server =
        WireServer.start(wire -> wire.answer(200, "Set-Cookie: a=b; Path=/\r\n", new byte[0]))) {
      Fetches.text(outbound, server.get("/"));
      Fetches.text(outbound, server.get("/"));
      assertThat(server.heads().getLast()).doesNotContain("Cookie");
    }
  }

  @Test
  void answersNoChallenge() throws Exception {
    try (WireServer server =
        WireServer.start(
            wire -> wire.answer(401, "WWW-Authenticate: Basic realm=x\r\n", new byte[0]))) {
      Fetches.text(
          outbound,
          server.get("/").credentials(Credentials.basic(server.origin(), "u", Secret.of("p"))));
      assertThat(server.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 304, 404})
  void keepsTheConnectionForTheNextRequest(int status) throws Exception {
    try (WireServer server =
        WireServer.start(
            wire -> {
              if (status == 304) {
                wire.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 40000\r\n\r\n");
              } else {
                wire.answer(status, "a short text");
              }
            })) {
      for (int request = 0; request < 20; request++) {
        try (OutboundResponse response = outbound.send(server.get("/").build())) {
          assertThat(response.status()).isEqualTo(status);
        }
      }
      // Two, not one: a request may come before the last one's connection is free again.
      assertThat(server.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void knowsWhetherAllHasCome() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (WireServer server =
            WireServer.start(
                wire -> {
                  wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
                  begun.await();
                  wire.send("1\r\nb\r\n0\r\n\r\n");
                });
        OutboundResponse response = outbound.send(server.get("/").build())) {
      assertThat(response.body().read()).isEqualTo('a');
      assertThat(response.isOver()).isFalse();
      begun.countDown();
      assertThat(response.body().readAllBytes()).asString(ISO_8859_1).isEqualTo("b");
      assertThat(response.isOver()).isTrue();
    }
  }

  @Test
  void givesAnAnswerThatComesBeforeTheBodyWasTaken() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (WireServer server =
        WireServer.start(
            wire -> {
              wire.answer(413, "too large");
              answered.await();
            })) {
      OutboundRequest request =
          OutboundRequest.to("POST", server.uri("/"))
              .named(server.origin())
              .limits(WireServer.PATIENT)
              .body(new byte[64 << 20], "text/plain")
              .build();
      try (OutboundResponse response = outbound.send(request)) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body().readAllBytes()).asString(ISO_8859_1).isEqualTo("too large");
      } finally {
        answered.countDown();
      }
    }
  }

  @Test
  void aShortAnswerLeavesItsConnectionBeforeItIsRead() throws Exception {
    try (Outbound narrow = new Outbound(OutboundSettings.direct().withConnections(1));
        WireServer server = WireServer.start(wire -> wire.answer(200, "short"));
        OutboundResponse first = narrow.send(server.get("/1").build())) {
      assertThat(Fetches.text(narrow, server.get("/2"))).isEqualTo("200 short");
      assertThat(first.body().readAllBytes()).asString(ISO_8859_1).isEqualTo("short");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void cutsTheConnectionOfAnAnswerThatIsNotWantedAnyMore() throws Exception {
    try (WireServer server =
        WireServer.start(
            wire -> {
              wire.send("HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                wire.send(new byte[1000]);
              }
            })) {
      try (OutboundResponse response = outbound.send(server.get("/").build())) {
        assertThat(response.body().readNBytes(10)).hasSize(10);
      }
      assertThat(server.sawAConnectionCut()).isTrue();
    }
  }

  @Test
  void cutsTheConnectionOfAnAnswerThatIsSilentWhenItIsNotWantedAnyMore() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    try (WireServer server =
        WireServer.start(
            wire -> {
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 60000000\r\n\r\nx");
              wire.awaitTheClientsEnd();
              cut.countDown();
            })) {
      Limits ofAnArtifact = new Limits(null, Duration.ofMinutes(5), Long.MAX_VALUE);
      try (OutboundResponse response =
          outbound.send(server.get("/").limits(ofAnArtifact).build())) {
        assertThat(response.body().read()).isEqualTo('x');
      }
      assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/x",
        "file:///etc/passwd",
        "https:opaque",
        "/relative",
        "http://a_b/",
        "http://example.com:99999/",
        "http://example.com:0/"
      })
  void failsForAnAddressThatCannotBeAsked(String address) {
    assertThat(Fetches.code(outbound, OutboundRequest.get(URI.create(address))))
        .isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void refusesRequestsOnceItIsClosed() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "ok"))) {
      Fetches.text(outbound, server.get("/"));
      outbound.close();
      assertThatThrownBy(() -> outbound.send(server.get("/").build()))
          .isInstanceOf(OutboundException.class)
          .hasMessageContaining("the program is stopping");
    }
  }
}
