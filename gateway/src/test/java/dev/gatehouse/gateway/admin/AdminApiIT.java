package dev.gatehouse.gateway.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.admin.Desk.Got;
import dev.gatehouse.gateway.budget.Claim;
import dev.gatehouse.gateway.budget.Grant;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.gateway.secret.ProviderKey;
import dev.gatehouse.gateway.usage.Labels;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.audit.AuditChain;
import dev.gatehouse.store.audit.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminApiIT {
  private static final String CLIENT = "7b0f8a4e-0000-4000-8000-000000000001";

  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(folder);
  }

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  private Secret revoker() {
    return Secret.of(desk.ask("POST", "/api/revokers", "{'name':'index'}").string("token"));
  }

  private Secret key(String body) {
    Got got = desk.ask("POST", "/api/keys", body);
    assertThat(got.status()).as(got.text()).isEqualTo(201);
    return Secret.of(got.string("key"));
  }

  private void spend(String name, long nanoUsd) throws IOException {
    spend(name, Labels.NONE, nanoUsd);
  }

  private void spend(String name, Labels labels, long nanoUsd) throws IOException {
    VirtualKey key = desk.keys.named(name).orElseThrow();
    Grant grant =
        desk.accounting.reserve(
            new Claim(key.accounts(), nanoUsd, 0, Duration.ofMinutes(1), Duration.ZERO));
    desk.accounting.settle(
        ((Grant.Granted) grant).reservation(),
        "openai",
        "gpt",
        labels,
        new Usage(10, 0, 0, 5, 0),
        nanoUsd);
  }

  @Test
  void addsShowsRotatesAndRevokesAKey() throws IOException {
    desk.ask("POST", "/api/teams", "{'name':'search','budget':'100.00','budget-period':'monthly'}");
    Secret token =
        key(
            "{'name':'app','team':'search','models':['fast'],'endpoints':['chat'],"
                + "'addresses':['10.0.0.0/8'],'budget':'10.00','requests-per-minute':60}");
    assertThat(token.reveal()).matches("sk-gatehouse-[A-Za-z0-9_-]{43}");
    spend("app", 7);

    Got shown = desk.ask("GET", "/api/keys/app", null);
    assertThat(shown.text()).doesNotContain(token.reveal());
    assertThat(shown.json().path("spent-nano-usd").asLong()).isEqualTo(7);
    assertThat(shown.json().path("budget-nano-usd").asLong()).isEqualTo(10_000_000_000L);
    assertThat(shown.string("team")).isEqualTo("search");
    assertThat(desk.ask("GET", "/api/teams/search", null).json().path("spent-nano-usd").asLong())
        .isEqualTo(7);
    Got rotated = desk.ask("POST", "/api/keys/app/rotate", "{}");
    assertThat(rotated.string("key")).startsWith("sk-gatehouse-").isNotEqualTo(token.reveal());
    Got revoked = desk.ask("POST", "/api/keys/app/revoke", "{'reason':'left'}");
    assertThat(revoked.json().path("revoked").path("reason").asString()).isEqualTo("left");
    assertThat(desk.ask("POST", "/api/keys/app/revoke", "{'reason':'x'}").status()).isEqualTo(409);
    assertThat(desk.ask("POST", "/api/keys", "{'name':'app'}").status()).isEqualTo(409);
    assertThat(desk.ask("GET", "/api/keys/nobody", null).status()).isEqualTo(404);
  }

  @Test
  void namesTheNearestOfAnUnknownMember() {
    Got got = desk.ask("POST", "/api/keys", "{'name':'app','modles':['fast']}");

    assertThat(got.status()).isEqualTo(400);
    assertThat(got.text()).contains("modles").contains("Did you mean models?");
    assertThat(desk.keys.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'a','name':'b'}",
        "{'name':'a'} {}",
        "[]",
        "",
        "{",
        "{'name':''}",
        "{'name':'a b'}",
        "{'name':'a','budget':10}",
        "{'name':'a','budget':'-1'}",
        "{'name':'a','budget-period':'daily'}",
        "{'name':'a','budget':'1','budget-period':'yearly'}",
        "{'name':'a','requests-per-minute':0}",
        "{'name':'a','requests-per-minute':1.5}",
        "{'name':'a','models':'fast'}",
        "{'name':'a','models':[1]}",
        "{'name':'a','endpoints':['admin']}",
        "{'name':'a','addresses':['example.com']}",
        "{'name':'a','expires':'tomorrow'}",
        "{'name':'a','decoy':'yes'}",
        "{'name':'a','client':'x'}",
        "{'name':'a','client':{'id':'no-uuid','name':'x'}}",
        "{'name':'a','role':'admin'}"
      })
  void refusesABadKey(String body) {
    Got got = desk.ask("POST", "/api/keys", body);

    assertThat(got.status()).as(got.text()).isEqualTo(400);
    assertThat(got.json().path("remedy").asString()).isNotEmpty();
    assertThat(desk.keys.all()).isEmpty();
  }

  /** CVE-2026-35029, CVE-2026-47101: nothing but the administrator's token administers. */
  @Test
  void letsNobodyElseIn() {
    Secret virtual = key("{'name':'app'}");
    Secret revoker = revoker();
    int asked = 0;
    for (Route route : desk.api.routes()) {
      String path = route.template().replace("{name}", "app");
      if (route.access() != Route.Access.OPEN) {
        asked++;
        assertThat(desk.ask((Secret) null, route.method(), path, "{}").status())
            .as(path)
            .isEqualTo(401);
        assertThat(desk.ask(virtual, route.method(), path, "{}").status()).as(path).isEqualTo(401);
      }
      if (route.access() == Route.Access.ADMINISTER) {
        assertThat(desk.ask(revoker, route.method(), path, "{}").status()).as(path).isEqualTo(403);
      }
    }
    assertThat(asked).isGreaterThan(20);
    assertThat(desk.ask((Secret) null, "GET", "/api/nothing", null).status()).isEqualTo(401);
    assertThat(desk.ask(revoker, "GET", "/api/nothing", null).status()).isEqualTo(403);
  }

  /** CVE-2025-0628: routes that match by their beginning. */
  @ParameterizedTest
  @CsvSource({
    "GET,/api/keys/",
    "GET,/api/keysX",
    "GET,/api/keys/app/revoke/more",
    "GET,//api/keys",
    "GET,/API/keys",
    "GET,/health/liveliness/../../api/keys",
    "GET,/health/liveliness/api/keys",
    "GET,/",
    "GET,''"
  })
  void knowsExactPathsOnly(String method, String path) {
    assertThat(desk.ask(method, path, null).status()).isEqualTo(404);
    assertThat(desk.ask((Secret) null, method, path, null).status()).isEqualTo(401);
  }

  @Test
  void takesTheRightMethodOnly() {
    assertThat(desk.ask("DELETE", "/api/keys", null).status()).isEqualTo(405);
    assertThat(desk.ask("PATCH", "/health/readiness", null).status()).isEqualTo(405);
  }

  @Test
  void boundsABody() {
    assertThat(desk.ask("POST", "/api/keys", " ".repeat(AdminApi.MOST_BODY + 1)).status())
        .isEqualTo(413);
    assertThat(desk.ask("POST", "/api/keys", "[".repeat(100_000)).status()).isEqualTo(400);
  }

  /** CVE-2026-42208: SQL in what a request says. */
  @Test
  void bindsWhatARequestSays() {
    key("{'name':'app'}");
    String injection = "app' OR '1'='1";
    assertThat(desk.ask("GET", "/api/keys/" + injection, null).status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/key/info?key=" + injection, null).status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/api/usage?model=" + injection, null).json().path("usage"))
        .isEmpty();
    assertThat(desk.tokens.authenticate(Secret.of("' OR '1'='1"))).isEmpty();
  }

  @Test
  void revokesTheKeysOfClientsAndSaysWhichProvidersTheyReached() {
    key("{'name':'one','client':{'id':'" + CLIENT + "','name':'ci'},'models':['fast']}");
    key("{'name':'two','client':{'name':'ci'}}");
    key("{'name':'other','client':{'name':'dev'}}");
    Secret revoker = revoker();
    String body = "{'clients':[{'id':'" + CLIENT + "','name':'ci'}],'reason':'litellm 1.82.8'}";

    Got got = desk.ask(revoker, "POST", "/api/revocations", body);
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    JsonNode revoked = got.json().path("revoked");
    assertThat(revoked).hasSize(2);
    assertThat(revoked.get(0).path("name").asString()).isEqualTo("one");
    assertThat(revoked.get(0).path("providers").toString()).isEqualTo("[\"openai\"]");
    assertThat(revoked.get(1).path("providers").toString())
        .isEqualTo("[\"anthropic\",\"openai\",\"spare\"]");
    assertThat(got.json().path("providers")).hasSize(3);
    assertThat(desk.keys.named("other").orElseThrow().revocation()).isNull();
    assertThat(desk.keys.named("one").orElseThrow().revocation())
        .isEqualTo(new VirtualKey.Revocation(Desk.NOW, "index", "litellm 1.82.8"));
    assertThat(desk.ask(revoker, "POST", "/api/revocations", body).json().path("revoked"))
        .isEmpty();
    desk.ask("DELETE", "/api/revokers/index", null);
    assertThat(desk.ask(revoker, "POST", "/api/revocations", body).status()).isEqualTo(401);
  }

  @Test
  void takesAProvidersKeyAndNeverGivesItBack() throws IOException {
    String canary = "sk-canary-0123456789";
    Got set = desk.ask("PUT", "/api/providers/openai/key", "{'key':'" + canary + "'}");
    assertThat(set.status()).as(set.text()).isEqualTo(204);

    assertThat(desk.changedProviders).containsExactly("openai");
    assertThat(desk.ask("GET", "/api/providers", null).text())
        .contains("openai", "2026-03-24T12:00:00Z")
        .doesNotContain(canary);
    for (String wrong :
        new String[] {
          "{'key':'" + canary + " x'}", "{'kay':'" + canary + "'}", "{'key':'" + canary + "', }"
        }) {
      assertThat(desk.ask("PUT", "/api/providers/openai/key", wrong))
          .satisfies(got -> assertThat(got.status()).isEqualTo(400))
          .satisfies(got -> assertThat(got.text()).doesNotContain(canary));
    }
    assertThat(desk.ask("PUT", "/api/providers/nobody/key", "{'key':'x'}").status()).isEqualTo(404);
    assertThat(desk.ask("DELETE", "/api/providers/openai/key", null).status()).isEqualTo(204);
    assertThat(desk.ask("DELETE", "/api/providers/openai/key", null).status()).isEqualTo(404);
    assertThat(desk.stored.get("openai")).isEmpty();
  }

  @Test
  void rotatesTheKeyEncryptionKey() throws IOException {
    String canary = "sk-canary-0123456789";
    desk.ask("PUT", "/api/providers/openai/key", "{'key':'" + canary + "'}");
    Path file = folder.resolve("key-encryption-key");
    String before = Files.readString(file);

    Got wrong = desk.ask("POST", "/api/key-encryption-key/rotate", "{'key':'0'}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(Files.readString(file)).isEqualTo(before);
    Got got = desk.ask("POST", "/api/key-encryption-key/rotate", "{}");
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.json().path("wrapped-anew").asInt()).isEqualTo(1);
    assertThat(Files.readString(file)).isNotEqualTo(before);
    try (ProviderKey key = desk.stored.get("openai").orElseThrow()) {
      assertThat(key.reveal().reveal()).isEqualTo(canary);
    }
    desk.database.useWrite(handle -> handle.execute("UPDATE provider_key SET version = 9"));
    Got failed = desk.ask("POST", "/api/key-encryption-key/rotate", "{}");
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.string("code")).isEqualTo("not-rotated");
    assertThat(failed.string("detail")).contains("the stored key of the provider openai");
  }

  @Test
  void showsUsageAsJsonAndAsATable() throws IOException {
    key("{'name':'app'}");
    spend("app", 7);
    spend("app", 8);

    JsonNode row = desk.ask("GET", "/api/usage?key=app", null).json().path("usage").get(0);
    assertThat(row.path("day").asString()).isEqualTo("2026-03-24");
    assertThat(row.path("key").asString()).isEqualTo("app");
    assertThat(row.path("calls").asLong()).isEqualTo(2);
    assertThat(row.path("nano-usd").asLong()).isEqualTo(15);
    assertThat(desk.ask("GET", "/api/usage?by=model,provider&format=csv", null).text())
        .isEqualTo(
            "provider,model,calls,input-tokens,cache-read-tokens,cache-written-tokens,"
                + "output-tokens,thinking-tokens,nano-usd\r\nopenai,gpt,2,20,0,0,10,0,15\r\n");
    for (String wrong : Set.of("by=salary", "format=xml", "from=yesterday", "kye=app")) {
      assertThat(desk.ask("GET", "/api/usage?" + wrong, null).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void showsUsageByEndUserAndByTag() throws IOException {
    key("{'name':'app'}");
    spend("app", new Labels("ann", List.of("nightly", "search")), 7);
    spend("app", new Labels("bob", List.of("search")), 8);
    spend("app", 100);

    assertThat(desk.ask("GET", "/api/usage?by=key,end-user", null).json().path("usage"))
        .extracting(row -> row.path("key").asString() + " " + row.path("end-user").asString())
        .containsExactly("app ann", "app bob");
    assertThat(desk.ask("GET", "/api/usage?by=tag", null).json().path("usage"))
        .extracting(row -> row.path("tag").asString() + " " + row.path("nano-usd").asLong())
        .containsExactly("nightly 7", "search 15");
    assertThat(desk.ask("GET", "/api/usage?by=model&tag=nightly", null).json().path("usage"))
        .extracting(row -> row.path("model").asString() + " " + row.path("nano-usd").asLong())
        .containsExactly("gpt 7");
    assertThat(
            desk.ask("GET", "/api/usage?by=key", null).json().path("usage").get(0).path("nano-usd"))
        .hasToString("115");
    for (String both : Set.of("by=end-user,tag", "by=tag&end-user=ann", "tag=a&end-user=ann")) {
      assertThat(desk.ask("GET", "/api/usage?" + both, null))
          .as(both)
          .satisfies(got -> assertThat(got.status()).isEqualTo(400))
          .satisfies(got -> assertThat(got.string("detail")).contains("not about both at once"));
    }
  }

  /** A client chooses these words, and whoever opens the table is somebody else. */
  @Test
  void writesNoFormulaOfAClientIntoATable() throws IOException {
    key("{'name':'app'}");
    spend("app", new Labels("=HYPERLINK(\"x\",1)\r\n+2", List.of("@SUM(A1)", "-1", "a,b")), 7);

    assertThat(desk.ask("GET", "/api/usage?by=end-user&format=csv", null).text().split("\r\n", -1))
        .hasSize(3)
        .satisfies(
            lines ->
                assertThat(lines[1])
                    .startsWith("\"'=HYPERLINK(\"\"x\"\",1)\\r\\n+2\",1,10,0,0,5,0,7"));
    assertThat(desk.ask("GET", "/api/usage?by=tag&format=csv", null).text())
        .contains("\r\n'@SUM(A1),1,", "\r\n'-1,1,", "\r\n\"a,b\",1,");
  }

  @Test
  void removesAUserAndKeepsWhatItUsedUnderItsName() throws IOException {
    desk.ask("POST", "/api/users", "{'name':'ann'}");
    key("{'name':'app','user':'ann'}");
    key("{'name':'ci','user':'ann'}");
    spend("app", 7);

    Got refused = desk.ask("DELETE", "/api/users/ann", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.string("code")).isEqualTo("user-has-keys");
    assertThat(refused.string("title")).isEqualTo("The user ann still has 2 keys that work");
    assertThat(refused.string("remedy")).contains("--revoke-keys");
    for (String wrong : Set.of("revoke-keys=yes", "revoke_keys=true", "revoke-keys=true&x=1")) {
      assertThat(desk.ask("DELETE", "/api/users/ann?" + wrong, null).status())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(desk.ask("GET", "/api/users/ann", null).status()).isEqualTo(200);

    Got removed = desk.ask("DELETE", "/api/users/ann?revoke-keys=true", null);
    assertThat(removed.status()).as(removed.text()).isEqualTo(200);
    assertThat(removed.json().path("revoked")).hasToString("[\"app\",\"ci\"]");
    assertThat(desk.ask("GET", "/api/users/ann", null).status()).isEqualTo(404);
    assertThat(desk.ask("DELETE", "/api/users/ann", null).status()).isEqualTo(404);
    assertThat(desk.ask("PUT", "/api/users/ann", "{}").status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/api/users", null).json().path("users")).isEmpty();
    assertThat(desk.ask("POST", "/api/keys", "{'name':'next','user':'ann'}").status())
        .isEqualTo(404);
    assertThat(desk.ask("POST", "/api/users", "{'name':'ann'}").status()).isEqualTo(409);
    assertThat(desk.ask("GET", "/api/keys/app", null).string("user")).isEqualTo("ann");
    for (String query : Set.of("by=user", "by=user&user=ann")) {
      JsonNode row = desk.ask("GET", "/api/usage?" + query, null).json().path("usage").get(0);
      assertThat(row.path("user").asString()).as(query).isEqualTo("ann");
      assertThat(row.path("nano-usd").asLong()).as(query).isEqualTo(7);
    }
  }

  @Test
  void removesATeamAndLeavesAUserOfTheSameName() {
    desk.ask("POST", "/api/users", "{'name':'search'}");
    desk.ask("POST", "/api/teams", "{'name':'search'}");
    key("{'name':'app','team':'search'}");

    Got refused = desk.ask("DELETE", "/api/teams/search", null);
    assertThat(refused.string("title")).isEqualTo("The team search still has a key that works");
    desk.ask("POST", "/api/keys/app/revoke", "{'reason':'left'}");
    assertThat(desk.ask("DELETE", "/api/teams/search", null).status()).isEqualTo(200);
    assertThat(desk.ask("GET", "/api/teams/search", null).status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/api/users/search", null).status()).isEqualTo(200);
  }

  @Test
  void writesAllChangesInAChainThatHolds() {
    key("{'name':'app','budget':'10'}");
    desk.ask("POST", "/api/users", "{'name':'ann'}");
    desk.ask("PUT", "/api/users/ann", "{'budget':'5','budget-period':'weekly'}");
    revoker();
    desk.ask("POST", "/api/keys/app/rotate", "{'grace-seconds':60}");
    desk.ask("POST", "/api/keys/app/revoke", "{'reason':'left'}");
    desk.ask("PUT", "/api/providers/openai/key", "{'key':'x'}");

    assertThat(desk.audit.entries(0, 100))
        .extracting(AuditEntry::action)
        .containsExactly(
            "add-key",
            "add-user",
            "change-user",
            "add-revoker",
            "rotate-key",
            "revoke-key",
            "set-provider-key");
    AuditChain chain = new AuditChain(null);
    desk.audit.entries(0, 100).forEach(chain::take);
    assertThat(chain.fault()).isEmpty();
    assertThat(desk.ask("GET", "/api/audit-log?after=5", null).json().path("entries")).hasSize(2);
  }

  @Test
  void describesEveryRouteAndNoOther() throws IOException {
    JsonNode paths =
        new JsonMapper().readTree(desk.ask("GET", "/api/openapi.json", null).text()).path("paths");
    Set<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue().propertyNames().stream()
                    .filter(name -> !name.equals("parameters"))
                    .forEach(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> routes = new TreeSet<>();
    desk.api.routes().forEach(route -> routes.add(route.method() + " " + route.template()));

    assertThat(described).isEqualTo(routes).hasSizeGreaterThan(20);
  }

  @Test
  void keepsTokensOutOfTheDatabase() throws IOException {
    Secret virtual = key("{'name':'app'}");
    Secret revoker = revoker();
    desk.close();
    byte[] bytes = Files.readAllBytes(folder.resolve("gatehouse.db"));
    String text = new String(bytes, ISO_8859_1);

    assertThat(text)
        .contains("add-revoker")
        .doesNotContain(virtual.reveal(), revoker.reveal(), desk.administrator().reveal());
    desk = new Desk(folder);
    assertThat(desk.tokens.authenticate(revoker)).hasValue(new Actor("index", Role.REVOKER));
  }

  @Test
  void speaksLiteLlmsShapes() throws IOException {
    Got generated =
        desk.ask(
            "POST",
            "/key/generate",
            "{'key_alias':'ci','models':['fast'],'max_budget':0.1,'budget_duration':'30d',"
                + "'duration':'2h','rpm_limit':10,'metadata':{}}");
    assertThat(generated.status()).as(generated.text()).isEqualTo(200);
    String token = generated.string("key");
    assertThat(token).startsWith("sk-gatehouse-");
    assertThat(generated.string("expires")).isEqualTo("2026-03-24T14:00:00Z");
    spend("ci", 25_000_000);

    JsonNode info = desk.ask("GET", "/key/info?key=" + token, null).json();
    assertThat(info.path("info").path("spend").decimalValue()).isEqualByComparingTo("0.025");
    assertThat(info.path("info").path("max_budget").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(info.toString()).doesNotContain(token);
    Got deleted = desk.ask("POST", "/key/delete", "{'keys':['" + token + "']}");
    assertThat(deleted.json().path("deleted_keys")).hasSize(1);
    assertThat(desk.keys.named("ci").orElseThrow().revocation()).isNotNull();
    Got refused = desk.ask("POST", "/key/generate", "{'guardrails':['x']}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("error").path("message").asString()).contains("guardrails");
    for (String wrong :
        Set.of(
            "{'max_budget':1e400}",
            "{'max_budget':1e-400000000}",
            "{'max_budget':'10'}",
            "{'max_budget':1,'budget_duration':'90d'}",
            "{'duration':'soon'}",
            "{'metadata':{'a':1}}")) {
      assertThat(desk.ask("POST", "/key/generate", wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(desk.ask((Secret) null, "GET", "/health/liveliness", null).text())
        .isEqualTo("\"I'm alive!\"");
    assertThat(desk.ask((Secret) null, "GET", "/health/readiness", null).string("status"))
        .isEqualTo("healthy");
    desk.ready(false);
    assertThat(desk.ask((Secret) null, "GET", "/health/readiness", null).status()).isEqualTo(503);
    assertThat(desk.ask("GET", "/health", null).json().path("unhealthy_count").asInt())
        .isEqualTo(1);
  }
}
