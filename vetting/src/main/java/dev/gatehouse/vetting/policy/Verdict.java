package dev.gatehouse.vetting.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the policy makes of an artifact, always with its reasons. */
public sealed interface Verdict {
  /** Why, the weightiest first; at least one. */
  List<Reason> reasons();

  /** The weightiest reason. */
  default Reason reason() {
    return reasons().getFirst();
  }

  /** The artifact is served. */
  record Admit(List<Reason> reasons) implements Verdict {
    public Admit {
      reasons = checked(reasons);
    }

    /** For one reason. */
    public Admit(Reason reason) {
      this(List.of(reason));
    }
  }

  /**
   * Nothing speaks against it yet, and its bytes have not been inspected. Pages offer it; its bytes
   * leave only after an inspection, which the first request for them begins.
   */
  record Pending(List<Reason> reasons) implements Verdict {
    public Pending {
      reasons = checked(reasons);
    }
  }

  /**
   * It is not served now; a person or time can release it.
   *
   * @param until when it ends by itself; null: only a person, or other evidence, ends it
   */
  record Hold(List<Reason> reasons, @Nullable Instant until) implements Verdict {
    public Hold {
      reasons = checked(reasons);
    }

    /** For one reason, without an end. */
    public Hold(Reason reason) {
      this(List.of(reason), null);
    }
  }

  /** It is not served. */
  record Refuse(List<Reason> reasons) implements Verdict {
    public Refuse {
      reasons = checked(reasons);
    }

    /** For one reason. */
    public Refuse(Reason reason) {
      this(List.of(reason));
    }
  }

  /** Whether the artifact may leave the house now. */
  default boolean admitted() {
    return switch (this) {
      case Admit _ -> true;
      case Pending _, Hold _, Refuse _ -> false;
    };
  }

  /** Whether pages offer it: an installer may choose it. */
  default boolean offered() {
    return switch (this) {
      case Admit _, Pending _ -> true;
      case Hold _, Refuse _ -> false;
    };
  }

  /** When a hold ends by itself. */
  default Optional<Instant> end() {
    return this instanceof Hold hold ? Optional.ofNullable(hold.until()) : Optional.empty();
  }

  /** The word for it: {@code admit}, {@code pending}, {@code hold} or {@code refuse}. */
  default String word() {
    return switch (this) {
      case Admit _ -> "admit";
      case Pending _ -> "pending";
      case Hold _ -> "hold";
      case Refuse _ -> "refuse";
    };
  }

  private static List<Reason> checked(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict has a reason");
    }
    return List.copyOf(reasons);
  }
}
