package dev.gatehouse.gateway.secret;

/**
 * A key that encrypts keys. Each stored record has a data key of its own, and this wraps it: a
 * file's here, or one that never leaves Vault or a KMS.
 */
public interface KeyEncryptionKey {
  /**
   * A data key, wrapped.
   *
   * @param key which key-encryption key it was, for people and for the unwrapping
   * @param text as the key-encryption key writes it
   */
  record Wrapped(String key, String text) {}

  /**
   * Wraps a data key.
   *
   * @param context what the wrapped key belongs to; it cannot be unwrapped as anything else's
   * @throws SecretException where it cannot be reached
   */
  Wrapped wrap(byte[] dataKey, byte[] context) throws SecretException;

  /**
   * Unwraps a data key. Whoever gets it wipes it.
   *
   * @throws SecretException where it was wrapped by another key or for another context, was changed
   *     since, or the key cannot be reached
   */
  byte[] unwrap(Wrapped wrapped, byte[] context) throws SecretException;

  /**
   * Begins a rotation: from now on a new key wraps, also after a restart. Those before still
   * unwrap.
   */
  void beginRotation() throws SecretException;

  /** Ends a rotation, once nothing needs the keys before any more: they are forgotten. */
  void endRotation() throws SecretException;
}
