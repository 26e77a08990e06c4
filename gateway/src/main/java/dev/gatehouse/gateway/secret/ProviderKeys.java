package dev.gatehouse.gateway.secret;

import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what references name. */
public final class ProviderKeys {
  /** Service accounts' and certificates' texts have some thousands; a key has a line. */
  private static final int MOST_BYTES = 16 * 1024;

  private final Map<String, String> environment;
  private final Path folder;
  private final StoredKeys stored;
  private final @Nullable Vault vault;

  /**
   * @param environment where {@code env:} looks
   * @param folder where relative paths of {@code file:} start
   * @param vault null: none is set up
   */
  public ProviderKeys(
      Map<String, String> environment, Path folder, StoredKeys stored, @Nullable Vault vault) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.stored = stored;
    this.vault = vault;
  }

  /**
   * Gets what a reference names. A stored key is the provider's own, so that none can name
   * another's.
   *
   * @param provider its name in the configuration
   * @throws SecretException where there is nothing, or it cannot be read
   */
  public ProviderKey resolve(KeyReference reference, String provider) throws SecretException {
    return switch (reference) {
      case KeyReference.Variable variable -> ProviderKey.of(variable(environment, variable));
      case KeyReference.InFile file -> ProviderKey.of(file(folder, file));
      case KeyReference.Vault secret -> {
        if (vault == null) {
          throw new SecretException(
              "Could not read %s: no Vault is set up. Set VAULT_ADDR and VAULT_TOKEN."
                  .formatted(secret));
        }
        yield ProviderKey.of(line(vault.read(secret.path(), secret.field()), secret));
      }
      case KeyReference.Stored _ ->
          stored
              .get(provider)
              .orElseThrow(
                  () ->
                      new SecretException(
                          "No key is stored for the provider %s. Store it: gatehouse gateway provider set-key %s"
                              .formatted(provider, provider)));
    };
  }

  /** What an environment variable holds. */
  static Secret variable(Map<String, String> environment, KeyReference.Variable variable)
      throws SecretException {
    String value = environment.getOrDefault(variable.name(), "");
    if (value.isBlank()) {
      throw new SecretException(
          "The environment variable %s is not set. Set it where the gateway is started."
              .formatted(variable.name()));
    }
    return line(Secret.of(value), variable);
  }

  /** What a file holds, without the line end. */
  static Secret file(Path folder, KeyReference.InFile reference) throws SecretException {
    Path file = folder.resolve(reference.path());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new SecretException(
            "The file %s is too large for a key: it has more than %d bytes."
                .formatted(file, MOST_BYTES));
      }
      return line(Secret.of(new String(bytes, StandardCharsets.UTF_8)), reference);
    } catch (SecretException e) {
      throw e;
    } catch (IOException e) {
      throw new SecretException(
          "Could not read the key in the file %s: %s. Check path and permissions."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** A key goes into a header: one line, and of printable ASCII. */
  private static Secret line(Secret secret, KeyReference reference) throws SecretException {
    String text = secret.reveal().strip();
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new SecretException(
          "What %s holds is no key: a key is one line of printable ASCII without blanks. (It is not shown here.)"
              .formatted(reference));
    }
    return Secret.of(text);
  }
}
