package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.price.ModelPrice;
import dev.gatehouse.gateway.price.PriceTable;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Mapping;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a deployment costs: as the configuration says, else as the dated table says of the
 * model that it is of. LiteLLM calls a model without a price; Gatehouse refuses it unless it is
 * allowed, so that is told.
 */
final class PriceReader {
  private static final BigDecimal PICO = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MOST = BigDecimal.valueOf(5000);
  private static final int MOST_DIGITS = 6;
  private static final String INPUT = "input_cost_per_token";
  private static final String OUTPUT = "output_cost_per_token";
  private static final String CACHE_READ = "cache_read_input_token_cost";
  private static final String CACHE_WRITE = "cache_creation_input_token_cost";
  private static final String CACHE_WRITE_LONG = "cache_creation_input_token_cost_above_1hr";

  private final Remarks remarks;
  private final Values values;
  private final PriceTable table;
  private final boolean allowUnpriced;

  PriceReader(Remarks remarks, PriceTable table, boolean allowUnpriced) {
    this.remarks = remarks;
    this.values = new Values(remarks);
    this.table = table;
    this.allowUnpriced = allowUnpriced;
  }

  /** USD per million tokens, as the configuration has them. Input and output come together. */
  record Price(
      @Nullable String input,
      @Nullable String output,
      @Nullable String cacheRead,
      @Nullable String cacheWrite,
      @Nullable String cacheWriteLong) {
    static final Price NONE = new Price(null, null, null, null, null);
    static final Price NOTHING = new Price("0", "0", null, null, null);
  }

  /**
   * The price to write; none where the table has it, or nobody does.
   *
   * @param model as the provider calls it
   */
  Price read(
      Yaml.Place at, Mapping parameters, Mapping information, Provider provider, String model) {
    Optional<BigDecimal> input = given(parameters, information, INPUT);
    Optional<BigDecimal> output = given(parameters, information, OUTPUT);
    if (input.isPresent() || output.isPresent()) {
      return new Price(
          text(input.orElse(BigDecimal.ZERO)),
          text(output.orElse(BigDecimal.ZERO)),
          given(parameters, information, CACHE_READ).map(PriceReader::text).orElse(null),
          given(parameters, information, CACHE_WRITE).map(PriceReader::text).orElse(null),
          given(parameters, information, CACHE_WRITE_LONG).map(PriceReader::text).orElse(null));
    }
    for (String key : new String[] {CACHE_READ, CACHE_WRITE, CACHE_WRITE_LONG}) {
      Yaml alone = parameters.value(key);
      if (alone != null) {
        remarks.lost(
            alone.at(),
            "litellm_params." + key,
            "It has no effect without the price of input.",
            "Give input_cost_per_token and output_cost_per_token, too, and import again.");
      }
    }
    return unsaid(at, information, provider, model);
  }

  private Price unsaid(Yaml.Place at, Mapping information, Provider provider, String model) {
    boolean known =
        model.endsWith("*")
            || provider.type().equals("ollama")
            || find(provider.type(), model).isPresent();
    if (known) {
      return Price.NONE;
    }
    Optional<ModelPrice> base = base(information, provider, model);
    if (base.isPresent() && base.get().longer() == null) {
      ModelPrice.Rates rates = base.get().usual();
      return new Price(
          text(rates.input()),
          text(rates.output()),
          text(rates.cacheRead()),
          text(rates.cacheWrite()),
          rates.cacheWriteLong() == rates.cacheWrite() ? null : text(rates.cacheWriteLong()));
    }
    if (provider.isPrivate()) {
      remarks.note(at, "model_list", "It is in your own network and is taken to cost nothing.");
      return Price.NOTHING;
    }
    String shown = Printable.of(model, 80);
    if (allowUnpriced) {
      remarks.note(
          at,
          "model_list",
          "No price is known of %s: no budget counts what it costs.".formatted(shown));
      return Price.NONE;
    }
    remarks.step(
        at,
        "model_list",
        "No price is known of %s, and what has none is not called.".formatted(shown),
        "Give this model input-price and output-price in gatehouse.toml, or import again with"
            + " --allow-unpriced.");
    return Price.NONE;
  }

  /** An Azure deployment is called anything; LiteLLM prices it by the model that it is of. */
  private Optional<ModelPrice> base(Mapping information, Provider provider, String model) {
    boolean isAzure = provider.type().equals(Vendor.AZURE);
    Optional<String> given = values.text(information.value("base_model"), "model_info.base_model");
    if (given.isEmpty() && !isAzure) {
      // A reseller's price is not the vendor's.
      return Optional.empty();
    }
    String name = given.orElse(model);
    return find(
        isAzure ? Vendor.OPENAI : provider.type(), name.substring(name.lastIndexOf('/') + 1));
  }

  private Optional<ModelPrice> find(String type, String model) {
    return ProviderType.find(type).flatMap(known -> table.find(known, model));
  }

  private Optional<BigDecimal> given(Mapping parameters, Mapping information, String key) {
    Yaml own = parameters.value(key);
    Yaml value = own == null ? information.value(key) : own;
    String section = own == null ? "model_info." : "litellm_params.";
    return values
        .number(value, section + key)
        .map(number -> number.multiply(PICO).stripTrailingZeros())
        .filter(
            number -> {
              boolean fits = number.scale() <= MOST_DIGITS && number.compareTo(MOST) <= 0;
              if (!fits && value != null) {
                remarks.lost(
                    value.at(),
                    section + key,
                    "It is more than 5000 USD, or finer than a millionth, for a million tokens.",
                    "Set the price of this model in gatehouse.toml.");
              }
              return fits;
            });
  }

  private static String text(long picoDollars) {
    return text(BigDecimal.valueOf(picoDollars).divide(PICO).stripTrailingZeros());
  }

  private static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.toPlainString();
  }
}
