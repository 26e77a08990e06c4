package dev.gatehouse.gateway.routing;

import java.util.List;

/**
 * All that answers to one name.
 *
 * @param name what clients call it, aliases resolved
 * @param deployments at least one
 */
public record ModelGroup(
    String name,
    List<Deployment> deployments,
    List<String> fallbacks,
    List<String> contextWindowFallbacks,
    List<String> contentPolicyFallbacks) {
  public ModelGroup {
    deployments = List.copyOf(deployments);
    fallbacks = List.copyOf(fallbacks);
    contextWindowFallbacks = List.copyOf(contextWindowFallbacks);
    contentPolicyFallbacks = List.copyOf(contentPolicyFallbacks);
    if (deployments.isEmpty()) {
      throw new IllegalArgumentException("a group has a deployment");
    }
  }
}
