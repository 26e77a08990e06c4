package dev.gatehouse.vetting.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inspection of an artifact's bytes came to, as far as a verdict needs it.
 *
 * @param refusing findings that refuse it, a clause each
 * @param holding findings that a person should look at before it is served
 * @param drift what it does by itself that the version served before it did not
 * @param unread what could not be examined
 * @param compared what a comparison with the source came to; null: it was not compared
 */
public record Inspected(
    List<String> refusing,
    List<String> holding,
    List<String> drift,
    List<String> unread,
    @Nullable Compared compared) {
  /** Nothing was found, and nothing was left unread. */
  public static final Inspected CLEAN = new Inspected(List.of(), List.of(), List.of(), List.of());

  /** Takes copies. */
  public Inspected {
    refusing = List.copyOf(refusing);
    holding = List.copyOf(holding);
    drift = List.copyOf(drift);
    unread = List.copyOf(unread);
  }

  /** Of an artifact that was not compared with its source. */
  public Inspected(
      List<String> refusing, List<String> holding, List<String> drift, List<String> unread) {
    this(refusing, holding, drift, unread, null);
  }

  /** The same, compared with the source. */
  public Inspected with(Compared result) {
    return new Inspected(refusing, holding, drift, unread, result);
  }
}
