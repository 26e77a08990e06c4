package dev.gatehouse.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer whose body never holds what the provider was asked with. */
final class ErasedResponse implements OutboundResponse {
  /** What is shorter is no key, and stands in many a text by chance. */
  private static final int SHORTEST = 8;

  private final OutboundResponse response;
  private final InputStream body;

  ErasedResponse(OutboundResponse response, List<Secret> secrets) {
    this.response = response;
    List<byte[]> sought = new ArrayList<>(secrets.size());
    for (Secret secret : secrets) {
      byte[] bytes = secret.reveal().getBytes(UTF_8);
      if (bytes.length >= SHORTEST) {
        sought.add(bytes);
      }
    }
    this.body = new ErasingStream(response.body(), response.length().orElse(-1), sought);
  }

  @Override
  public int status() {
    return response.status();
  }

  @Override
  public Optional<String> header(String name) {
    return response.header(name);
  }

  @Override
  public URI uri() {
    return response.uri();
  }

  @Override
  public OptionalLong length() {
    return response.length();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public boolean isOver() {
    return response.isOver();
  }

  @Override
  public void close() {
    response.close();
  }
}
