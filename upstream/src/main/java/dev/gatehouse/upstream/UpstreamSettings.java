package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of an upstream.
 *
 * @param name what it is called in messages
 * @param url of the simple index, https or http, or of a folder, {@code file:}; ends with a slash
 * @param credentials for its own origin only. {@code user:password} is both of basic
 *     authentication. Anything without a colon is a token and becomes the password of the user
 *     {@code __token__}: PyPI asks for that user, and what takes tokens as passwords (Artifactory,
 *     Nexus, devpi, GitLab) either takes any user with them, or the operator writes the user down
 * @param projects what it is asked for, and no other upstream is; empty: whatever no other claims
 * @param privateHosts hosts ({@code host} or {@code host:port}) that its files may lie on although
 *     their addresses are private; its own always may
 */
public record UpstreamSettings(
    String name,
    URI url,
    @Nullable Secret credentials,
    List<ProjectPattern> projects,
    List<String> privateHosts) {
  /**
   * Takes copies of the lists and ends the address with a slash.
   *
   * @throws IllegalArgumentException when the name is blank, or the address is not one that an
   *     index or a folder can have
   */
  public UpstreamSettings {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an upstream has a name of printable characters");
    }
    url = asFolder(url, name);
    projects = List.copyOf(projects);
    privateHosts = List.copyOf(privateHosts);
  }

  /** Whether it is a folder of this machine. */
  boolean isFolder() {
    return "file".equals(scheme(url));
  }

  /** Messages leave the address out where it may hold a password. */
  private static URI asFolder(URI url, String name) {
    if (url.getRawUserInfo() != null) {
      throw malformed(name, "holds no user and password: give them as credentials");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw malformed(name, "has neither a query nor a fragment");
    }
    boolean known =
        switch (scheme(url)) {
          case "https", "http" -> url.getHost() != null;
          case "file" -> url.getRawPath() != null && url.getRawAuthority() == null;
          default -> false;
        };
    if (!known) {
      throw malformed(name, "is https://HOST/…, http://HOST/… or file:/…, not " + url);
    }
    return url.getRawPath().endsWith("/") ? url : URI.create(url + "/");
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException malformed(String name, String rule) {
    return new IllegalArgumentException("the address of the upstream %s %s".formatted(name, rule));
  }
}
