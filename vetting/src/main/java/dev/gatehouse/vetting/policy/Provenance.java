package dev.gatehouse.vetting.policy;

import dev.gatehouse.provenance.verification.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an artifact's provenance.
 *
 * @param verification what its attestations prove; null: it has none, or they could not be had
 * @param unavailable what could not be had of its provenance or of earlier versions', a clause;
 *     null: nothing was missing
 * @param breaks where it does not go on as the versions before it; null: nobody looked yet
 */
public record Provenance(
    @Nullable Verification verification,
    @Nullable String unavailable,
    @Nullable List<Break> breaks) {
  /** Of an artifact without an attestation, where nothing was to be expected. */
  public static final Provenance NONE = new Provenance(null, null, List.of());

  /** Takes a copy. */
  public Provenance {
    breaks = breaks == null ? null : List.copyOf(breaks);
  }

  /**
   * A place where the line of a project's publishers does not go on.
   *
   * @param code the name of the rule, such as {@code provenance-lost}
   * @param text a clause
   * @param holds whether a person should look at it before the artifact is served
   */
  public record Break(String code, String text, boolean holds) {}
}
