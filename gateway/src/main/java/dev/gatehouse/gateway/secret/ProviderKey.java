package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.outbound.Secret;
import java.util.Arrays;

/**
 * A provider's key, held for as long as the gateway may use it.
 *
 * <p>What is held for long is an array, which {@link #close} wipes. It cannot stay the only copy:
 * the HTTP client takes header values as strings, which nobody can wipe, so {@link #reveal} makes a
 * new one for each call; they are short-lived, and the collector's next copying overwrites where
 * they lay sooner or later, but nothing says when. What came from the environment, a file or Vault
 * was a string before it came here. That is why core dumps, heap dumps and attaching are off.
 */
public final class ProviderKey implements AutoCloseable {
  private final byte[] bytes;
  private boolean wiped;

  private ProviderKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: from now on it is wiped with this. */
  static ProviderKey of(byte[] bytes) {
    return new ProviderKey(bytes);
  }

  static ProviderKey of(Secret secret) {
    return new ProviderKey(secret.reveal().getBytes(UTF_8));
  }

  /**
   * The key, for the header of one call.
   *
   * @throws IllegalStateException where it was wiped
   */
  public synchronized Secret reveal() {
    if (wiped) {
      throw new IllegalStateException("this key is no longer in use");
    }
    return Secret.of(new String(bytes, UTF_8));
  }

  /** Wipes it. */
  @Override
  public synchronized void close() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
