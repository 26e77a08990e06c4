package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool that the model may call.
 *
 * @param schema the JSON Schema of its arguments
 * @param strict whether arguments must satisfy the schema; null: unsaid
 * @param cache set where the provider is asked to cache the prompt up to here; null: unsaid
 */
public record Tool(
    String name,
    @Nullable String description,
    JsonNode schema,
    @Nullable Boolean strict,
    Part.@Nullable CachePoint cache) {}
