package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.store.StoreInvariants;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
  private static final int MEGABYTE = 1_000_000;

  @TempDir Path data;

  /** An index in a process of its own, which prints its address and serves until it is killed. */
  static final class Server {
    private Server() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
      RunningIndex index =
          RunningIndex.in(Path.of(arguments[0])).upstream(URI.create(arguments[1])).start();
      System.out.println(index.address());
      index.server().awaitStop();
    }
  }

  private Process serve(FakeIndex upstream) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                data.toString(),
                upstream.uri().toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI address(Process server) throws IOException {
    BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
    return URI.create(out.readLine());
  }

  @Test
  void leavesNothingPartialInTheMiddleOfALargeFetchWhichArrivesWholeAfterwards() throws Exception {
    SampleArtifact large = WheelBuilder.wheel("large", "1.0").padding(60 * MEGABYTE).build();
    String path = "files/large/" + large.filename();
    try (FakeIndex upstream = FakeIndex.start()) {
      upstream.publish(large);
      Gate gate = upstream.on(FakeIndex.fileOf(large)).pausesAfter(30 * MEGABYTE);
      Process server = serve(upstream);
      try (InputStream body = address(server).resolve(path).toURL().openStream()) {
        assertThat(body.readNBytes(20 * MEGABYTE)).hasSize(20 * MEGABYTE);
        gate.awaitReached();
        server.destroyForcibly().waitFor();
      } finally {
        server.destroyForcibly();
        gate.release();
      }
      upstream.on(FakeIndex.fileOf(large)).heals();

      try (RunningIndex index = RunningIndex.in(data).upstream(upstream.uri()).start()) {
        assertThat(blobs()).isEmpty();
        StoreInvariants.assertNothingIsStaged(data.resolve("staging"));
        assertThat(index.get("/" + path).body()).isEqualTo(large.bytes());
      }
      // A client may have all of a verified file a moment before it is kept; a stop waits for that.
      assertThat(blobs()).containsExactlyInAnyOrder(large.sha256().hex());
    }
  }

  private List<String> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }
}
