package dev.gatehouse.gateway.dialect;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a provider, but for its address's beginning and its key.
 *
 * @param path after the provider's base address, beginning with a slash, encoded; a query may
 *     follow. The base address is what the vendor's own SDK takes: OpenAI's ends in {@code /v1},
 *     Anthropic's has no path
 * @param headers besides the key's, such as {@code anthropic-version}
 */
public record ProviderCall(String path, Map<String, String> headers, ObjectNode body) {
  public ProviderCall {
    headers = Map.copyOf(headers);
  }
}
