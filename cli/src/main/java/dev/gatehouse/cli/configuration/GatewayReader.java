package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.findings.NearestWord;
import dev.gatehouse.gateway.dialect.Azure;
import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderSettings.Aws;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.inbound.AddressRange;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link GatewaySettings} of a file's text, what the command line says before it, and the
 * defaults. It refers to nothing of the index, which is not on the gateway's class path.
 */
public final class GatewayReader {
  /** The data folder's name beside the file, where none is given. */
  static final String DATA_FOLDER = "gatehouse-gateway-data";

  private static final int DEFAULT_PORT = 8585;
  private static final int DEFAULT_ADMIN_PORT = 8586;
  private static final int MOST_RETRIES = 10;
  private static final int LARGEST_REQUEST = 32 << 20;

  private static final Function<String, ProviderType> TYPE =
      TableReader.oneOf(ProviderType.values(), ProviderType::text);

  private final Map<String, String> environment;
  private final @Nullable InetSocketAddress listen;
  private final @Nullable InetSocketAddress adminListen;
  private final @Nullable Path data;

  /**
   * @param environment where {@code env:} addresses, versions and regions are looked up
   * @param listen before the file; null: the file says it
   * @param adminListen before the file
   * @param data before the file
   */
  public GatewayReader(
      Map<String, String> environment,
      @Nullable InetSocketAddress listen,
      @Nullable InetSocketAddress adminListen,
      @Nullable Path data) {
    this.environment = Map.copyOf(environment);
    this.listen = listen;
    this.adminListen = adminListen;
    this.data = data;
  }

  /**
   * What is read.
   *
   * @param caFile of {@code [outbound]}
   */
  public record Read(GatewaySettings settings, @Nullable Path caFile) {}

  /**
   * Reads {@code text}, all of it: what is wrong is reported together.
   *
   * @param file where the text comes from: its folder is what relative paths start from
   */
  public Read read(Path file, String text) throws ConfigurationException {
    Problems problems = new Problems(file);
    Path folder = FilePaths.folderOf(file);
    Tables tables = Tables.read(text, problems);
    TableReader gateway = tables.single(Table.GATEWAY);
    GatewaySettings.Models models = models(tables, gateway);
    GatewaySettings settings =
        new GatewaySettings(
            address(gateway, Setting.GATEWAY_LISTEN, listen, DEFAULT_PORT),
            address(gateway, Setting.GATEWAY_ADMIN_LISTEN, adminListen, DEFAULT_ADMIN_PORT),
            FilePaths.tls(
                gateway, Setting.GATEWAY_TLS_CERTIFICATE, Setting.GATEWAY_TLS_KEY, folder),
            gateway.list(Setting.GATEWAY_TRUSTED_PROXIES, AddressRange::parse),
            data == null
                ? gateway
                    .find(Setting.GATEWAY_DATA, path -> FilePaths.path(folder, path))
                    .orElseGet(() -> folder.resolve(DATA_FOLDER))
                : data.toAbsolutePath().normalize(),
            gateway.find(Setting.GATEWAY_ALARM_WEBHOOK, KeyReference::parse).orElse(null),
            gateway
                .find(Setting.GATEWAY_KEY_ENCRYPTION, KeyEncryption::parse)
                .orElse(new KeyEncryption.InFile()),
            models);
    Path caFile =
        tables
            .single(Table.OUTBOUND)
            .find(Setting.CA_FILE, path -> FilePaths.existing(folder, path))
            .orElse(null);
    problems.throwIfAny();
    return new Read(settings, caFile);
  }

  private static InetSocketAddress address(
      TableReader gateway, Setting setting, @Nullable InetSocketAddress given, int port) {
    InetSocketAddress read =
        gateway
            .find(setting, ListenAddress::parse)
            .orElseGet(() -> new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return given == null ? read : given;
  }

  private GatewaySettings.Models models(Tables tables, TableReader gateway) {
    List<ProviderSettings> providers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (TableReader table : tables.list(Table.GATEWAY_PROVIDER)) {
      table
          .find(Setting.PROVIDER_NAME, Function.identity())
          .filter(name -> !names.add(name))
          .ifPresent(
              name ->
                  table.problem(
                      Setting.PROVIDER_NAME,
                      quoted(name) + " is another provider's name too; names are unique"));
      provider(table).ifPresent(providers::add);
    }
    List<ModelSettings> models = new ArrayList<>();
    for (TableReader table : tables.list(Table.GATEWAY_MODEL)) {
      model(table, names).ifPresent(models::add);
    }
    return new GatewaySettings.Models(
        providers,
        models,
        tables.single(Table.GATEWAY_ALIASES).entries(),
        number(gateway, Setting.GATEWAY_RETRIES, 0, MOST_RETRIES).orElse(2),
        number(gateway, Setting.GATEWAY_ALLOWED_FAILS, 0, 1000).orElse(3),
        gateway.find(Setting.GATEWAY_COOLDOWN, Durations::parse).orElse(Duration.ofSeconds(5)),
        gateway.list(Setting.GATEWAY_DEFAULT_FALLBACKS, Function.identity()),
        yes(gateway, Setting.GATEWAY_DROP_UNSUPPORTED).orElse(false),
        yes(gateway, Setting.GATEWAY_ALLOW_UNPRICED).orElse(false),
        number(gateway, Setting.GATEWAY_LARGEST_REQUEST, 1024, 256 << 20).orElse(LARGEST_REQUEST));
  }

  private static Optional<Integer> number(TableReader table, Setting setting, int least, int most) {
    Optional<Long> value = table.find(setting, Long.class, "a whole number");
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      table.problem(setting, "must be from %d to %d".formatted(least, most));
      return Optional.empty();
    }
    return value.map(Math::toIntExact);
  }

  private static Optional<Boolean> yes(TableReader table, Setting setting) {
    return table.find(setting, Boolean.class, "true or false");
  }

  private Optional<ProviderSettings> provider(TableReader table) {
    Optional<String> name = table.require(Setting.PROVIDER_NAME, GatewayReader::providerName);
    Optional<ProviderType> type = table.require(Setting.PROVIDER_TYPE, TYPE);
    Optional<Optional<KeyReference>> key = table.find(Setting.PROVIDER_API_KEY, GatewayReader::key);
    Optional<Duration> timeout = table.find(Setting.PROVIDER_TIMEOUT, Durations::parsePositive);
    Optional<Boolean> isPrivate = yes(table, Setting.PROVIDER_PRIVATE);
    Optional<String> version =
        table.find(Setting.PROVIDER_API_VERSION, text -> new Azure(named(text)).apiVersion());
    Optional<Boolean> streamUsage = yes(table, Setting.PROVIDER_STREAM_USAGE);
    Optional<String> organization =
        table.find(Setting.PROVIDER_ORGANIZATION, GatewayReader::headerValue);
    Optional<String> project = table.find(Setting.PROVIDER_PROJECT, GatewayReader::headerValue);
    Optional<Aws> aws = type.flatMap(known -> aws(table, known));
    Optional<URI> url = type.flatMap(known -> baseUrl(table, known, aws, isPrivate.orElse(false)));
    if (name.isEmpty()
        || type.isEmpty()
        || url.isEmpty()
        || (type.get() == ProviderType.BEDROCK && aws.isEmpty())) {
      return Optional.empty();
    }
    boolean local = type.get() == ProviderType.OLLAMA && !table.has(Setting.PROVIDER_BASE_URL);
    return Optional.of(
        new ProviderSettings(
            name.get(),
            type.get(),
            url.get(),
            key.orElse(Optional.ofNullable(needsKey(type.get()) ? new KeyReference.Stored() : null))
                .orElse(null),
            timeout.orElse(Duration.ofSeconds(60)),
            isPrivate.orElse(local),
            version.orElse(null),
            streamUsage.orElse(type.get() != ProviderType.MISTRAL),
            aws.orElse(null),
            organization.orElse(null),
            project.orElse(null)));
  }

  /** A server of one's own may want no key. */
  private static Optional<KeyReference> key(String text) {
    return text.equals("none") ? Optional.empty() : Optional.of(KeyReference.parse(text));
  }

  private static boolean needsKey(ProviderType type) {
    return switch (type) {
      case OPENAI, AZURE, ANTHROPIC, GEMINI, COHERE, MISTRAL -> true;
      case OLLAMA, BEDROCK -> false;
    };
  }

  private Optional<Aws> aws(TableReader table, ProviderType type) {
    List<Setting> own =
        List.of(
            Setting.PROVIDER_REGION,
            Setting.PROVIDER_ACCESS_KEY_ID,
            Setting.PROVIDER_SECRET_ACCESS_KEY,
            Setting.PROVIDER_SESSION_TOKEN);
    if (type != ProviderType.BEDROCK) {
      own.stream()
          .filter(table::has)
          .forEach(setting -> table.problem(setting, "is for the type bedrock alone"));
      return Optional.empty();
    }
    Optional<String> region = table.require(Setting.PROVIDER_REGION, this::region);
    Optional<KeyReference> id = table.find(Setting.PROVIDER_ACCESS_KEY_ID, KeyReference::parse);
    Optional<KeyReference> secret =
        table.find(Setting.PROVIDER_SECRET_ACCESS_KEY, KeyReference::parse);
    Optional<KeyReference> token = table.find(Setting.PROVIDER_SESSION_TOKEN, KeyReference::parse);
    return region.map(
        place ->
            new Aws(
                place,
                id.orElseGet(() -> new KeyReference.Variable("AWS_ACCESS_KEY_ID")),
                secret.orElseGet(() -> new KeyReference.Variable("AWS_SECRET_ACCESS_KEY")),
                token.orElse(null)));
  }

  private String region(String text) {
    String region = named(text);
    if (!region.matches("[a-z]{2}(-[a-z]{2,})+-[0-9]")) {
      throw new IllegalArgumentException(
          "must be a region such as \"eu-central-1\", not " + quoted(region));
    }
    return region;
  }

  private Optional<URI> baseUrl(
      TableReader table, ProviderType type, Optional<Aws> aws, boolean isPrivate) {
    if (table.has(Setting.PROVIDER_BASE_URL)) {
      return table.find(Setting.PROVIDER_BASE_URL, text -> address(named(text), type, isPrivate));
    }
    if (type == ProviderType.BEDROCK) {
      return aws.map(
          known -> URI.create("https://bedrock-runtime." + known.region() + ".amazonaws.com"));
    }
    if (type.baseUrl().isEmpty()) {
      table.problem(Setting.PROVIDER_BASE_URL.key() + " is missing: this type has none of its own");
    }
    return type.baseUrl();
  }

  private static URI address(String text, ProviderType type, boolean isPrivate) {
    URI url;
    try {
      url = new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not an address: " + e.getReason(), e);
    }
    boolean plain = "http".equals(url.getScheme());
    if (!(plain || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "must be an address such as \"https://api.example.com/v1\", without user, ? or #");
    }
    if (plain && !isPrivate) {
      throw new IllegalArgumentException(
          "the key would travel unencrypted; use https, or allow-private-address = true for a provider in your own network");
    }
    // People write Anthropic's address with the version that every path of its API begins with.
    return type == ProviderType.ANTHROPIC && url.getPath().endsWith("/v1")
        ? URI.create(url.toString().substring(0, url.toString().length() - "/v1".length()))
        : url;
  }

  /** What a text says, or the environment variable that it names. */
  private String named(String text) {
    if (!text.startsWith("env:")) {
      return text;
    }
    String value = environment.getOrDefault(text.substring("env:".length()), "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "the environment variable " + quoted(text.substring(4)) + " is not set");
    }
    return value.strip();
  }

  private static String providerName(String text) {
    if (!ProviderSettings.isName(text)) {
      throw new IllegalArgumentException(
          "must be 1 to 64 letters, digits, dots, dashes or underscores, not " + quoted(text));
    }
    return text;
  }

  private static String headerValue(String text) {
    if (!text.matches("[!-~]{1,200}")) {
      throw new IllegalArgumentException("must be printable ASCII without blanks");
    }
    return text;
  }

  private static String modelName(String text) {
    int star = text.indexOf('*');
    if (text.isBlank()
        || text.length() > 300
        || text.chars().anyMatch(Character::isISOControl)
        || (star >= 0 && star != text.length() - 1)) {
      throw new IllegalArgumentException(
          "must be 1 to 300 characters, with an asterisk at the end at most, not " + quoted(text));
    }
    return text;
  }

  private static Optional<ModelSettings> model(TableReader table, Set<String> providers) {
    Optional<String> name = table.require(Setting.MODEL_NAME, GatewayReader::modelName);
    Optional<String> provider =
        table.require(Setting.MODEL_PROVIDER, text -> known(text, providers));
    Optional<String> model = table.require(Setting.MODEL_MODEL, GatewayReader::modelName);
    ModelSettings.Prices prices = prices(table);
    Optional<Integer> retries = number(table, Setting.MODEL_RETRIES, 0, MOST_RETRIES);
    Optional<Duration> timeout = table.find(Setting.MODEL_TIMEOUT, Durations::parsePositive);
    Optional<Integer> weight = number(table, Setting.MODEL_WEIGHT, 1, 1_000_000);
    Optional<Integer> requests = number(table, Setting.MODEL_REQUESTS, 1, Integer.MAX_VALUE);
    Optional<Integer> tokens = number(table, Setting.MODEL_TOKENS, 1, Integer.MAX_VALUE);
    List<String> fallbacks = table.list(Setting.MODEL_FALLBACKS, GatewayReader::modelName);
    List<String> context = table.list(Setting.MODEL_CONTEXT_FALLBACKS, GatewayReader::modelName);
    List<String> content = table.list(Setting.MODEL_CONTENT_FALLBACKS, GatewayReader::modelName);
    if (name.isEmpty() || provider.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelSettings(
            name.get(),
            provider.get(),
            model.get(),
            prices,
            retries.orElse(null),
            timeout.orElse(null),
            weight.orElse(1),
            requests.orElse(null),
            tokens.orElse(null),
            fallbacks,
            context,
            content));
  }

  private static String known(String provider, Set<String> providers) {
    if (!providers.contains(provider)) {
      throw new IllegalArgumentException(
          "there is no provider "
              + quoted(provider)
              + NearestWord.find(provider, List.copyOf(providers))
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; add it as [[gateway.provider]]"));
    }
    return provider;
  }

  private static ModelSettings.@Nullable Prices prices(TableReader table) {
    Optional<BigDecimal> input = table.find(Setting.MODEL_INPUT_PRICE, GatewayReader::usd);
    Optional<BigDecimal> output = table.find(Setting.MODEL_OUTPUT_PRICE, GatewayReader::usd);
    Optional<BigDecimal> read = table.find(Setting.MODEL_CACHE_READ_PRICE, GatewayReader::usd);
    Optional<BigDecimal> write = table.find(Setting.MODEL_CACHE_WRITE_PRICE, GatewayReader::usd);
    Optional<BigDecimal> writeLong =
        table.find(Setting.MODEL_CACHE_WRITE_LONG_PRICE, GatewayReader::usd);
    boolean own = table.has(Setting.MODEL_INPUT_PRICE) && table.has(Setting.MODEL_OUTPUT_PRICE);
    boolean any =
        List.of(
                Setting.MODEL_INPUT_PRICE,
                Setting.MODEL_OUTPUT_PRICE,
                Setting.MODEL_CACHE_READ_PRICE,
                Setting.MODEL_CACHE_WRITE_PRICE,
                Setting.MODEL_CACHE_WRITE_LONG_PRICE)
            .stream()
            .anyMatch(table::has);
    if (any && !own) {
      table.problem("input-price and output-price are given together or not at all");
    }
    return input.isPresent() && output.isPresent()
        ? new ModelSettings.Prices(
            input.get(),
            output.get(),
            read.orElse(null),
            write.orElse(null),
            writeLong.orElse(null))
        : null;
  }

  private static BigDecimal usd(String text) {
    if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,6})?")
        || new BigDecimal(text).compareTo(BigDecimal.valueOf(5000)) > 0) {
      throw new IllegalArgumentException(
          "must be USD for a million tokens such as \"0.25\", up to 5000 and with six digits after the point, not "
              + quoted(text));
    }
    return new BigDecimal(text);
  }
}
