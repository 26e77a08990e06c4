package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract for an index on loopback. */
abstract class HttpContract extends UpstreamContract {
  final FakeIndex index = FakeIndex.start();
  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private final Upstream upstream =
      Upstreams.open(
          new UpstreamSettings("fake", index.uri(), null, List.of(), List.of()), outbound);

  @Override
  Upstream upstream() {
    return upstream;
  }

  @Override
  void publish(SampleArtifact artifact) {
    index.publish(artifact);
  }

  @Override
  void losesFile(SampleArtifact artifact) {
    index.on(FakeIndex.fileOf(artifact)).answers(404);
  }

  @Override
  void goesDown() {
    index.goesDown();
  }

  @AfterEach
  void close() throws Exception {
    outbound.close();
    index.close();
  }
}
