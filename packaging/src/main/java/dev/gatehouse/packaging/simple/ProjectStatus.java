package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project's status marker with the reason that its index gives (PEP 792). */
public record ProjectStatus(State state, @Nullable String reason) {
  /** The four markers. */
  public enum State {
    ACTIVE,
    /** Nothing new is to be expected. */
    ARCHIVED,
    /** Another project should be used. */
    DEPRECATED,
    /** Taken for harmful: no files are offered, no uploads taken. */
    QUARANTINED;

    /** Reads a marker; empty when it is none of the four. */
    public static Optional<State> find(String marker) {
      return Arrays.stream(values()).filter(state -> state.marker().equals(marker)).findFirst();
    }

    /** The marker as pages have it: {@code archived}. */
    public String marker() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Takes a state and a reason, in which what a page cannot hold (NUL, half a surrogate pair) is
   * replaced.
   *
   * @throws MalformedException when the reason is longer than 4,096 characters
   */
  public ProjectStatus {
    reason = reason == null ? null : PageText.writable(reason);
  }

  /** What a project is whose page says nothing. */
  public static ProjectStatus active() {
    return new ProjectStatus(State.ACTIVE, null);
  }
}
