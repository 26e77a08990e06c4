package dev.gatehouse.advisories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed on a server of this machine. */
class AdvisoryFeedIT {
  private static final String RECORD =
      """
      {"id": "MAL-1", "modified": "2026-01-01T00:00:00Z",
       "affected": [{"package": {"ecosystem": "PyPI", "name": "bad"}, "versions": ["1.0"]}]}""";

  @TempDir Path home;

  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private URI address;
  private Instant now = Instant.parse("2026-02-01T00:00:00Z");
  private int status = 200;
  private String body = RECORD;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/all.zip");
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    outbound.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    asked.add(String.valueOf(known));
    try (exchange) {
      if ("\"one\"".equals(known) && status == 200) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private FeedReading read() throws IOException {
    return new AdvisoryFeed(outbound, home.resolve("advisories"), () -> now).read(address);
  }

  private static boolean blocks(FeedReading reading) {
    return !reading
        .advisories()
        .affecting(ProjectName.parse("bad"), Version.parse("1.0"))
        .isEmpty();
  }

  @Test
  void asksOnlyForWhatChanged() throws IOException {
    assertThat(blocks(read())).isTrue();
    now = now.plusSeconds(3600);

    FeedReading second = read();

    assertThat(asked).containsExactly("null", "\"one\"");
    assertThat(blocks(second)).isTrue();
    assertThat(second.confirmed()).isEqualTo(now);
    assertThat(second.fault()).isNull();
  }

  @Test
  void usesWhatItRemembersWhereTheServerIsGone() throws IOException {
    Instant first = now;
    read();
    server.stop(0);
    now = now.plusSeconds(3600);

    FeedReading second = read();

    assertThat(blocks(second)).isTrue();
    assertThat(second.confirmed()).isEqualTo(first);
    assertThat(second.fault()).startsWith("Could not fetch the advisories: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "<html>Please log in</html>", "PK", "{\"id\": \"cut"})
  void isNotReplacedByWhatHoldsNoRecords(String nothing) throws IOException {
    read();
    body = nothing;
    forgetTheNote();

    FeedReading second = read();

    assertThat(second.fault()).isNotNull();
    assertThat(blocks(second)).isTrue();
  }

  @Test
  void recoversFromADamagedMemory() throws IOException {
    read();
    try (Stream<Path> files = Files.list(home.resolve("advisories"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".osv")).toList()) {
        Files.writeString(file, "{");
      }
    }

    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    assertThat(blocks(read())).isTrue();
  }

  private void forgetTheNote() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("advisories"))) {
      for (Path note : files.filter(file -> file.toString().endsWith(".note")).toList()) {
        Files.delete(note);
      }
    }
  }

  @Test
  void saysWhatTheServerAnswered() {
    status = 503;

    assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("503");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://feed.example/all.zip", "ftp://feed.example/", "all.zip"})
  void refusesAnAddressThatAnybodyOnTheWayCouldAnswer(String other) {
    address = URI.create(other);

    assertThatThrownBy(this::read).isInstanceOf(IllegalArgumentException.class);
  }
}
