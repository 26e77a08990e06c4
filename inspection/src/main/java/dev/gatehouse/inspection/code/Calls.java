package dev.gatehouse.inspection.code;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often a function was gone through, and what it returned. */
final class Calls {
  /** A helper that decodes strings is called for each of them. */
  private static final int MOST_OF_DECODER = 100_000;

  private static final int MOST_MARKED = 40;
  private static final int MOST_KNOWN = 6;

  private static final int MOST_SHAPES = 1_000;

  private final Map<CallShape, Told> shapes = new HashMap<>();

  /** What a call returned, and how deep it was in calls. */
  private record Told(int depth, Value value) {}

  private int count;
  private @Nullable Value automatic;
  private @Nullable Value any;

  /** What it returned before, when called as now; null where it was not. */
  @Nullable Value returned(boolean isAutomatic) {
    return isAutomatic ? automatic : any;
  }

  /**
   * Whether it is worth another time.
   *
   * @param news 1 where the arguments are known, 2 where they are marked
   */
  boolean mayRepeat(int news) {
    boolean decodes =
        any != null && (any.marks().has(Mark.DECODED) || any.marks().has(Mark.COMPOSED));
    return count < (decodes ? MOST_OF_DECODER : news == 2 ? MOST_MARKED : MOST_KNOWN);
  }

  void add(boolean isAutomatic, Value value) {
    count++;
    any = better(any, value);
    if (isAutomatic) {
      automatic = better(automatic, value);
    }
  }

  /**
   * What it returned when the same was known of its arguments; null where it was not called so, or
   * only so deep that it may have seen less.
   */
  @Nullable Value returned(CallShape shape, int depth) {
    Told told = shapes.get(shape);
    return told != null && told.depth() <= depth ? told.value() : null;
  }

  void add(CallShape shape, int depth, Value value) {
    if (shapes.size() < MOST_SHAPES || shapes.containsKey(shape)) {
      shapes.put(shape, new Told(depth, value));
    }
  }

  private static Value better(@Nullable Value old, Value value) {
    return old == null || Value.interest(value) > Value.interest(old) ? value : old;
  }
}
