package dev.gatehouse.gateway.provider;

import java.util.Map;

/** What a provider is asked, but for its key. */
public final class ProviderRequest {
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private final boolean streamed;

  /**
   * @param path what follows the provider's base address, a query included
   * @param headers besides the key's and the body's
   * @param body JSON; not changed by anybody from now on
   * @param streamed whether the answer comes while it is made
   */
  public ProviderRequest(String path, Map<String, String> headers, byte[] body, boolean streamed) {
    this.path = path;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.streamed = streamed;
  }

  String path() {
    return path;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  boolean isStreamed() {
    return streamed;
  }
}
