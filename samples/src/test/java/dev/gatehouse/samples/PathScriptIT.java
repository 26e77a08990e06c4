package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault, seen from the other end of the wire. */
@Timeout(60) // only so that a bug ends
class PathScriptIT {
  private final SampleArtifact wheel = WheelBuilder.wheel("idna", "3.7").padding(10_000).build();
  private final FakeIndex index = FakeIndex.start();
  private final Visitor visitor = new Visitor();
  private final String path = FakeIndex.fileOf(wheel);

  @BeforeEach
  void publish() {
    index.publish(wheel);
  }

  @AfterEach
  void close() {
    visitor.close();
    index.close();
  }

  @Test
  void hangsUntilReleased() throws Exception {
    Gate gate = index.on(path).hangs();
    CompletableFuture<HttpResponse<byte[]>> answer = visitor.getLater(index.at(path));
    gate.awaitReached();

    assertThat(answer).isNotDone();
    gate.release();

    assertThat(answer.get().body()).isEqualTo(wheel.bytes());
  }

  @Test
  void pausesAfterSoManyBytesUntilReleased() throws Exception {
    Gate gate = index.on(path).pausesAfter(5_000);

    try (Wire wire = Wire.get(index.at(path))) {
      assertThat(wire.content(5_000)).isEqualTo(Arrays.copyOf(wheel.bytes(), 5_000));
      gate.awaitReached();
      assertThat(wire.available()).isZero();
      gate.release();
      assertThat(wire.rest()).endsWith(tail());
    }
  }

  @Test
  void dripsAsManyBytesAsAreGiven() throws Exception {
    Drip drip = index.on(path).drips();

    try (Wire wire = Wire.get(index.at(path))) {
      drip.give(3);
      assertThat(wire.content(3)).isEqualTo(Arrays.copyOf(wheel.bytes(), 3));
      drip.giveAll();
      assertThat(wire.rest()).endsWith(tail());
    }
  }

  @Test
  void truncates() throws Exception {
    index.on(path).truncatesAfter(100);

    try (Wire wire = Wire.get(index.at(path))) {
      assertThat(wire.head()).contains("Content-Length: " + wheel.size());
      assertThat(wire.rest()).hasSize(100);
    }
  }

  @Test
  void declaresMoreThanItSends() throws Exception {
    index.on(path).declaresLength(wheel.size() + 1);

    try (Wire wire = Wire.get(index.at(path))) {
      assertThat(wire.head()).contains("Content-Length: " + (wheel.size() + 1));
      assertThat(wire.rest()).isEqualTo(wheel.bytes());
    }
  }

  @Test
  void declaresLessThanItSends() throws Exception {
    index.on(path).declaresLength(wheel.size() - 1);

    try (Wire wire = Wire.get(index.at(path))) {
      assertThat(wire.head()).contains("Content-Length: " + (wheel.size() - 1));
      assertThat(wire.rest()).isEqualTo(wheel.bytes());
    }
  }

  @Test
  void declaresNoLength() throws Exception {
    index.on(path).declaresNoLength();

    try (Wire wire = Wire.get(index.at(path))) {
      assertThat(wire.head()).doesNotContain("Content-Length");
      assertThat(wire.rest()).isEqualTo(wheel.bytes());
    }
  }

  @Test
  void sendsWrongBytesOfTheSameLength() throws Exception {
    index.on(path).sendsWrongBytes();

    assertThat(visitor.get(index.at(path)).body())
        .hasSameSizeAs(wheel.bytes())
        .isNotEqualTo(wheel.bytes());
  }

  @Test
  void dropsTheConnection() {
    index.on(path).dropsConnection();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> visitor.get(index.at(path)))
        .withMessageContaining("header parser received no bytes");
  }

  @Test
  void sendsAHeaderWithoutAnEnd() throws Exception {
    index.on(path).sendsEndlessHeader();

    try (Wire wire = Wire.open(index.at(path))) {
      byte[] megabyte = wire.read(1_000_000);

      assertThat(new String(megabyte, ISO_8859_1))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain("\r\n\r\n");
    }
  }

  @Test
  void redirectsInALoop() throws Exception {
    index.on(path).redirectsTo(index.at(path));

    HttpResponse<byte[]> answer = visitor.get(index.at(path));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains(index.at(path).toString());
  }

  @Test
  void answersWithAnyStatusForAWhile() throws Exception {
    index.on(path).times(2).answers(503).hasHeader("Retry-After", "1");

    assertThat(visitor.get(index.at(path)).statusCode()).isEqualTo(503);
    assertThat(visitor.get(index.at(path)).headers().firstValue("Retry-After")).contains("1");
    assertThat(visitor.get(index.at(path)).body()).isEqualTo(wheel.bytes());
  }

  @Test
  void playsAnotherScriptAfterOneThatIsOver() throws Exception {
    index.on(path).times(1).answers(503);
    visitor.get(index.at(path));
    visitor.get(index.at(path));

    index.on(path).answers(404);

    assertThat(visitor.get(index.at(path)).statusCode()).isEqualTo(404);
  }

  @Test
  void sendsThePageInAnotherType() throws Exception {
    index.on(page()).hasContentType("application/zip");

    assertThat(visitor.get(index.at(page())).headers().firstValue("Content-Type"))
        .contains("application/zip");
  }

  @Test
  void sendsAHugePageThatIsStillAPage() throws Exception {
    byte[] small = visitor.get(index.at(page())).body();
    index.on(page()).isLargerBy(1_000_000);

    byte[] huge = visitor.get(index.at(page())).body();

    assertThat(huge).hasSize(1_000_000 + small.length);
    assertThat(new String(huge, UTF_8).strip()).isEqualTo(new String(small, UTF_8).strip());
  }

  @Test
  void sendsAGzipBomb() throws Exception {
    byte[] small = visitor.get(index.at(page())).body();
    index.on(page()).sendsGzipBomb(1_000_000);

    HttpResponse<byte[]> bomb = visitor.get(index.at(page()));

    assertThat(bomb.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(bomb.body()).hasSizeLessThan(10_000);
    assertThat(unpacked(bomb.body())).hasSize(1_000_000 + small.length);
  }

  @Test
  void compressesAsUpstreamsDo() throws Exception {
    byte[] plain = visitor.get(index.at(page())).body();
    index.on(page()).compresses();

    assertThat(unpacked(visitor.get(index.at(page())).body())).isEqualTo(plain);
  }

  @Test
  void healsOnRequest() throws Exception {
    index.on(path).answers(500);

    index.on(path).heals();

    assertThat(visitor.get(index.at(path)).body()).isEqualTo(wheel.bytes());
  }

  @Test
  void endsWhatStillHangsWhenTheIndexIsClosed() throws Exception {
    Gate gate = index.on(path).hangs();
    CompletableFuture<HttpResponse<byte[]>> answer = visitor.getLater(index.at(path));
    gate.awaitReached();

    index.close();

    assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get);
  }

  private String page() {
    return FakeIndex.pageOf("idna");
  }

  private byte[] tail() {
    return Arrays.copyOfRange(wheel.bytes(), (int) wheel.size() - 100, (int) wheel.size());
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }

  /** A bare connection, for answers that no client would accept. */
  private record Wire(Socket socket, InputStream in, String head) implements AutoCloseable {
    static Wire open(URI uri) throws IOException {
      Socket socket = new Socket(uri.getHost(), uri.getPort());
      String request = "GET %s HTTP/1.1\r\nHost: fake\r\n\r\n".formatted(uri.getRawPath());
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new Wire(socket, socket.getInputStream(), "");
    }

    static Wire get(URI uri) throws IOException {
      Wire wire = open(uri);
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append(new String(wire.read(1), ISO_8859_1));
      }
      return new Wire(wire.socket, wire.in, head.toString());
    }

    byte[] read(int bytes) throws IOException {
      return in.readNBytes(bytes);
    }

    byte[] content(int bytes) throws IOException {
      return in.readNBytes(bytes);
    }

    int available() throws IOException {
      return in.available();
    }

    byte[] rest() throws IOException {
      socket.shutdownOutput();
      return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
