package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.vetting.policy.Policy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenIT {
  @TempDir Path data;

  @Test
  void saysWhatToDoWhereSomebodyElseListensAlready() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
      IndexSettings settings =
          new IndexSettings(address, null, null, List.of(), data, AnonymousReading.LOOPBACK);

      assertThatThrownBy(
              () ->
                  IndexServer.start(
                      settings,
                      Policy.observing(),
                      RunningIndex.VETTING,
                      List.of(),
                      OutboundSettings.direct(),
                      RunningIndex.NO_POLICIES,
                      Clock.systemUTC()))
          .isInstanceOf(IndexStartException.class)
          .hasMessageContaining("Could not listen on " + address.getHostString() + ":")
          .hasMessageContaining("choose another address");
    }
  }
}
