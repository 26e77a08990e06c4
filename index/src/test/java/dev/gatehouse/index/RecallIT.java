package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.Drip;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A version that is recalled while a slow client downloads it. */
class RecallIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEGABYTE = 1_000_000;

  /** Far more than the buffers between a server and a client hold, which is up to 10 MB. */
  private static final SampleArtifact LARGE =
      WheelBuilder.wheel("demo", "1.0").padding(60 * MEGABYTE).build();

  private static final String PATH = "/files/demo/" + LARGE.filename();

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(LARGE);
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(new Policy(Mode.VETTED, List.of(), List.of(), List.of()))
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  /** Takes a megabyte of the file and no more; what else comes waits in small buffers. */
  private Socket begin() throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(64 * 1024);
    client.connect(new InetSocketAddress(index.address().getHost(), index.address().getPort()));
    client
        .getOutputStream()
        .write(
            ("GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: slow/1\r\n\r\n")
                .getBytes(US_ASCII));
    byte[] beginning = client.getInputStream().readNBytes(MEGABYTE);
    assertThat(new String(beginning, 0, 15, US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
    return client;
  }

  /** How many more bytes come before the connection ends, in order or not. */
  private static long rest(Socket client) throws IOException {
    long all = 0;
    byte[] buffer = new byte[64 * 1024];
    InputStream in = client.getInputStream();
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        all += read;
      }
    } catch (SocketException reset) {
      // A cut in the middle of what was sent.
    }
    return all;
  }

  private void recall() {
    HttpResponse<byte[]> answer =
        index.post(
            "/api/decisions",
            """
            {"kind": "recall", "project": "demo", "version": "1.0", "reason": "it steals keys"}
            """,
            "Authorization",
            "Bearer " + index.administratorToken().reveal());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void assertThatNobodyGetsTheRest() {
    HttpResponse<byte[]> resumed = index.get(PATH, "Range", "bytes=" + MEGABYTE + "-");
    assertThat(resumed.statusCode()).isEqualTo(403);
    assertThat(new String(resumed.body(), UTF_8)).contains("recalled: it steals keys");
    assertThat(index.statusLine(PATH))
        .isEqualTo("HTTP/1.1 403 Gatehouse refuses demo 1.0: recalled: it steals keys");
    assertThat(outcomesFor("slow/1")).containsExactly("partial");
  }

  private List<String> outcomesFor(String agent) {
    String exposure =
        index.text(
            "/api/exposure/demo/1.0",
            "Authorization",
            "Bearer " + index.administratorToken().reveal());
    return JSON.readTree(exposure)
        .path("received")
        .valueStream()
        .filter(receipt -> receipt.path("agent").asString("").equals(agent))
        .map(receipt -> receipt.path("outcome").asString(""))
        .toList();
  }

  @Test
  void theDownloadOfWhatIsKeptIsCut() throws Exception {
    index.get(PATH, "Range", "bytes=0-0");
    try (Socket client = begin()) {
      recall();

      assertThat(rest(client)).isLessThan(20 * MEGABYTE);
    }
    assertThatNobodyGetsTheRest();
  }

  @Test
  void theDownloadOfWhatIsStillArrivingIsCut() throws Exception {
    Drip drip = upstream.on(FakeIndex.fileOf(LARGE)).drips();
    drip.give((int) LARGE.size() - 1);
    try (Socket client = begin()) {
      recall();
      drip.giveAll();

      assertThat(rest(client)).isLessThan(20 * MEGABYTE);
    }
    assertThatNobodyGetsTheRest();
  }
}
