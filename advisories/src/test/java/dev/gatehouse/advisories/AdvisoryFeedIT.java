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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
  private byte[] body = RECORD.getBytes(UTF_8);

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
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
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
    body = nothing.getBytes(UTF_8);
    forgetTheNote();

    FeedReading second = read();

    assertThat(second.fault()).isNotNull();
    assertThat(blocks(second)).isTrue();
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] other() {
    return RECORD.replace("MAL-1", "MAL-2").replace("\"bad\"", "\"worse\"").getBytes(UTF_8);
  }

  @Test
  void isNotReplacedByTheBeginningOfAnArchive() throws IOException {
    byte[] whole = zip(Map.of("a.json", RECORD.getBytes(UTF_8), "b.json", other()));
    body = whole;
    read();
    body = Arrays.copyOf(whole, whole.length - 30);
    forgetTheNote();

    FeedReading second = read();

    assertThat(second.fault()).startsWith("Could not fetch the advisories: ");
    assertThat(second.advisories().size()).isEqualTo(2);
  }

  @Test
  void isNotReplacedByAnArchiveThatUnpacksWithoutEnd() throws IOException {
    read();
    body = bomb();
    forgetTheNote();

    FeedReading second = read();

    assertThat(body).hasSizeLessThan(1_000_000);
    assertThat(second.fault())
        .isEqualTo("Could not fetch the advisories: it holds more than 536870912 bytes.");
    assertThat(blocks(second)).isTrue();
  }

  /** A record after half a gigabyte of spaces. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.json"));
      for (int i = 0; i <= 512; i++) {
        zip.write(spaces);
      }
      zip.write(RECORD.getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotReplacedByLessThatCannotBeReadWhole(boolean archive) throws IOException {
    String both = "[" + RECORD + "," + new String(other(), UTF_8) + "]";
    body = both.getBytes(UTF_8);
    read();
    byte[] garbage = "{\"id\": ".getBytes(UTF_8);
    body =
        archive
            ? zip(Map.of("a.json", RECORD.getBytes(UTF_8), "b.json", garbage))
            : Arrays.copyOf(body, body.length - 20);
    forgetTheNote();

    FeedReading second = read();

    assertThat(second.fault())
        .startsWith(
            "Could not fetch the advisories: 1 records could be read of it where there were 2;");
    assertThat(second.advisories().size()).isEqualTo(2);
  }

  @Test
  void isReplacedByLessThatIsWhole() throws IOException {
    body = zip(Map.of("a.json", RECORD.getBytes(UTF_8), "b.json", other()));
    read();
    body = RECORD.getBytes(UTF_8);
    forgetTheNote();

    assertThat(read().advisories().size()).isEqualTo(1);
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
