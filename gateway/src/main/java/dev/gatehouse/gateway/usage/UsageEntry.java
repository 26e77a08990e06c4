package dev.gatehouse.gateway.usage;

import dev.gatehouse.gateway.conversation.Usage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call that is over.
 *
 * @param at when it was settled; whole milliseconds
 * @param key the virtual key's id
 * @param user the key's user at that time; null: it had none
 * @param team the key's team at that time; null: it had none
 * @param provider its name in the configuration; cut after 100 characters
 * @param model as the provider calls it; cut after 300 characters: a call is never lost for it
 * @param labels what the client said that it is for
 * @param nanoUsd what it cost
 */
public record UsageEntry(
    Instant at,
    UUID key,
    @Nullable UUID user,
    @Nullable UUID team,
    String provider,
    String model,
    Labels labels,
    Usage usage,
    long nanoUsd) {
  private static final int MOST_PROVIDER = 100;
  private static final int MOST_MODEL = 300;

  public UsageEntry {
    at = Instant.ofEpochMilli(at.toEpochMilli());
    provider = cut(provider, MOST_PROVIDER);
    model = cut(model, MOST_MODEL);
    if (nanoUsd < 0) {
      throw new IllegalArgumentException("a call costs nothing or something");
    }
  }

  private static String cut(String name, int most) {
    return name.length() <= most ? name : name.substring(0, most);
  }
}
