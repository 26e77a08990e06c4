package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogIT {
  @TempDir Path data;

  private List<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("logs"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  @Test
  void namesWhoAskedForWhatInALineThatNoClientCanEnd() throws IOException {
    try (FakeIndex upstream = FakeIndex.start()) {
      upstream.publish(WheelBuilder.wheel("demo", "1.0").build());
      RunningIndex index = RunningIndex.in(data).upstream(upstream.uri()).start();
      index.get("/simple/demo/", "User-Agent", "pip/26 \"quoted\" \\");
      index.get("/simple/demo/", "Authorization", "Bearer " + index.administratorToken().reveal());
      index.close();
    }

    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst())
        .startsWith("127.0.0.1 - - [2026-03-24T10:52:00Z] \"GET /simple/demo/ HTTP/1.1\" 200 ")
        .contains("\"pip/26 \\x22quoted\\x22 \\x5c\"");
    assertThat(lines().getLast()).startsWith("127.0.0.1 - local-administrator [");
  }
}
