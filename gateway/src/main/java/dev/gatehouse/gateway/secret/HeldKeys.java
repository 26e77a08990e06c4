package dev.gatehouse.gateway.secret;

import dev.gatehouse.outbound.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The provider keys in use, so that a call costs neither a query nor a question to Vault. What a
 * file or Vault holds is read again after a minute, by one call while the others go on with what
 * there is; where that fails, it is used for {@link #LONGEST} more. What is replaced is wiped.
 */
public final class HeldKeys implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** How old a key may be that cannot be read again: Vault may be sealed for a while. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final ProviderKeys keys;
  private final InstantSource clock;
  private final Map<Id, Held> held = new HashMap<>();

  private record Id(String provider, KeyReference reference) {}

  /**
   * @param read when it was read
   * @param askedAgain when it was last tried to read it again
   */
  private record Held(ProviderKey key, Instant read, Instant askedAgain) {}

  public HeldKeys(ProviderKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * What a reference of a provider means.
   *
   * @param provider its name in the configuration
   * @throws SecretException where it cannot be had; nothing of it is in the message
   */
  public Secret get(String provider, KeyReference reference) throws SecretException {
    Id id = new Id(provider, reference);
    Instant now = clock.instant();
    Held old;
    synchronized (this) {
      old = held.get(id);
      if (old != null && (!isChangeable(reference) || isBefore(now, old.askedAgain(), FRESH))) {
        return old.key().reveal();
      }
      if (old != null) {
        held.put(id, new Held(old.key(), old.read(), now));
      }
    }
    try {
      return hold(id, keys.resolve(reference, provider), now);
    } catch (SecretException e) {
      synchronized (this) {
        Held still = held.get(id);
        if (still != null && isBefore(now, still.read(), LONGEST)) {
          return still.key().reveal();
        }
      }
      throw e;
    }
  }

  private synchronized Secret hold(Id id, ProviderKey fresh, Instant now) {
    Held before = held.put(id, new Held(fresh, now, now));
    if (before != null) {
      before.key().close();
    }
    return fresh.reveal();
  }

  private static boolean isBefore(Instant now, Instant since, Duration most) {
    return now.isBefore(since.plus(most));
  }

  /** An environment never changes, and of a stored key's change {@link #changed} tells. */
  private static boolean isChangeable(KeyReference reference) {
    return switch (reference) {
      case KeyReference.Variable _, KeyReference.Stored _ -> false;
      case KeyReference.InFile _, KeyReference.Vault _ -> true;
    };
  }

  /** Forgets and wipes what is held of a provider; the next call reads it anew. */
  public synchronized void changed(String provider) {
    held.entrySet()
        .removeIf(
            entry -> {
              boolean theirs = entry.getKey().provider().equals(provider);
              if (theirs) {
                entry.getValue().key().close();
              }
              return theirs;
            });
  }

  /** Wipes all. */
  @Override
  public synchronized void close() {
    held.values().forEach(one -> one.key().close());
    held.clear();
  }
}
