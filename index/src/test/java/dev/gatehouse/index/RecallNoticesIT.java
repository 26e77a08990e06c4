package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.index.settings.People;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook is told of each recall, once, however long it was away. */
@Timeout(120)
class RecallNoticesIT {
  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer webhook;
  private RunningIndex index;

  @BeforeEach
  void start() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(refused ? 503 : 204, -1);
          exchange.close();
          if (!refused) {
            told.add(new JsonMapper().readTree(new String(body, StandardCharsets.UTF_8)));
          }
        });
    webhook.start();
    upstream.publish(WheelBuilder.wheel("demo", "1.0").build());
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .people(
                new People(
                    null,
                    Secret.of("http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook")))
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    webhook.stop(0);
    upstream.close();
  }

  private void recall(String version) {
    assertThat(
            index
                .post(
                    "/api/decisions",
                    """
                    {"kind": "recall", "project": "demo", "version": "%s", "reason": "<!channel> bad"}
                    """
                        .formatted(version),
                    "Authorization",
                    "Bearer " + index.administratorToken().reveal())
                .statusCode())
        .isEqualTo(200);
  }

  private JsonNode next() throws InterruptedException {
    JsonNode notice = told.poll(60, TimeUnit.SECONDS);
    assertThat(notice).as("a notice").isNotNull();
    return notice;
  }

  @Test
  void saysWhoReceivedItInWordsThatCallNobody() throws InterruptedException {
    assertThat(index.get("/files/demo/demo-1.0-py3-none-any.whl").statusCode()).isEqualTo(200);

    recall("1.0");

    JsonNode notice = next();
    assertThat(notice.path("event").asString()).isEqualTo("recall");
    assertThat(notice.path("project").asString()).isEqualTo("demo");
    assertThat(notice.path("version").asString()).isEqualTo("1.0");
    assertThat(notice.path("received-by").get(0).asString()).isEqualTo("anonymous at 127.0.0.1");
    assertThat(notice.path("text").asString())
        .startsWith("Gatehouse recalled demo 1.0 (by ")
        .contains("&lt;!channel&gt; bad", "1 client received it", "gatehouse exposure demo==1.0");
  }

  @Test
  void triesAgainWhatWasNotTaken() throws InterruptedException {
    refusals.set(1);

    recall("1.0");

    JsonNode notice = null;
    while (notice == null) {
      index.later(Duration.ofSeconds(11));
      notice = told.poll(1, TimeUnit.SECONDS);
    }
    assertThat(notice.path("version").asString()).isEqualTo("1.0");
    assertThat(refusals).hasValue(0);
  }

  @Test
  void tellsAfterARestartWhatIsLeftAndNothingTwice() throws InterruptedException {
    recall("1.0");
    assertThat(next().path("version").asString()).isEqualTo("1.0");
    refusals.set(1);
    recall("2.0");
    while (refusals.get() > 0) {
      Thread.onSpinWait();
    }

    index = index.restarted();

    assertThat(next().path("version").asString()).isEqualTo("2.0");
    assertThat(told).isEmpty();
  }
}
