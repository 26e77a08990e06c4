package dev.gatehouse.gateway.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vendors' published prices as of a day, which the configuration overrides. A model that does
 * not stand here has no price: nothing is guessed from a name that is alike, but for the date of a
 * release at its end, as in {@code gpt-5-mini-2025-08-07}.
 */
public final class PriceTable {
  private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

  private final LocalDate asOf;
  private final Map<String, ModelPrice> prices;

  private PriceTable(LocalDate asOf, Map<String, ModelPrice> prices) {
    this.asOf = asOf;
    this.prices = Map.copyOf(prices);
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
    Map<String, ModelPrice> prices = new HashMap<>();
    for (JsonNode row : table.path("models")) {
      String key = key(text(row, "type"), text(row, "model"));
      if (prices.put(key, price(row)) != null) {
        throw new IllegalArgumentException("prices.json has " + key + " twice");
      }
    }
    return new PriceTable(LocalDate.parse(text(table, "as-of")), prices);
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

  /** The day on which these were the prices. */
  public LocalDate asOf() {
    return asOf;
  }

  /** How many models have a price. */
  public int size() {
    return prices.size();
  }

  /**
   * A model's price; empty: it has none.
   *
   * @param type the provider's type, a word of the configuration: {@code openai}
   * @param model as the provider calls it
   */
  public Optional<ModelPrice> find(String type, String model) {
    ModelPrice exact = prices.get(key(type, model));
    return Optional.ofNullable(
        exact == null ? prices.get(key(type, DATE.matcher(model).replaceFirst(""))) : exact);
  }

  private static String key(String type, String model) {
    return type + "/" + model;
  }
}
