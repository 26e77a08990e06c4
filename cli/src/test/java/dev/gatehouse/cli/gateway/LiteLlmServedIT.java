package dev.gatehouse.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.docs.Checkout;
import dev.gatehouse.cli.gateway.FakeVendors.Asked;
import dev.gatehouse.cli.gateway.FakeVendors.Failure;
import dev.gatehouse.cli.gateway.Served.Target;
import dev.gatehouse.cli.outcome.Endings;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.dialect.bedrock.AwsCredentials;
import dev.gatehouse.gateway.dialect.bedrock.SignatureV4;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configurations of LiteLLM, taken over by the command and served as it wrote them: at the
 * addresses that stand in them, with keys in the variables that they name. Only the ports of
 * servers on this machine are others.
 */
class LiteLlmServedIT {
  private static final Path EXAMPLES =
      Checkout.root().resolve("gateway/src/test/resources/dev/gatehouse/gateway/litellm");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern URL = Pattern.compile("https://([a-z0-9.-]+)/");
  private static final Pattern VARIABLE = Pattern.compile("\"env:([A-Z0-9_]+)\"");
  private static final Pattern TO_STORE = Pattern.compile("provider set-key ([a-z0-9-]+)\n");
  private static final Pattern UNPRICED = Pattern.compile("No price is known of (.+), and what");
  private static final String ALLOW = "--allow-unpriced";

  private static final DateTimeFormatter AWS_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @TempDir private static Path shared;
  private static FakeVendors vendors;

  @TempDir private Path folder;

  @BeforeAll
  static void startVendors() throws Exception {
    Set<String> hosts = new LinkedHashSet<>();
    for (String name : List.of("one", "five", "twenty", "sixty")) {
      Matcher urls = URL.matcher(Files.readString(EXAMPLES.resolve(name).resolve("served.txt")));
      urls.results().map(url -> url.group(1)).forEach(hosts::add);
    }
    FakeVendors.makeKeys(shared.resolve("keys.p12"), shared.resolve("authority.pem"), hosts);
    vendors = FakeVendors.start(shared.resolve("keys.p12"));
  }

  @AfterAll
  static void stopVendors() {
    vendors.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "five", "twenty", "sixty"})
  void eachNameIsAnsweredByEachOfItsDeploymentsWithItsKey(String example) throws Exception {
    try (Running running = Running.start(folder, example)) {
      Set<String> names = new LinkedHashSet<>(running.served.models().keySet());
      names.addAll(running.served.aliases().keySet());

      for (String name : names) {
        for (Target target : running.served.targets(name)) {
          vendors.fail(running.allBut(name, target));
          HttpResponse<String> answer = running.ask(name, target);

          assertThat(answer.statusCode()).as("%s: %s", name, answer.body()).isEqualTo(200);
          Asked asked = vendors.takeRequests().getLast();
          assertThat(asked.deployment()).as(name).isEqualTo(target.deployment());
          assertThat(running.keyOf(asked, target)).as(name).isEqualTo(running.key(target));
          if (isChat(target)) {
            assertThat(text(answer)).isEqualTo(target.url());
          }
        }
      }
      assertThat(running.listed()).containsExactlyInAnyOrderElementsOf(withoutPatterns(names));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"five", "twenty", "sixty"})
  void eachFallbackFollowsWhatFails(String example) throws Exception {
    try (Running running = Running.start(folder, example)) {
      for (String kind : running.served.fallbacks().keySet()) {
        Failure failure =
            switch (kind) {
              case "fallbacks" -> Failure.DOWN;
              case "context-window-fallbacks" -> Failure.TOO_LONG;
              case "content-policy-fallbacks" -> Failure.POLICY;
              default -> throw new IllegalArgumentException(kind);
            };
        for (var list : running.served.fallbacks().get(kind).entrySet()) {
          for (String to : list.getValue()) {
            List<Target> last = running.served.targets(to);
            Map<String, Failure> failing = running.allBut(last);
            Target first = running.served.targets(list.getKey()).getFirst();
            running
                .served
                .targets(list.getKey())
                .forEach(target -> failing.put(target.deployment(), failure));
            vendors.fail(failing);
            HttpResponse<String> answer =
                running.ask(list.getKey(), first, "x-litellm-num-retries", "0");

            String what = "%s of %s: %s".formatted(kind, list.getKey(), answer.body());
            assertThat(answer.statusCode()).as(what).isEqualTo(200);
            assertThat(last).as(what).extracting(Target::url).contains(text(answer));
            List<Asked> asked = vendors.takeRequests();
            assertThat(running.served.targets(list.getKey()))
                .as(what)
                .extracting(Target::deployment)
                .contains(asked.getFirst().deployment());
            assertThat(running.served.targets(list.getValue().getFirst()))
                .as(what)
                .extracting(Target::deployment)
                .contains(asked.get(1).deployment());
            assertThat(answer.headers().firstValue("x-litellm-attempted-fallbacks"))
                .as(what)
                .hasValue(String.valueOf(asked.size() - 1));
          }
        }
      }
    }
  }

  @Test
  void doesAsTheHeadersOfLiteLlmsClientsSay() throws Exception {
    try (Running running = Running.start(folder, "one")) {
      Target only = running.served.targets("assistant").getFirst();

      for (int retries : List.of(0, 1)) {
        vendors.fail(Map.of(only.deployment(), Failure.DOWN));
        HttpResponse<String> tried =
            running.ask("assistant", only, "x-litellm-num-retries", String.valueOf(retries));
        assertThat(tried.statusCode()).isEqualTo(503);
        assertThat(vendors.takeRequests()).hasSize(retries + 1);
      }

      // An answer makes up for the failures, which would have it left alone for a while.
      vendors.fail(Map.of());
      assertThat(running.ask("assistant", only).statusCode()).isEqualTo(200);
      vendors.fail(Map.of(only.deployment(), Failure.SLOW));
      HttpResponse<String> late =
          running.ask("assistant", only, "x-litellm-timeout", "0.25", "x-litellm-num-retries", "0");
      assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
      assertThat(late.body()).contains("timeout_error");

      vendors.fail(Map.of());
      vendors.takeRequests();
      HttpResponse<String> tagged =
          running.ask(
              "assistant", only, "x-litellm-tags", "a,b", "x-litellm-end-user-id", "someone");
      assertThat(tagged.statusCode()).isEqualTo(200);
      assertThat(tagged.headers().firstValue("x-litellm-model-group")).hasValue("assistant");
      assertThat(vendors.takeRequests())
          .singleElement()
          .satisfies(
              asked -> assertThat(asked.headers().keySet()).noneMatch(h -> h.contains("litellm")));
      assertThat(running.ask("assistant", only, "x-litellm-timeout", "soon").statusCode())
          .isEqualTo(400);
      assertThat(running.run("", "usage", "--by", "tag,key").lines().map(LiteLlmServedIT::words))
          .extracting(words -> words.subList(0, 3))
          .containsExactly(
              List.of("TAG", "KEY", "CALLS"), List.of("a", "app", "1"), List.of("b", "app", "1"));
      assertThat(running.run("", "usage", "--by", "end-user", "--format", "csv"))
          .containsPattern("^end-user,calls,[^\r]*\r\nsomeone,1,[^\r]*\r\n$");
      assertThat(running.run("", "usage", "--by", "key", "--tag", "b", "--format", "json"))
          .contains("\"calls\" : 1");
    }
  }

  @Test
  void withoutBeingToldRefusesThoseOfWhichItSaidThatTheyHaveNoPrice() throws Exception {
    try (Running running = Running.start(folder, "sixty", false)) {
      Set<String> refused = new LinkedHashSet<>();
      for (String name : running.served.models().keySet()) {
        Target target = running.served.targets(name).getFirst();
        HttpResponse<String> answer = running.ask(name, target);
        if (answer.statusCode() != 200) {
          assertThat(answer.statusCode()).as(name).isEqualTo(403);
          assertThat(answer.body()).contains("\"model_without_price\"");
          refused.add(target.model().equals("-") ? "gpt-4o-ad" : target.model());
        }
      }

      List<String> told =
          UNPRICED.matcher(running.list).results().map(found -> found.group(1)).toList();
      assertThat(refused).containsExactlyInAnyOrderElementsOf(told).hasSizeGreaterThan(20);
    }
  }

  private static List<String> words(String line) {
    return List.of(line.split(" +"));
  }

  private static boolean isChat(Target target) {
    return !target.url().matches(".*/(embeddings|embed|rerank)");
  }

  private static String text(HttpResponse<String> answer) {
    return JSON.readTree(answer.body())
        .path("choices")
        .path(0)
        .path("message")
        .path("content")
        .asString("");
  }

  /** A list cannot say what a pattern matches. */
  private static List<String> withoutPatterns(Set<String> names) {
    return names.stream().filter(name -> !name.matches("(openai|anthropic)/.*|groq-.*")).toList();
  }

  /** A gateway that was started with what the command wrote. */
  private static final class Running implements AutoCloseable {
    private final Path folder;
    private final Served served;
    private final String list;
    private final Map<String, String> environment;
    private final GatewayServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private String token = "";

    private Running(
        Path folder,
        Served served,
        String list,
        Map<String, String> environment,
        GatewayServer server) {
      this.folder = folder;
      this.served = served;
      this.list = list;
      this.environment = environment;
      this.server = server;
    }

    static Running start(Path folder, String example) throws Exception {
      return start(folder, example, true);
    }

    /**
     * Imports an example, does what the list of the import asks for, and starts the gateway.
     *
     * @param allowUnpriced whether to do so where the list says that it helps
     */
    static Running start(Path folder, String example, boolean allowUnpriced) throws Exception {
      copy(EXAMPLES.resolve(example), folder);
      Path toml = folder.resolve("gatehouse.toml");
      String list = imported(folder);
      if (allowUnpriced && list.contains(ALLOW)) {
        list = imported(folder, ALLOW);
      }
      Map<String, String> environment = new HashMap<>();
      VARIABLE
          .matcher(Files.readString(toml))
          .results()
          .map(found -> found.group(1))
          .forEach(name -> environment.put(name, "value-of-" + name));
      environment.replace("AZURE_US_BASE", "https://acme-us.openai.azure.com");
      environment.replace("AZURE_API_VERSION", "2025-04-01-preview");
      String proxy = "http://127.0.0.1:" + vendors.port();
      environment.put("http_proxy", proxy);
      environment.put("https_proxy", proxy);
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      GatewayReader.Read read =
          new GatewayReader(environment, free, free, null).read(toml, Files.readString(toml));
      GatewayServer server =
          GatewayServer.start(
              read.settings(),
              folder,
              OutboundSettings.of(environment, shared.resolve("authority.pem")),
              Clock.systemUTC());
      Served served = Served.of(here(Files.readString(folder.resolve("served.txt"))));
      Running running = new Running(folder, served, list, environment, server);
      for (MatchResult toStore : TO_STORE.matcher(list).results().toList()) {
        running.run("stored-" + toStore.group(1), "provider", "set-key", toStore.group(1));
      }
      JsonNode key = JSON.readTree(running.run("", "key", "add", "app"));
      running.token = key.path("key").asString("");
      vendors.takeRequests();
      vendors.fail(Map.of());
      return running;
    }

    private static void copy(Path from, Path to) throws IOException {
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.writeString(copy, here(Files.readString(file)));
        }
      }
    }

    /** The servers on this machine have the ports of Ollama and LM Studio there. */
    private static String here(String text) {
      return text.replaceAll(":(11434|1234)\\b", ":" + vendors.port());
    }

    private static String imported(Path folder, String... options) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  "import-litellm",
                  folder.resolve("config.yaml").toString(),
                  "--output",
                  folder.resolve("gatehouse.toml").toString()));
      words.addAll(List.of(options));
      StringWriter out = new StringWriter();
      // What is not honoured is told by the code, too.
      assertThat(execute(Map.of(), "", out, words)).isBetween(0, 1);
      return out.toString();
    }

    private static int execute(
        Map<String, String> environment, String in, StringWriter out, List<String> words) {
      return Endings.of(
              GatewayCommand.of(environment, "test", new ByteArrayInputStream(in.getBytes(UTF_8))))
          .setOut(new PrintWriter(out, true))
          .execute(words.toArray(String[]::new));
    }

    /** Runs a command that asks this gateway. */
    private String run(String in, String... words) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--config", folder.resolve("gatehouse.toml").toString()));
      StringWriter out = new StringWriter();
      assertThat(execute(environment, in, out, all)).as(String.join(" ", all)).isZero();
      return out.toString();
    }

    /** Asks a name for what the deployment is there for. */
    HttpResponse<String> ask(String name, Target target, String... headers) throws Exception {
      boolean isRerank = target.url().endsWith("/rerank");
      String place =
          isChat(target) ? "v1/chat/completions" : isRerank ? "v1/rerank" : "v1/embeddings";
      Map<String, Object> body =
          isChat(target)
              ? Map.of("messages", List.of(Map.of("role", "user", "content", "Hello.")))
              : isRerank
                  ? Map.of("query", "Hello?", "documents", List.of("Hello."))
                  : Map.of("input", "Hello.");
      Map<String, Object> whole = new HashMap<>(body);
      whole.put("model", name);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.address().resolve(place))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(whole)));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    /** The names that the gateway tells its clients. */
    List<String> listed() throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(server.address().resolve("v1/models"))
              .header("Authorization", "Bearer " + token)
              .build();
      JsonNode models = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
      return models.path("data").valueStream().map(model -> model.path("id").asString("")).toList();
    }

    /** Makes the other deployments of a name fail in a way that no second try helps. */
    Map<String, Failure> allBut(String name, Target target) {
      Map<String, Failure> failing = new HashMap<>();
      served.targets(name).forEach(other -> failing.put(other.deployment(), Failure.FORBIDDEN));
      failing.remove(target.deployment());
      return failing;
    }

    /** Makes all deployments but these fail. */
    Map<String, Failure> allBut(List<Target> targets) {
      Map<String, Failure> failing = new HashMap<>();
      served
          .models()
          .values()
          .forEach(all -> all.forEach(other -> failing.put(other.deployment(), Failure.FORBIDDEN)));
      targets.forEach(target -> failing.remove(target.deployment()));
      return failing;
    }

    /** The key that a deployment is to be asked with; empty: none. */
    String key(Target target) {
      return target.key().equals("none") ? "" : value(target, target.key());
    }

    private String value(Target target, String variable) {
      if (!variable.equals("stored")) {
        return variable.contains("/")
            ? value(target, variable.substring(0, variable.indexOf('/')))
            : environment.getOrDefault(variable, "no such variable");
      }
      return target.url().contains("bedrock") ? "stored-bedrock-3" : "stored-gemini";
    }

    /** The key that a deployment was asked with; of AWS the id, its secret having been checked. */
    String keyOf(Asked asked, Target target) {
      String found = "";
      for (String header : List.of("authorization", "x-api-key", "api-key", "x-goog-api-key")) {
        String value = asked.headers().get(header);
        if (value != null) {
          assertThat(found).as("only one key").isEmpty();
          found = value.replaceFirst("^Bearer ", "");
        }
      }
      if (!found.startsWith("AWS4-HMAC-SHA256")) {
        return found;
      }
      String id = key(target);
      Instant at = AWS_TIME.parse(asked.headers().getOrDefault("x-amz-date", ""), Instant::from);
      String secret = value(target, target.key().substring(target.key().indexOf('/') + 1));
      URI uri = URI.create(asked.url());
      Map<String, String> headers = new HashMap<>();
      for (String name : found.replaceFirst(".*SignedHeaders=([^,]+),.*", "$1").split(";", -1)) {
        headers.put(name, asked.headers().getOrDefault(name, ""));
      }
      headers.keySet().removeAll(List.of("host", "x-amz-date"));
      Map<String, String> signed =
          new SignatureV4(
                  new AwsCredentials(id, Secret.of(secret), null),
                  uri.getHost().split("\\.", -1)[1],
                  "bedrock")
              .sign("POST", uri, headers, asked.body().getBytes(UTF_8), at);
      assertThat(found).isEqualTo(signed.get("authorization"));
      return id;
    }

    @Override
    public void close() throws IOException {
      server.close();
      client.close();
    }
  }
}
