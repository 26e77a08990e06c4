package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code [[upstream]]} of the configuration.
 *
 * @param name how messages and the database call it
 * @param url of its simple index (https or http), or of a folder (file)
 * @param credentials {@code user:password}, or a token, which is sent as the password of {@code
 *     __token__}: so take it PyPI, Artifactory, Nexus, GitLab and devpi; null: none
 * @param projects the only ones that it is asked for; empty: all that no other upstream claims
 * @param privateHosts hosts, with or without a port, besides its own that may lie at private
 *     addresses: where an index inside keeps its files elsewhere
 */
public record UpstreamSettings(
    String name,
    URI url,
    @Nullable Secret credentials,
    List<ProjectPattern> projects,
    List<String> privateHosts) {
  public UpstreamSettings {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an upstream has a name");
    }
    projects = List.copyOf(projects);
    privateHosts = List.copyOf(privateHosts);
  }
}
