package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsIT {
  private static final SampleArtifact LARGE =
      WheelBuilder.wheel("demo", "1.0").padding(20_000_000).build();

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

  private Socket connect() throws IOException {
    return new Socket(index.address().getHost(), index.address().getPort());
  }

  @Test
  void whoDoNothingDoNotStopOthers() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        Socket socket = connect();
        idle.add(socket);
        if (i % 2 == 0) {
          socket.getOutputStream().write("GET /simple/demo/ HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
        }
      }

      assertThat(index.get("/simple/demo/").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void whoReadNothingDoNotStopOthers() throws IOException {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = connect();
        stalled.add(socket);
        socket
            .getOutputStream()
            .write(
                ("GET /files/demo/" + LARGE.filename() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    .getBytes(US_ASCII));
      }

      assertThat(index.get("/files/demo/" + LARGE.filename()).body()).isEqualTo(LARGE.bytes());
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void whoSendTooLargeAHeaderAreToldSo() {
    String answer =
        index.raw(
            "GET /simple/demo/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: %s\r\nConnection: close\r\n\r\n"
                .formatted("x".repeat(40_000)));

    assertThat(answer).startsWith("HTTP/1.1 431 ");
    assertThat(index.get("/simple/demo/").statusCode()).isEqualTo(200);
  }
}
