package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do wrong, and how it is told. */
class FaultsIT {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @AfterEach
  void close() throws Exception {
    outbound.close();
  }

  @Test
  void aServerThatIsNotThereRefuses() throws Exception {
    int port;
    try (ServerSocket briefly = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = briefly.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/");
    assertThat(Fetches.code(outbound, OutboundRequest.get(nobody).named(Origin.of(nobody))))
        .isEqualTo(Code.REFUSED);
  }

  @Test
  void aNameThatNobodyKnowsIsUnreachable() {
    URI nowhere = URI.create("http://nowhere.invalid/");
    assertThat(Fetches.code(outbound, OutboundRequest.get(nowhere))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void aServerThatHangsIsCutAtTheTotalTime() throws Exception {
    assertThat(codeOf(new Limits(SOON, LONG, 99), WireServer.Wire::awaitTheClientsEnd))
        .isEqualTo(Code.TIMEOUT);
  }

  @Test
  void aServerThatHangsIsCutWhenItWasIdleTooLong() throws Exception {
    assertThat(codeOf(new Limits(null, SOON, 99), WireServer.Wire::awaitTheClientsEnd))
        .isEqualTo(Code.TIMEOUT);
  }

  @Test
  void aBodyThatStallsIsCutAtTheTotalTime() throws Exception {
    assertThat(codeOf(new Limits(SOON, LONG, 99), FaultsIT::stall)).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void aBodyThatStallsIsCutWhenItWasIdleTooLong() throws Exception {
    assertThat(codeOf(new Limits(null, SOON, 99), FaultsIT::stall)).isEqualTo(Code.TIMEOUT);
  }

  private static void stall(WireServer.Wire wire) throws IOException {
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").awaitTheClientsEnd();
  }

  @Test
  void aBodyThatDripsIsCutThoughItIsNeverIdle() throws Exception {
    Semaphore wanted = new Semaphore(0);
    AtomicLong time = new AtomicLong();
    // Each look at the clock is 10 s after the last one.
    try (Outbound slow =
            new Outbound(
                OutboundSettings.direct(),
                () -> time.addAndGet(Duration.ofSeconds(10).toNanos()),
                LONG);
        WireServer server =
            WireServer.start(
                wire -> {
                  wire.send("HTTP/1.1 200 OK\r\n\r\n");
                  while (true) {
                    wanted.acquire();
                    wire.send("x");
                  }
                });
        OutboundResponse response =
            slow.send(server.get("/").limits(new Limits(null, LONG, 99)).build())) {
      wanted.release();
      assertThat(response.body().read()).isEqualTo('x');
      wanted.release();
      assertThat(response.body().read()).isEqualTo('x');
      wanted.release();
      assertThat(response.body())
          .satisfies(
              body ->
                  assertThatThrownBy(body::read)
                      .hasMessage("its bytes come too slowly to ever end (TIMEOUT)"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
  void interimAnswersWithoutEndAreCut(String interim) throws Exception {
    assertThat(
            codeOf(
                new Limits(null, LONG, 99),
                wire -> {
                  while (true) {
                    wire.send("HTTP/1.1 " + interim + "\r\n\r\n");
                  }
                }))
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void aHeadThatDoesNotComeIsNotWaitedForWhereNoTotalTimeIsSet() throws Exception {
    try (Outbound impatient = new Outbound(OutboundSettings.direct(), System::nanoTime, SOON);
        WireServer server = WireServer.start(WireServer.Wire::awaitTheClientsEnd)) {
      assertThat(Fetches.code(impatient, server.get("/").limits(new Limits(null, LONG, 99))))
          .isEqualTo(Code.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
  void anInterimAnswerIsNotTheAnswer(String interim) throws Exception {
    try (WireServer server =
        WireServer.start(
            wire ->
                wire.send("HTTP/1.1 " + interim + "\r\nLink: </x>\r\n\r\n").answer(200, "real"))) {
      assertThat(Fetches.text(outbound, server.get("/"))).isEqualTo("200 real");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"101 Switching Protocols", "199 Unknown"})
  void anInterimAnswerThatNobodyKnowsIsAnError(String interim) throws Exception {
    assertThat(codeOf("HTTP/1.1 " + interim + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"))
        .isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfo",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n"
      })
  void anAnswerThatEndsTooSoonIsTruncated(String answer) throws Exception {
    assertThat(codeOf(answer)).isEqualTo(Code.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokx",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok"
      })
  void anAnswerThatIsNoHttpIsMalformed(String answer) throws Exception {
    assertThat(codeOf(answer)).isEqualTo(Code.MALFORMED);
  }

  @Test
  void whatFollowsABodyIsNotTakenForTheNextAnswer() throws Exception {
    String smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    try (WireServer server =
        WireServer.start(
            wire -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + smuggled))) {
      assertThat(Fetches.text(outbound, server.get("/1"))).isEqualTo("200 ok");
      assertThat(Fetches.text(outbound, server.get("/2"))).isEqualTo("200 ok");
    }
  }

  @Test
  void aFloodOfHeadersIsCut() throws Exception {
    assertThat(codeOf(flood("HTTP/1.1 200 OK\r\n", "X-Endless: and so on\r\n")))
        .isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0\r\n", "2;"})
  void aFloodBehindABodyOrBetweenItsChunksIsCut(String begin) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(codeOf(flood(head + begin, "and-so-on: and so on;")))
        .isIn(Code.TRUNCATED, Code.MALFORMED);
  }

  private static WireServer.Script flood(String begin, String drop) {
    return wire -> {
      wire.send(begin);
      while (true) {
        wire.send(drop);
      }
    };
  }

  @Test
  void aBodyThatSaysThatItIsTooLargeIsNotBegun() throws Exception {
    try (WireServer server =
            WireServer.start(wire -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"));
        OutboundResponse response =
            outbound.send(server.get("/").limits(new Limits(LONG, LONG, 99)).build())) {
      assertThatThrownBy(() -> response.body().read())
          .hasMessage("it is larger than 99 bytes (TOO_LARGE)");
    }
  }

  @Test
  void aBodyThatTurnsOutToBeTooLargeIsCut() throws Exception {
    assertThat(
            codeOf(
                new Limits(LONG, LONG, 99),
                wire -> {
                  wire.send("HTTP/1.1 200 OK\r\n\r\n").send(new byte[100]);
                  wire.drop();
                }))
        .isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void aBodyOfJustTheMostBytesIsWhole() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "x".repeat(99)))) {
      assertThat(Fetches.text(outbound, server.get("/").limits(new Limits(LONG, LONG, 99))))
          .hasSize("200 ".length() + 99);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: gzip",
        "Content-Encoding: br",
        "Content-Encoding: identity\r\nContent-Encoding: gzip"
      })
  void aCodingThatWasNotAskedForIsAnError(String headers) throws Exception {
    assertThat(codeOf("HTTP/1.1 200 OK\r\n" + headers + "\r\nContent-Length: 2\r\n\r\nok"))
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void aFailureTellsNothingOfTheAddressWhichMayBeSigned() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.send("nonsense\r\n\r\n").drop())) {
      assertThat(Fetches.failure(outbound, server.get("/wheel?signature=5ec2e7")).getMessage())
          .isEqualTo("its answer is no proper HTTP (MALFORMED)");
    }
  }

  private Code codeOf(String answer) throws IOException {
    return codeOf(
        wire -> {
          wire.send(answer);
          wire.drop();
        });
  }

  private Code codeOf(WireServer.Script script) throws IOException {
    return codeOf(WireServer.PATIENT, script);
  }

  private Code codeOf(Limits limits, WireServer.Script script) throws IOException {
    try (WireServer server = WireServer.start(script)) {
      return Fetches.code(outbound, server.get("/").limits(limits));
    }
  }
}
