package dev.gatehouse.gateway.key;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client of the package index that a key was given to, so that a recall finds the key.
 *
 * @param id the immutable one of the index; null: only the name is known
 */
public record IndexClient(@Nullable UUID id, String name) {
  public IndexClient {
    Names.check(name);
  }

  /** Whether it is that one: by the id where both have one, else by the name. */
  public boolean is(IndexClient other) {
    return (id != null && other.id != null) ? id.equals(other.id) : name.equals(other.name);
  }
}
