package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code model_list} that can be honoured.
 *
 * @param name what clients ask for
 * @param model what the provider calls it; with a {@code *} where the name has one
 * @param id of {@code model_info}
 * @param weight share of the requests, relative to the others of that name; so are the limits where
 *     no weight is given (LiteLLM's simple-shuffle)
 */
record Deployment(
    Yaml.Place at,
    String name,
    String model,
    Provider provider,
    @Nullable String id,
    @Nullable BigDecimal weight,
    @Nullable BigDecimal requestsPerMinute,
    @Nullable BigDecimal tokensPerMinute,
    @Nullable Integer retries,
    @Nullable Duration timeout,
    PriceReader.Price price) {}
