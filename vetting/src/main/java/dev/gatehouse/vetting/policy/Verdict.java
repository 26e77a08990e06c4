package dev.gatehouse.vetting.policy;

/** What the policy makes of an artifact, always with its reason. */
public sealed interface Verdict {
  /** Why. */
  Reason reason();

  /** The artifact is served. */
  record Admit(Reason reason) implements Verdict {}

  /** It is not served now; a person can release it. */
  record Hold(Reason reason) implements Verdict {}

  /** It is not served. */
  record Refuse(Reason reason) implements Verdict {}

  /** Whether the artifact may leave the house now. */
  default boolean admitted() {
    return switch (this) {
      case Admit _ -> true;
      case Hold _, Refuse _ -> false;
    };
  }

  /** The word for it: {@code admit}, {@code hold} or {@code refuse}. */
  default String word() {
    return switch (this) {
      case Admit _ -> "admit";
      case Hold _ -> "hold";
      case Refuse _ -> "refuse";
    };
  }
}
