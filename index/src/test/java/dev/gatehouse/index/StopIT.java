package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.samples.Drip;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop ends what runs, begins nothing new, and waits for nothing that nobody waits for. */
class StopIT {
  private static final SampleArtifact LARGE =
      WheelBuilder.wheel("demo", "1.0").padding(20_000_000).build();
  private static final String FILE = "/files/demo/" + LARGE.filename();

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(LARGE);
    index = RunningIndex.in(data).upstream(upstream.uri()).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private CompletableFuture<Void> beginToStop() {
    return CompletableFuture.runAsync(index::close);
  }

  /**
   * Asks on new connections until none is taken any more. One that comes in the very instant in
   * which the listener stops may be left without an answer.
   */
  private void awaitRefusal() {
    while (true) {
      try (Socket socket = connect()) {
        socket.setSoTimeout(2_000);
        socket
            .getOutputStream()
            .write(
                "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
          return;
        }
      } catch (IOException refused) {
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(index.address().getHost(), index.address().getPort());
  }

  @Test
  @Timeout(60)
  void finishesTheDownloadsThatRunAndBeginsNoOthers() throws Exception {
    Gate gate = upstream.on(FakeIndex.fileOf(LARGE)).pausesAfter(1_000_000);
    CompletableFuture<byte[]> download =
        CompletableFuture.supplyAsync(() -> index.get(FILE).body());
    gate.awaitReached();
    CompletableFuture<Void> stopping = beginToStop();
    awaitRefusal();
    assertThat(stopping).isNotDone();
    gate.release();

    assertThat(download.get()).isEqualTo(LARGE.bytes());
    stopping.get();
    assertThatThrownBy(() -> index.get("/health/live")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  @Timeout(60)
  void isPatientWithAClientThatPausesMeanwhile() throws Exception {
    index.get(FILE);
    try (Socket slow = connect();
        InputStream in = slow.getInputStream()) {
      slow.getOutputStream()
          .write(("GET " + FILE + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII));
      assertThat(in.read()).isEqualTo('H');
      CompletableFuture<Void> stopping = beginToStop();
      // Jetty by itself gives every connection one second of silence once it stops.
      assertThatThrownBy(() -> stopping.get(1500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      assertThat(in.readAllBytes()).endsWith(tail()).hasSizeGreaterThan(LARGE.bytes().length);
      stopping.get();
    }
  }

  private static byte[] tail() {
    byte[] all = LARGE.bytes();
    return Arrays.copyOfRange(all, all.length - 100_000, all.length);
  }

  @Test
  void doesNotWaitForConnectionsThatNobodyUses() throws Exception {
    assertThat(index.get("/health/live").statusCode()).isEqualTo(200);
    try (Socket silent = connect();
        Socket begun = connect()) {
      begun.getOutputStream().write("GET /simple/ HTTP/1.1\r\n".getBytes(US_ASCII));
      // The three would be closed after half a minute of silence.
      beginToStop().get(20, TimeUnit.SECONDS);

      assertThat(silent.isConnected()).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void doesNotWaitForAnUpstreamThatNobodyWaitsFor() throws Exception {
    Drip drip = upstream.on(FakeIndex.fileOf(LARGE)).drips();
    drip.give(1_000_000);
    try (Socket leaving = connect()) {
      leaving
          .getOutputStream()
          .write(("GET " + FILE + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII));
      assertThat(leaving.getInputStream().read()).isEqualTo('H');
      leaving.setSoLinger(true, 0); // closing it resets it
    }
    drip.give(10_000_000);
    while (!index.metric("gatehouse_requests").contains("surface=\"files\"")) {
      Thread.onSpinWait(); // its answer breaks off when the server notices
    }

    // The upstream says nothing more, and would be given up after twenty seconds.
    beginToStop().get(10, TimeUnit.SECONDS);
    assertThat(upstream.requestsTo(FakeIndex.fileOf(LARGE))).hasSize(1);
  }

  @Test
  void letsNobodyElseIntoTheFolderBefore() {
    assertThat(index.get("/health/ready").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> RunningIndex.in(data).upstream(upstream.uri()).start())
        .hasRootCauseMessage(
            "Could not open the data folder %s: process %d is using it. Stop that one first, or choose another folder."
                .formatted(data, ProcessHandle.current().pid()));
    index = index.restarted();
    assertThat(index.get("/health/ready").statusCode()).isEqualTo(200);
  }
}
