package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditChain;
import dev.gatehouse.store.audit.AuditLog;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may administer, where, and what is left behind of it. */
class AdministrationIT {
  private static final List<String> OPEN =
      List.of("/health/live", "/health/ready", "/health/liveliness", "/health/readiness");

  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void start() throws Exception {
    lab = new Lab(folder);
  }

  @AfterEach
  void stop() throws Exception {
    lab.close();
  }

  /** A method and a path that administers. */
  private record Place(String method, String path) {}

  private List<Place> places() throws Exception {
    List<Place> places = new ArrayList<>();
    JsonNode paths =
        Lab.JSON.readTree(lab.administer("GET", "/api/openapi.json", "").body()).path("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue().propertyNames().stream()
                    .filter(name -> !name.equals("parameters") && !OPEN.contains(path.getKey()))
                    .forEach(
                        method ->
                            places.add(
                                new Place(
                                    method.toUpperCase(Locale.ROOT),
                                    path.getKey().replace("{name}", "app")))));
    places.add(new Place("GET", "/metrics"));
    assertThat(places).hasSizeGreaterThan(25);
    return places;
  }

  private int entries() throws Exception {
    return Lab.JSON
        .readTree(lab.administer("GET", "/api/audit-log", "").body())
        .path("entries")
        .size();
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  /** The same place by another spelling, and others that begin like what is open. */
  private static List<String> spellings(String path) {
    String encoded = path.replace("a", "%61").replace("k", "%6b");
    return List.of(
        path,
        path + "/",
        path + "/.",
        path + ";a=b",
        path + "%00",
        path + "?a=b",
        "/" + path,
        "/." + path,
        "/%2e" + path,
        "/x/.." + path,
        "/x/%2e%2e" + path,
        "/x/..;" + path,
        encoded,
        path.toUpperCase(Locale.ROOT),
        path.replace("/", "%2f"),
        path.replace("/", "\\"),
        "/v1" + path,
        "/health/live" + path,
        "/health/liveliness" + path,
        "/health/live/.." + path,
        "/health/live/%2e%2e" + path,
        "/health/live;" + path,
        "/health/live?" + path,
        "/health/live%2f.." + path,
        "/v1/chat/completions/.." + path,
        "/v1/models/.." + path,
        "/v1/models/%2e%2e" + path,
        "/openai/deployments/.." + path);
  }

  /** CVE-2026-35029: nothing that administers is within the reach of applications. */
  @Test
  void administersNothingWhereApplicationsAsk() throws Exception {
    String key = lab.key("{'name':'app'}");
    String keys = lab.administer("GET", "/api/keys", "").body();
    int before = entries();
    for (Place place : places()) {
      for (String spelling : spellings(place.path())) {
        for (String token : List.of(lab.admin, key)) {
          int status =
              status(
                  Lab.raw(
                      lab.gateway.address(),
                      Lab.rawRequest(place.method(), spelling, bearer(token), "{\"name\":\"b\"}")));
          // Health is everybody's, and what follows its question mark is nobody's.
          boolean health = spelling.startsWith("/health/live?");
          assertThat(status)
              .as("%s %s", place.method(), spelling)
              .isIn(health ? List.of(200, 405) : List.of(400, 401, 404, 405));
        }
      }
    }
    assertThat(entries()).isEqualTo(before);
    assertThat(lab.administer("GET", "/api/keys", "").body()).isEqualTo(keys);
  }

  /** CVE-2025-0628: a place that begins like an open one is not open. */
  @Test
  void opensNothingByAPathThatBeginsLikeAnOpenOne() throws Exception {
    lab.key("{'name':'app'}");
    int before = entries();
    for (Place place : places()) {
      for (String spelling : spellings(place.path())) {
        String answer =
            Lab.raw(
                lab.gateway.adminAddress(),
                Lab.rawRequest(place.method(), spelling, "", "{\"name\":\"b\"}"));
        boolean health = spelling.startsWith("/health/live?") && place.method().equals("GET");
        assertThat(status(answer))
            .as("%s %s", place.method(), spelling)
            .isIn(health ? List.of(200) : List.of(400, 401, 404));
      }
    }
    assertThat(entries()).isEqualTo(before);
  }

  /** CVE-2026-47101: no token is more than it is. */
  @Test
  void letsEachTokenDoWhatItIsForAndNoMore() throws Exception {
    String key = lab.key("{'name':'app'}");
    String revoker = lab.revoker("index");
    String revocation = "{\"clients\":[{\"name\":\"ci\"}],\"reason\":\"so\"}";
    String keys = lab.administer("GET", "/api/keys", "").body();
    int before = entries();
    Map<String, List<String>> strangers = new TreeMap<>();
    strangers.put("none", List.of());
    strangers.put("a virtual key", List.of("Authorization", "Bearer " + key));
    strangers.put("a header of SDKs", List.of("x-api-key", lab.admin));
    strangers.put("a cookie", List.of("Cookie", "token=" + lab.admin));
    strangers.put("no Bearer", List.of("Authorization", lab.admin));
    strangers.put("Basic", List.of("Authorization", "Basic " + lab.admin));
    strangers.put("two", List.of("Authorization", "Bearer " + lab.admin + " " + lab.admin));
    strangers.put("half", List.of("Authorization", "Bearer " + lab.admin.substring(0, 30)));
    strangers.put("more", List.of("Authorization", "Bearer " + lab.admin + "A"));
    strangers.put(
        "capitals", List.of("Authorization", "Bearer " + lab.admin.toUpperCase(Locale.ROOT)));
    for (Place place : places()) {
      for (Map.Entry<String, List<String>> stranger : strangers.entrySet()) {
        assertThat(asked(place, "?token=" + lab.admin, stranger.getValue(), "{}").statusCode())
            .as("%s with %s", place, stranger.getKey())
            .isEqualTo(401);
      }
      boolean theirs = place.path().equals("/api/revocations");
      HttpResponse<String> answer =
          asked(place, "", List.of("Authorization", "Bearer " + revoker), revocation);
      assertThat(answer.statusCode()).as("%s as a revoker", place).isEqualTo(theirs ? 200 : 403);
    }
    assertThat(entries()).isEqualTo(before);
    assertThat(lab.administer("GET", "/api/keys", "").body()).isEqualTo(keys);
  }

  private HttpResponse<String> asked(Place place, String query, List<String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(lab.gateway.adminAddress().resolve(place.path() + query))
            .method(place.method(), HttpRequest.BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return lab.send(request);
  }

  /** Nor can what a token is be asked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/revokers {'name':'r','role':'admin'}",
        "/api/keys {'name':'k','role':'admin'}",
        "/api/keys {'name':'k','endpoints':['admin']}",
        "/api/users {'name':'u','role':'proxy_admin'}",
        "/key/generate {'key_alias':'k','allowed_routes':['/api/keys']}",
        "/key/generate {'key_alias':'k','user_role':'proxy_admin'}",
        "/key/generate {'key_alias':'k','permissions':{'admin':true}}",
        "/key/generate {'key_alias':'k','guardrails':['os.system(1)']}",
        "/key/generate {'key_alias':'k','config':{'callbacks':['x.py']}}",
        "/key/generate {'key_alias':'k','key':'sk-chosen-by-a-client-0123456789'}"
      })
  void grantsNoMoreThanAKeyCanBe(String request) throws Exception {
    int space = request.indexOf(' ');
    int before = entries();
    HttpResponse<String> answer =
        lab.administer(
            "POST", request.substring(0, space), request.substring(space + 1).replace('\'', '"'));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(entries()).isEqualTo(before);
  }

  /** CVE-2026-35030: on one connection, too, each gets the answer to its own token. */
  @Test
  void givesTokensThatBeginAlikeEachItsOwnAnswer() throws Exception {
    String narrow = lab.key("{'name':'narrow','models':['fast']}");
    String wide = lab.key("{'name':'wide'}");
    String models = "/v1/models";
    for (int round = 0; round < 3; round++) {
      assertThat(get(lab.gateway.address(), models, narrow)).contains("fast").doesNotContain("gem");
      assertThat(get(lab.gateway.address(), models, wide)).contains("fast", "gem");
      for (String token : List.of(narrow, wide, lab.admin, lab.revoker("r" + round))) {
        boolean administers = token.startsWith("gatehouse_");
        URI address = administers ? lab.gateway.adminAddress() : lab.gateway.address();
        String path = administers ? "/api/keys" : models;
        for (int kept : new int[] {20, 30, token.length() - 1}) {
          char other = token.charAt(kept) == 'A' ? 'B' : 'A';
          String alike = token.substring(0, kept) + other + token.substring(kept + 1);
          assertThat(get(address, path, alike)).startsWith("401");
          assertThat(get(address, path, token.toLowerCase(Locale.ROOT))).startsWith("401");
        }
      }
    }
  }

  private String get(URI address, String path, String token) throws Exception {
    HttpResponse<String> answer =
        lab.send(
            HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token));
    return answer.statusCode() + answer.body();
  }

  /** CVE-2026-42208: before authentication, and after it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR '1'='1",
        "' OR 1=1 --",
        "app' --",
        "\\\" OR \\\"\\\"=\\\"",
        "'; DROP TABLE virtual_key; --",
        "'); DELETE FROM audit_log; --",
        "' UNION SELECT sha256, key_id, dies_at FROM virtual_key_token --",
        "%",
        "_",
        ":name",
        "<model>"
      })
  void takesSqlForText(String sql) throws Exception {
    String plain = sql.replace("\\\"", "\"");
    String encoded = URLEncoder.encode(plain, UTF_8);
    String key = lab.key("{'name':'app'}");
    assertThat(lab.ask(key, "/v1/chat/completions", Lab.CHAT).statusCode()).isEqualTo(200);

    for (URI address : List.of(lab.gateway.address(), lab.gateway.adminAddress())) {
      for (String header : List.of("Authorization: Bearer ", "x-api-key: ", "api-key: ")) {
        for (String token : List.of(plain, "sk-gatehouse-" + plain, key + plain)) {
          String path = address.equals(lab.gateway.address()) ? "/v1/models" : "/api/keys";
          String answer =
              Lab.raw(address, Lab.rawRequest("GET", path, header + token + "\r\n", ""));
          assertThat(status(answer)).as(token).isEqualTo(401);
        }
      }
    }
    for (String field : List.of("name", "user", "team", "client", "budget-period")) {
      String body = "{\"name\":\"other\",\"%s\":\"%s\"}".formatted(field, sql);
      int status = lab.administer("POST", "/api/keys", body).statusCode();
      assertThat(status).as(field).isIn(400, 404);
    }
    for (String path :
        List.of(
            "/api/usage?key=",
            "/api/usage?user=",
            "/api/usage?by=",
            "/api/usage?from=",
            "/api/audit-log?after=",
            "/key/info?key=")) {
      assertThat(lab.administer("GET", path + encoded, "").statusCode()).as(path).isIn(400, 404);
    }
    for (String filter : List.of("model", "provider")) {
      String used = lab.administer("GET", "/api/usage?" + filter + "=" + encoded, "").body();
      assertThat(Lab.JSON.readTree(used).path("usage")).as(filter).isEmpty();
    }
    assertThat(Lab.JSON.readTree(lab.administer("GET", "/api/usage", "").body()).path("usage"))
        .hasSize(1);
    assertThat(
            lab.administer("POST", "/api/keys/app/revoke", "{\"reason\":\"" + sql + "\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(lab.shown("app").path("revoked").path("reason").asString()).isEqualTo(plain);
    assertThat(lab.administer("GET", "/api/audit-log", "").body()).contains("revoke-key");
  }

  /** A web page that leads its own name to this machine is not us. */
  @Test
  void isAskedByItsOwnNameAlone() throws Exception {
    String request = Lab.rawRequest("GET", "/api/keys", bearer(lab.admin), "");
    assertThat(status(Lab.raw(lab.gateway.adminAddress(), request))).isEqualTo(200);
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "192.0.2.1", "")) {
      String other = request.replace("Host: 127.0.0.1", "Host: " + host);
      assertThat(status(Lab.raw(lab.gateway.adminAddress(), other))).as(host).isIn(400, 421);
    }
  }

  private static String change(String request) {
    return request.replace('\'', '"');
  }

  @Test
  void writesEachChangeIntoAChainThatShowsAlterations() throws Exception {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("POST /api/teams {'name':'t'}", "add-team");
    changes.put("PUT /api/teams/t {'budget':'1'}", "change-team");
    changes.put("POST /api/users {'name':'u'}", "add-user");
    changes.put("PUT /api/users/u {'budget':'1'}", "change-user");
    changes.put("POST /api/keys {'name':'k'}", "add-key");
    changes.put("POST /api/keys {'name':'d','decoy':true}", "add-decoy");
    changes.put("POST /api/keys {'name':'c','client':{'name':'ci'}}", "add-key");
    changes.put("POST /api/keys/k/rotate {}", "rotate-key");
    changes.put("POST /api/keys/k/revoke {'reason':'left'}", "revoke-key");
    changes.put("POST /key/generate {'key_alias':'l'}", "add-key");
    changes.put("POST /key/delete {'key_aliases':['l']}", "revoke-key");
    changes.put("PUT /api/providers/openai/key {'key':'x'}", "set-provider-key");
    changes.put("DELETE /api/providers/openai/key ", "delete-provider-key");
    changes.put("POST /api/revokers {'name':'r'}", "add-revoker");
    changes.put("DELETE /api/revokers/r ", "remove-revoker");
    changes.put("POST /api/revocations {'clients':[{'name':'ci'}],'reason':'bad'}", "revoke-key");
    int number = 0;
    for (Map.Entry<String, String> one : changes.entrySet()) {
      String[] words = one.getKey().split(" ", 3);
      HttpResponse<String> answer = lab.administer(words[0], words[1], change(words[2]));
      assertThat(answer.statusCode()).as(one.getKey() + answer.body()).isLessThan(300);
      JsonNode entries =
          Lab.JSON
              .readTree(lab.administer("GET", "/api/audit-log?after=" + number, "").body())
              .path("entries");
      assertThat(entries).as(one.getKey()).hasSize(1);
      assertThat(entries.get(0).path("action").asString()).isEqualTo(one.getValue());
      assertThat(entries.get(0).path("actor").asString()).isEqualTo("local-administrator");
      number++;
    }
    lab.close();
    assertThat(fault("")).isEmpty();
    for (String column : List.of("actor", "action", "subject", "detail")) {
      assertThat(
              fault(
                  "UPDATE audit_log SET %s = %s || 'x' WHERE number = 5".formatted(column, column)))
          .as(column)
          .hasValueSatisfying(fault -> assertThat(fault).contains("entry 5"));
    }
    assertThat(fault("UPDATE audit_log SET at = at + 1 WHERE number = 5")).isPresent();
    assertThat(fault("DELETE FROM audit_log WHERE number = 5"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("entry 5 is missing"));
    assertThat(fault("DELETE FROM audit_log WHERE number = 1")).isPresent();
    assertThat(
            fault(
                "INSERT INTO audit_log SELECT number + 1, at, actor, action, subject, detail, hash"
                    + " FROM audit_log WHERE number = 16"))
        .isPresent();
  }

  /** What the chain says after somebody wrote into the database; what he wrote is undone. */
  private Optional<String> fault(String sql) throws Exception {
    AuditChain chain = new AuditChain(null);
    try (SqliteDatabase database = SqliteDatabase.open(lab.data().resolve("gatehouse.db"))) {
      database.useWrite(handle -> handle.execute("CREATE TABLE kept AS SELECT * FROM audit_log"));
      if (!sql.isEmpty()) {
        database.useWrite(handle -> handle.execute(sql));
      }
      AuditLog.open(database).entries(0, 100).forEach(chain::take);
      database.useWrite(
          handle -> {
            handle.execute("DELETE FROM audit_log");
            handle.execute("INSERT INTO audit_log SELECT * FROM kept");
            handle.execute("DROP TABLE kept");
          });
    }
    return chain.fault();
  }
}
