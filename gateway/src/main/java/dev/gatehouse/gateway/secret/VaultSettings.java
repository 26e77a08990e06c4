package dev.gatehouse.gateway.secret;

import dev.gatehouse.outbound.Outbound;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Vault, as its own command finds it: by the environment. */
public final class VaultSettings {
  private VaultSettings() {}

  /**
   * The Vault of {@code VAULT_ADDR}, with the token of {@code VAULT_TOKEN} or of the file that
   * {@code VAULT_TOKEN_FILE} names, and {@code VAULT_NAMESPACE}; empty: no address is set.
   *
   * @throws SecretException where the address is none
   */
  public static Optional<Vault> fromEnvironment(
      Map<String, String> environment, Path folder, Outbound outbound) throws SecretException {
    String address = environment.getOrDefault("VAULT_ADDR", "");
    if (address.isBlank()) {
      return Optional.empty();
    }
    String file = environment.getOrDefault("VAULT_TOKEN_FILE", "");
    Vault.Token token =
        file.isBlank()
            ? () -> ProviderKeys.variable(environment, new KeyReference.Variable("VAULT_TOKEN"))
            : () -> ProviderKeys.file(folder, new KeyReference.InFile(file));
    try {
      return Optional.of(
          new Vault(outbound, URI.create(address), token, environment.get("VAULT_NAMESPACE")));
    } catch (IllegalArgumentException e) {
      throw new SecretException("VAULT_ADDR is no http or https address: set it right.", e);
    }
  }
}
