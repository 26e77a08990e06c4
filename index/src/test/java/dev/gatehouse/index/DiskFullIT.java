package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.store.StoreInvariants;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a file system of 8 MB, which only root on Linux can make here. */
class DiskFullIT {
  @TempDir Path temporary;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0,
        "a small file system can only be mounted by root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchProgram) {
      return -1;
    }
  }

  private static String at(SampleArtifact artifact) {
    return "/files/" + artifact.project() + "/" + artifact.filename();
  }

  private long blobs() throws IOException {
    try (Stream<Path> files = Files.walk(disk.resolve("data").resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void tellsThatItIsFullKeepsNothingPartialAndGoesOn() throws Exception {
    SampleArtifact small = WheelBuilder.wheel("small", "1.0").build();
    SampleArtifact unsized = WheelBuilder.wheel("huge", "1.0").padding(12_000_000).build();
    try (FakeIndex upstream = FakeIndex.start()) {
      upstream.publish(small).publish(unsized, offer -> offer.withoutSize());
      // Without a length nothing leaves before the end, so that the client gets a clean answer.
      upstream.on(FakeIndex.fileOf(unsized)).declaresNoLength();
      try (RunningIndex index =
          RunningIndex.in(disk.resolve("data")).upstream(upstream.uri()).start()) {
        HttpResponse<byte[]> full = index.get(at(unsized));

        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(new String(full.body(), UTF_8)).contains("store-failed").contains("free space");
        assertThat(blobs()).isZero();
        assertThat(index.get(at(small)).body()).isEqualTo(small.bytes());
      }
      StoreInvariants.assertNothingIsStaged(disk.resolve("data").resolve("staging"));
    }
  }
}
