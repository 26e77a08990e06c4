package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read, and who may administer. */
class AccessIT {
  private static final String PAGE = "/simple/demo/";

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(WheelBuilder.wheel("demo", "1.0").build());
    index = setup().start();
  }

  private RunningIndex.Setup setup() {
    return RunningIndex.in(data).upstream(upstream.uri());
  }

  private void restartWith(RunningIndex.Setup other) {
    index.close();
    index = other.start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static String[] basic(String user, String token) {
    String pair = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(UTF_8));
    return new String[] {"Authorization", "Basic " + pair};
  }

  private String[] administrator() {
    return bearer(index.administratorToken().reveal());
  }

  private String add(String name, String role) {
    HttpResponse<byte[]> added =
        index.post(
            "/api/clients",
            "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role),
            administrator());
    assertThat(added.statusCode()).isEqualTo(201);
    return new String(added.body(), UTF_8).replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
  }

  private int statusOf(String... headers) {
    return index.get(PAGE, headers).statusCode();
  }

  @Nested
  class WithoutAToken {
    @Test
    void readsFromThisMachine() {
      assertThat(statusOf()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-Forwarded-For: 203.0.113.9",
          "X-Forwarded-For: 127.0.0.1",
          "Forwarded: for=127.0.0.1",
          "Via: 1.1 proxy",
          "X-Real-IP: 127.0.0.1"
        })
    void isNotTakenForThisMachineBehindAProxy(String header) {
      String[] nameAndValue = header.split(": ", 2);

      assertThat(index.raw(request("127.0.0.1", header))).startsWith("HTTP/1.1 401 ");
      assertThat(statusOf(nameAndValue)).isEqualTo(401);
    }

    @Test
    void isNotTakenForThisMachineByAnotherName() {
      assertThat(index.raw(request("rebound.example", ""))).startsWith("HTTP/1.1 401 ");
    }

    private String request(String host, String header) {
      String line = header.isEmpty() ? "" : header + "\r\n";
      return "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
          .formatted(PAGE, host, line);
    }

    @Test
    void readsFromAnywhereWhereTheConfigurationSaysSo() {
      restartWith(setup().anonymous(AnonymousReading.EVERYONE));

      assertThat(statusOf("X-Forwarded-For", "203.0.113.9")).isEqualTo(200);
    }

    @Test
    void readsNothingWhereTheConfigurationSaysSo() {
      restartWith(setup().anonymous(AnonymousReading.NOBODY));
      HttpResponse<byte[]> answer = index.get(PAGE);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
      assertThat(index.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(index.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class WithAToken {
    @Test
    void readsByBearerAndByBasicAuthentication() {
      restartWith(setup().anonymous(AnonymousReading.NOBODY));
      String token = add("ci", "reader");

      assertThat(statusOf(bearer(token))).isEqualTo(200);
      assertThat(statusOf(basic("__token__", token))).isEqualTo(200);
      assertThat(index.get(PAGE, bearer(token)).headers().firstValue("Cache-Control"))
          .contains("private, no-cache");
      assertThat(index.get(PAGE, bearer(token)).headers().firstValue("Vary").orElse(""))
          .contains("Authorization");
    }

    @Test
    void isNobodyWhereItIsNotKnown() {
      assertThat(statusOf(bearer("gatehouse_wrong"))).isEqualTo(401);
      assertThat(statusOf(basic("__token__", "wrong"))).isEqualTo(401);
      assertThat(statusOf("Authorization", "Basic !!!")).isEqualTo(401);
      assertThat(statusOf("Authorization", "Digest x")).isEqualTo(401);
    }

    @Test
    void readsOnlyWithTheRole() {
      assertThat(statusOf(bearer(add("uploader", "publisher")))).isEqualTo(403);
    }

    @Test
    void isRefusedAtOnceWhenItWasTakenBack() {
      String token = add("ci", "reader");
      assertThat(index.ask("DELETE", "/api/clients/ci", administrator()).statusCode())
          .isEqualTo(204);

      assertThat(statusOf(bearer(token))).isEqualTo(401);
    }

    @Test
    void outlivesARestart() {
      String token = add("ci", "reader");
      index = index.restarted();

      assertThat(statusOf(bearer(token))).isEqualTo(200);
    }

    @Test
    void standsInNoFile() throws IOException {
      String token = add("ci", "reader");
      index.get(PAGE, bearer(token));
      index.close();

      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
          assertThat(content.contains(token)).as(file.toString()).isFalse();
        }
      }
    }
  }

  @Nested
  class Administration {
    @Test
    void needsATokenOnThisMachineToo() {
      assertThat(index.get("/api/clients").statusCode()).isEqualTo(401);
      assertThat(index.get("/api/clients", bearer(add("ci", "reader"))).statusCode())
          .isEqualTo(403);
      assertThat(index.get("/api/clients", administrator()).statusCode()).isEqualTo(200);
    }

    @Test
    void isNotAskedByANameThatIsNotOurs() {
      String request =
          "GET /api/clients HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer %s\r\n"
              .formatted(index.administratorToken().reveal());

      assertThat(index.raw(request + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 421 ");
    }

    /** Else the client's next request would go down a connection that is already closed. */
    @Test
    void saysThatItClosesWhereItRefusesBeforeTheBodyCame() {
      String head = "POST /api/snapshots HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n";

      assertThat(index.raw(head)).startsWith("HTTP/1.1 401 ").contains("\r\nConnection: close\r\n");
    }

    @Test
    void isNotForOtherSitesInABrowser() {
      HttpResponse<byte[]> preflight =
          index.ask("OPTIONS", "/api/clients", "Origin", "https://evil.example");

      assertThat(preflight.statusCode()).isEqualTo(405);
      assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void hasItsTokenInAFileOfItsOwner() throws IOException {
      assertThat(Files.getPosixFilePermissions(data.resolve("admin-token")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void listsClientsWithoutTheirTokens() {
      String token = add("ci", "reader");

      assertThat(index.text("/api/clients", administrator()))
          .contains("\"name\":\"ci\"")
          .contains("\"roles\":[\"reader\"]")
          .doesNotContain(token);
    }

    @Test
    void refusesASecondClientOfTheSameName() {
      add("ci", "reader");

      assertThat(
              index
                  .post("/api/clients", "{\"name\":\"ci\",\"roles\":[\"admin\"]}", administrator())
                  .statusCode())
          .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "{",
          "{\"name\":\"x\"}",
          "{\"name\":\"x\",\"roles\":[]}",
          "{\"name\":\"x\",\"roles\":[\"god\"]}",
          "{\"name\":\"a b\",\"roles\":[\"reader\"]}",
          "{\"name\":\"../x\",\"roles\":[\"reader\"]}"
        })
    void refusesWhatIsNoClient(String json) {
      HttpResponse<byte[]> answer = index.post("/api/clients", json, administrator());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), UTF_8)).doesNotContain("Exception");
    }

    @Test
    void isDescribed() {
      assertThat(index.text("/api/openapi.json", administrator()))
          .contains("\"openapi\": \"3.1.0\"");
    }
  }
}
