package dev.gatehouse.gateway.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment: a model of a provider, and what clients call it. Several of one name share its
 * calls.
 *
 * @param name what clients ask for; may end in an asterisk
 * @param provider the provider's name
 * @param model what the provider calls it; where {@code name} ends in an asterisk, one at its end
 *     stands for the same text
 * @param prices null: the dated table's
 * @param retries how often a failed call is tried again; null: as the gateway says
 * @param timeout null: the provider's
 * @param weight its share of the calls among those of its name, more than nothing
 * @param requestsPerMinute null: without limit
 * @param tokensPerMinute null: without limit
 * @param fallbacks which models are asked when this one fails, in their order
 * @param contextWindowFallbacks which are asked when the conversation is too long for this one
 * @param contentPolicyFallbacks which are asked when the provider's policy declines
 */
public record ModelSettings(
    String name,
    String provider,
    String model,
    @Nullable Prices prices,
    @Nullable Integer retries,
    @Nullable Duration timeout,
    int weight,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer tokensPerMinute,
    List<String> fallbacks,
    List<String> contextWindowFallbacks,
    List<String> contentPolicyFallbacks) {
  /**
   * What a million tokens cost, in USD.
   *
   * @param cacheRead null: as other input
   * @param cacheWrite null: as other input
   * @param cacheWriteLong of what is kept for an hour; null: as {@code cacheWrite}
   */
  public record Prices(
      BigDecimal input,
      BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal cacheWriteLong) {}

  public ModelSettings {
    if (name.isBlank() || model.isBlank()) {
      throw new IllegalArgumentException("a model has a name");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("a weight is at least 1, not " + weight);
    }
    fallbacks = List.copyOf(fallbacks);
    contextWindowFallbacks = List.copyOf(contextWindowFallbacks);
    contentPolicyFallbacks = List.copyOf(contentPolicyFallbacks);
  }
}
