package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.price.ModelPrice;
import dev.gatehouse.gateway.price.PriceTable;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.gateway.routing.ModelTable;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be asked and what it costs, as one configuration says. Another configuration makes
 * another one; a call keeps the one that it began with.
 */
public final class Catalog {
  private static final ModelPrice FREE =
      ModelPrice.flat(ModelPrice.Rates.of(BigDecimal.ZERO, null, null, null, BigDecimal.ZERO));

  private final GatewaySettings.Models settings;
  private final ModelTable table;
  private final PriceTable prices;

  /**
   * @throws IllegalArgumentException where the settings contradict themselves
   */
  public Catalog(GatewaySettings.Models settings, PriceTable prices) {
    this.settings = settings;
    this.table = new ModelTable(settings);
    this.prices = prices;
  }

  GatewaySettings.Models settings() {
    return settings;
  }

  /** What can be asked. */
  public ModelTable table() {
    return table;
  }

  /** What a deployment costs: as the configuration says, else as the table does. */
  Optional<ModelPrice> price(Deployment deployment) {
    ProviderType type = deployment.provider().type();
    Optional<ModelPrice> price = prices.find(type, deployment.settings(), deployment.model());
    return price.isEmpty() && type == ProviderType.OLLAMA ? Optional.of(FREE) : price;
  }

  /** The most tokens that a deployment can answer with; empty: nobody knows. */
  OptionalLong largestOutput(Deployment deployment) {
    return prices.largestOutput(deployment.provider().type(), deployment.model());
  }
}
