package dev.gatehouse.gateway.provider;

import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.outbound.Secret;
import java.io.IOException;

/** Where the providers' keys come from. */
@FunctionalInterface
public interface KeySource {
  /**
   * The secret that a reference of a provider means, now.
   *
   * @param provider the provider's name
   * @throws IOException where it cannot be had; the message says why and holds nothing of it
   */
  Secret get(String provider, KeyReference reference) throws IOException;
}
