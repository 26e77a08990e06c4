package dev.gatehouse.gateway.secret;

import java.util.Base64;
import java.util.Map;

/**
 * A key that never leaves Vault: its transit engine wraps and unwraps. A new version of it is
 * Vault's own matter ({@code vault write -f transit/keys/NAME/rotate}); what was wrapped before can
 * still be unwrapped, and a rotation here wraps it by the newest. Vault's {@code rewrap} would not
 * do: it takes no associated data.
 */
public final class VaultTransitKey implements KeyEncryptionKey {
  private final Vault vault;
  private final String mount;
  private final String name;

  /**
   * @param mount of the engine, {@code transit} by default
   * @param name the key's
   */
  public VaultTransitKey(Vault vault, String mount, String name) {
    if (!mount.matches("[A-Za-z0-9_-]{1,100}") || !name.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new IllegalArgumentException("a mount and a key's name in letters, digits and dashes");
    }
    this.vault = vault;
    this.mount = mount;
    this.name = name;
  }

  private String id() {
    return "vault:" + mount + "/" + name;
  }

  @Override
  public Wrapped wrap(byte[] dataKey, byte[] context) throws SecretException {
    String text =
        vault.write(
            mount + "/encrypt/" + name,
            Map.of("plaintext", base64(dataKey), "associated_data", base64(context)),
            "ciphertext",
            "Could not encrypt with Vault's key " + name);
    return new Wrapped(id(), text);
  }

  @Override
  public byte[] unwrap(Wrapped wrapped, byte[] context) throws SecretException {
    if (!wrapped.key().equals(id())) {
      throw new SecretException(
          "it was encrypted with another key-encryption key (%s) than %s"
              .formatted(wrapped.key(), id()));
    }
    String plain =
        vault.write(
            mount + "/decrypt/" + name,
            Map.of("ciphertext", wrapped.text(), "associated_data", base64(context)),
            "plaintext",
            "Could not decrypt with Vault's key " + name);
    try {
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw new SecretException("Vault's answer is not what was encrypted.");
    }
  }

  /** The newest version wraps already. */
  @Override
  public void beginRotation() {}

  /** Vault keeps its versions until it is told their least ({@code min_decryption_version}). */
  @Override
  public void endRotation() {}

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
