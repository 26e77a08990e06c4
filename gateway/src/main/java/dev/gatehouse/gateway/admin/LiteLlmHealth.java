package dev.gatehouse.gateway.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code /health/liveliness}, {@code /health/readiness} and {@code /health} in the shapes of
 * LiteLLM's proxy (docs.litellm.ai/docs/proxy/health). LiteLLM's {@code /health} calls every model,
 * which costs; this tells how their last calls went.
 */
final class LiteLlmHealth {
  private final Catalogue catalogue;
  private final BooleanSupplier ready;

  LiteLlmHealth(Catalogue catalogue, BooleanSupplier ready) {
    this.catalogue = catalogue;
    this.ready = ready;
  }

  AdminAnswer liveliness(AdminRequest request) {
    return AdminAnswer.json(200, "I'm alive!");
  }

  AdminAnswer readiness(AdminRequest request) {
    return ready.getAsBoolean()
        ? AdminAnswer.json(200, Map.of("status", "healthy", "db", "connected"))
        : AdminAnswer.json(503, Map.of("status", "unhealthy", "db", "Not connected"));
  }

  AdminAnswer health(AdminRequest request) {
    List<Map<String, String>> healthy = endpoints(true);
    List<Map<String, String>> unhealthy = endpoints(false);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("healthy_endpoints", healthy);
    answer.put("unhealthy_endpoints", unhealthy);
    answer.put("healthy_count", healthy.size());
    answer.put("unhealthy_count", unhealthy.size());
    return AdminAnswer.json(200, answer);
  }

  private List<Map<String, String>> endpoints(boolean healthy) {
    return catalogue.deployments().stream()
        .filter(deployment -> deployment.healthy() == healthy)
        .map(deployment -> Map.of("model", deployment.id()))
        .toList();
  }
}
