package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopIT {
  @TempDir Path data;

  @Test
  void finishesTheDownloadsThatRun() throws Exception {
    SampleArtifact large = WheelBuilder.wheel("demo", "1.0").padding(5_000_000).build();
    try (FakeIndex upstream = FakeIndex.start()) {
      upstream.publish(large);
      Gate gate = upstream.on(FakeIndex.fileOf(large)).pausesAfter(1_000_000);
      RunningIndex index = RunningIndex.in(data).upstream(upstream.uri()).start();
      CompletableFuture<byte[]> download =
          CompletableFuture.supplyAsync(() -> index.get("/files/demo/" + large.filename()).body());
      gate.awaitReached();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(index::close);
      gate.release();

      assertThat(download.get()).isEqualTo(large.bytes());
      stopping.get();
      assertThatThrownBy(() -> index.get("/health/live"))
          .hasRootCauseInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void letsNobodyElseIntoTheFolderWhileItRuns() {
    try (FakeIndex upstream = FakeIndex.start();
        RunningIndex index = RunningIndex.in(data).upstream(upstream.uri()).start()) {
      assertThat(index.get("/health/ready").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> RunningIndex.in(data).upstream(upstream.uri()).start())
          .hasRootCauseMessage(
              "Could not open the data folder %s: process %d is using it. Stop that one first, or choose another folder."
                  .formatted(data, ProcessHandle.current().pid()));
    }
  }
}
