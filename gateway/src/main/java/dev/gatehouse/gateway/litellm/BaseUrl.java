package dev.gatehouse.gateway.litellm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a provider, as Gatehouse wants it: without the path of an endpoint, which LiteLLM
 * takes in some places, and without a slash at its end.
 *
 * @param isPrivate whether its host looks like one of this machine or network, which has to be
 *     allowed by name
 */
record BaseUrl(String text, boolean isPrivate) {
  private static final List<String> ENDPOINTS =
      List.of(
          "/chat/completions",
          "/v1/messages",
          "/v1/chat",
          "/v2/chat",
          "/v1/embed",
          "/v1/rerank",
          "/v2/rerank",
          "/embeddings",
          "/api/generate",
          "/api/chat",
          "/openai/v1");
  private static final Pattern PRIVATE_IPV4 =
      Pattern.compile(
          "(127|10)\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*|169\\.254\\..*");
  private static final Pattern PRIVATE_NAME =
      Pattern.compile("[^.]+|.*\\.(local|internal|lan|home|localdomain|svc|svc\\.cluster\\.local)");

  /** Reads one; nothing where it is no address, or has what may be a secret. */
  static Optional<BaseUrl> of(String text, String type) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return Optional.empty();
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    // A server listens at 0.0.0.0; whoever asks it there means this machine.
    String asked = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return Optional.of(
        new BaseUrl(
            scheme + "://" + asked + port + path(uri.getRawPath(), type), isPrivate(asked)));
  }

  /** Whether a key would travel unencrypted. */
  boolean isPlain() {
    return text.startsWith("http:");
  }

  private static String path(String given, String type) {
    String path = given.replaceAll("/+$", "");
    if (type.equals(Vendor.AZURE)) {
      int deployments = path.indexOf("/openai/deployments");
      path = deployments < 0 ? path : path.substring(0, deployments);
    }
    for (String endpoint : ENDPOINTS) {
      boolean version = endpoint.equals("/openai/v1");
      if (path.endsWith(endpoint) && version == type.equals(Vendor.AZURE)) {
        path = path.substring(0, path.length() - endpoint.length());
        break;
      }
    }
    // Dialects of the vendors' own add the version themselves; Ollama's compatible one lies below
    // it.
    if ((type.equals("anthropic") || type.equals("cohere")) && path.endsWith("/v1")) {
      path = path.substring(0, path.length() - 3);
    }
    return type.equals("ollama") && !path.endsWith("/v1") ? path + "/v1" : path;
  }

  private static boolean isPrivate(String host) {
    if (host.startsWith("[") || PRIVATE_IPV4.matcher(host).matches()) {
      return true;
    }
    boolean isName = !Character.isDigit(host.charAt(host.length() - 1));
    return isName && PRIVATE_NAME.matcher(host).matches();
  }
}
