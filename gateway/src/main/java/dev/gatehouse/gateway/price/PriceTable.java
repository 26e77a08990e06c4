package dev.gatehouse.gateway.price;

import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vendors' published prices, each vendor's as of a day; the configuration overrides them. A
 * model that does not stand here has no price: nothing is guessed from a name that is alike, but
 * for the date of a release at its end, as in {@code gpt-5-mini-2025-08-07}. A release whose price
 * is its own stands here by its whole name, which comes first.
 *
 * <p>Azure has none, since a deployment's name there says nothing of its model; neither has Ollama.
 */
public final class PriceTable {
  /** How the vendors date releases; Gemini numbers them. Bedrock's names are taken as they are. */
  private static final Map<ProviderType, Pattern> RELEASES =
      Map.of(
          ProviderType.OPENAI, Pattern.compile("-\\d{4}-\\d{2}-\\d{2}$"),
          ProviderType.ANTHROPIC, Pattern.compile("-\\d{8}$"),
          ProviderType.GEMINI, Pattern.compile("-\\d{3}$"));

  private final Map<ProviderType, Vendor> vendors;

  private record Vendor(LocalDate asOf, Map<String, Row> rows) {}

  /**
   * @param largestOutput tokens; 0: unknown
   */
  private record Row(ModelPrice price, long largestOutput) {}

  private PriceTable(Map<ProviderType, Vendor> vendors) {
    this.vendors = vendors;
  }

  /** The table of this release. */
  public static PriceTable builtIn() {
    try (InputStream in = PriceTable.class.getResourceAsStream("prices.json")) {
      return read(new JsonMapper().readTree(Objects.requireNonNull(in, "prices.json is there")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable read(JsonNode table) {
    Map<ProviderType, Vendor> vendors = new EnumMap<>(ProviderType.class);
    for (JsonNode vendor : table.path("vendors")) {
      ProviderType type = ProviderType.find(text(vendor, "type")).orElseThrow();
      Map<String, Row> rows = new HashMap<>();
      for (JsonNode row : vendor.path("models")) {
        String model = text(row, "model");
        if (rows.put(model, new Row(price(row), row.path("largest-output").asLong(0))) != null) {
          throw new IllegalArgumentException("prices.json has " + model + " twice");
        }
      }
      LocalDate asOf = LocalDate.parse(text(vendor, "as-of"));
      if (vendors.put(type, new Vendor(asOf, Map.copyOf(rows))) != null) {
        throw new IllegalArgumentException("prices.json has " + type + " twice");
      }
    }
    return new PriceTable(vendors);
  }

  private static ModelPrice price(JsonNode row) {
    JsonNode longer = row.path("longer");
    return longer.isMissingNode()
        ? ModelPrice.flat(rates(row))
        : new ModelPrice(rates(row), rates(longer), longer.path("than").asLong());
  }

  private static ModelPrice.Rates rates(JsonNode row) {
    return ModelPrice.Rates.of(
        new BigDecimal(text(row, "input")),
        optional(row, "cache-read"),
        optional(row, "cache-write"),
        optional(row, "cache-write-long"),
        new BigDecimal(text(row, "output")));
  }

  private static @Nullable BigDecimal optional(JsonNode row, String member) {
    return row.has(member) ? new BigDecimal(text(row, member)) : null;
  }

  private static String text(JsonNode node, String member) {
    String text = node.path(member).asString("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("prices.json lacks " + member + " in " + node);
    }
    return text;
  }

  /** The day on which a vendor's prices were these; empty: it has none here. */
  public Optional<LocalDate> asOf(ProviderType type) {
    return Optional.ofNullable(vendors.get(type)).map(Vendor::asOf);
  }

  /** How many models have a price. */
  public int size() {
    return vendors.values().stream().mapToInt(vendor -> vendor.rows().size()).sum();
  }

  /**
   * A model's price; empty: it has none.
   *
   * @param model as the provider calls it
   */
  public Optional<ModelPrice> find(ProviderType type, String model) {
    return row(type, model).map(Row::price);
  }

  /**
   * The price that a model's entry in the configuration names, or else the table's; empty: neither.
   *
   * @param model as the provider calls it
   */
  public Optional<ModelPrice> find(ProviderType type, ModelSettings settings, String model) {
    return settings.prices() == null
        ? find(type, model)
        : Optional.of(configured(settings.prices()));
  }

  /**
   * A price of the configuration.
   *
   * @throws IllegalArgumentException where one is negative, above 5000, or has more than six digits
   *     after the point
   */
  public static ModelPrice configured(ModelSettings.Prices prices) {
    return ModelPrice.flat(
        ModelPrice.Rates.of(
            prices.input(),
            prices.cacheRead(),
            prices.cacheWrite(),
            prices.cacheWriteLong(),
            prices.output()));
  }

  /** The most tokens that an answer of this model can have; empty: the table does not know. */
  public OptionalLong largestOutput(ProviderType type, String model) {
    return row(type, model)
        .map(Row::largestOutput)
        .filter(tokens -> tokens > 0)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private Optional<Row> row(ProviderType type, String model) {
    Vendor vendor = vendors.get(type);
    if (vendor == null) {
      return Optional.empty();
    }
    Row exact = vendor.rows().get(model);
    Pattern release = RELEASES.get(type);
    return exact != null || release == null
        ? Optional.ofNullable(exact)
        : Optional.ofNullable(vendor.rows().get(release.matcher(model).replaceFirst("")));
  }
}
