package dev.gatehouse.gateway.inference;

import java.util.Map;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which path means what, with and without {@code /v1}. Paths are compared whole: a route that
 * matches by its beginning once opened what lay behind it (CVE-2025-0628).
 */
final class Places {
  private static final Map<String, Place> FIXED =
      Map.ofEntries(
          Map.entry("/health/live", new Place.Health(true)),
          Map.entry("/health/ready", new Place.Health(false)),
          Map.entry("/health/liveliness", new Place.Health(true)),
          Map.entry("/health/readiness", new Place.Health(false)),
          Map.entry("/models", new Place.Models(null)),
          Map.entry("/chat/completions", new Place.Ask(Operation.CHAT_COMPLETIONS, null)),
          Map.entry("/responses", new Place.Ask(Operation.RESPONSES, null)),
          Map.entry("/messages", new Place.Ask(Operation.MESSAGES, null)),
          Map.entry("/messages/count_tokens", new Place.Ask(Operation.COUNT_TOKENS, null)),
          Map.entry("/embeddings", new Place.Ask(Operation.EMBEDDINGS, null)),
          Map.entry("/rerank", new Place.Ask(Operation.RERANK, null)));

  /** The places that the path of an Azure deployment can end in. */
  private static final Map<String, Operation> OF_DEPLOYMENTS =
      Map.of(
          "chat/completions", Operation.CHAT_COMPLETIONS,
          "embeddings", Operation.EMBEDDINGS);

  private Places() {}

  /** What a path, encoded as it came, means. */
  static Place of(String path) {
    String rest =
        path.startsWith("/v1/") || path.startsWith("/v2/rerank") ? path.substring(3) : path;
    Place fixed = FIXED.get(rest);
    if (fixed != null) {
      return fixed;
    }
    if (rest.startsWith("/models/")) {
      String name = decoded(rest.substring("/models/".length()));
      return name == null ? new Place.Nowhere() : new Place.Models(name);
    }
    return ofDeployment(path, "/openai/deployments/");
  }

  private static Place ofDeployment(String path, String prefix) {
    int slash = path.startsWith(prefix) ? path.indexOf('/', prefix.length()) : -1;
    if (slash < 0) {
      return new Place.Nowhere();
    }
    Operation operation = OF_DEPLOYMENTS.get(path.substring(slash + 1));
    String model = decoded(path.substring(prefix.length(), slash));
    return operation == null || model == null
        ? new Place.Nowhere()
        : new Place.Ask(operation, model);
  }

  private static @Nullable String decoded(String text) {
    String name = URIUtil.decodePath(text);
    return name == null || name.isBlank() ? null : name;
  }
}
