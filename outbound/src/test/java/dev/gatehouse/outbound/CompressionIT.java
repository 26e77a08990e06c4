package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompressionIT {
  private static final String GZIP = "Content-Encoding: gzip\r\n";
  private static final int MIB = 1 << 20;

  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @AfterEach
  void close() throws Exception {
    outbound.close();
  }

  @Test
  void isUndoneWhereItWasAskedFor() throws Exception {
    try (WireServer server =
            WireServer.start(wire -> wire.answer(200, GZIP, gzip("a page".getBytes(ISO_8859_1))));
        OutboundResponse response = outbound.send(server.get("/").compressed(true).build())) {
      assertThat(server.heads().getFirst()).contains("Accept-Encoding: gzip\r\n");
      assertThat(response.length()).as("of the coded body, which nobody sees").isEmpty();
      assertThat(response.body()).hasContent("a page");
    }
  }

  @Test
  void needNotBeUsed() throws Exception {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, "plain"))) {
      assertThat(Fetches.text(outbound, server.get("/").compressed(true))).isEqualTo("200 plain");
    }
  }

  /** Each in a chunk of its own, so that the decoder does not see the next when one ends. */
  @Test
  void mayHaveMoreThanOneMember() throws Exception {
    byte[] one = gzip("one ".getBytes(ISO_8859_1));
    byte[] two = gzip("two".getBytes(ISO_8859_1));
    try (WireServer server =
        WireServer.start(
            wire ->
                wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + GZIP + "\r\n")
                    .send(Integer.toHexString(one.length) + "\r\n")
                    .send(one)
                    .send("\r\n" + Integer.toHexString(two.length) + "\r\n")
                    .send(two)
                    .send("\r\n0\r\n\r\n"))) {
      assertThat(Fetches.text(outbound, server.get("/").compressed(true))).isEqualTo("200 one two");
    }
  }

  @Test
  void keepsTheConnectionForTheNextRequest() throws Exception {
    byte[] page = gzip(noise(50_000));
    try (WireServer server = WireServer.start(wire -> wire.answer(200, GZIP, page))) {
      for (int request = 0; request < 20; request++) {
        Fetches.text(outbound, server.get("/").compressed(true));
      }
      assertThat(server.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void isCutWhereItIsABomb() throws Exception {
    // 16 MiB from 16 KiB, well within the limit of size.
    assertThat(codeOf(gzip(new byte[16 * MIB]), 64 * MIB)).isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void isCutAtTheLimitOfTheDecodedBody() throws Exception {
    assertThat(codeOf(gzip(new byte[MIB]), MIB - 1)).isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void mayBeAsDenseAsAMonotonousPage() throws Exception {
    byte[] page = noise(100).clone();
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int row = 0; row < 30_000; row++) {
      rows.write(page);
      rows.write(String.valueOf(row * 7919).getBytes(ISO_8859_1));
    }
    assertThat(rows.size()).isGreaterThan(2 * MIB);
    try (WireServer server =
        WireServer.start(wire -> wire.answer(200, GZIP, gzip(rows.toByteArray())))) {
      assertThat(Fetches.text(outbound, server.get("/").compressed(true).limits(limits(64 * MIB))))
          .hasSize("200 ".length() + rows.size());
    }
  }

  @Test
  void isBrokenWhereItIsNone() throws Exception {
    assertThat(codeOf("not gzip at all".getBytes(ISO_8859_1), MIB)).isEqualTo(Code.MALFORMED);
  }

  @Test
  void isBrokenWhereItEndsTooSoon() throws Exception {
    byte[] page = gzip(noise(50_000));
    assertThat(codeOf(Arrays.copyOf(page, page.length - 9), MIB)).isEqualTo(Code.MALFORMED);
  }

  @Test
  void isBrokenWhereItsCheckSumIsWrong() throws Exception {
    byte[] page = gzip(noise(50_000));
    page[page.length - 8] ^= 1;
    assertThat(codeOf(page, MIB)).isEqualTo(Code.MALFORMED);
  }

  @Test
  void isBrokenWhereMuchElseFollows() throws Exception {
    assertThat(codeOf(concat(gzip(noise(10)), new byte[100_000]), MIB)).isEqualTo(Code.MALFORMED);
  }

  private Code codeOf(byte[] coded, int mostBytes) throws IOException {
    try (WireServer server = WireServer.start(wire -> wire.answer(200, GZIP, coded))) {
      return Fetches.code(outbound, server.get("/").compressed(true).limits(limits(mostBytes)));
    }
  }

  private static Limits limits(int mostBytes) {
    return new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), mostBytes);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write(content);
    }
    return coded.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
