package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the arguments of a call of which nothing but marks and names is known. A
 * second call of the same shape tells nothing that the first did not.
 */
record CallShape(boolean isAutomatic, List<Object> arguments) {
  /** Null where an argument has a content: what it holds may be new each time. */
  static @Nullable CallShape of(
      boolean isAutomatic, List<Value> arguments, Map<String, Value> named) {
    List<Object> known = new ArrayList<>(arguments.size() + 2 * named.size());
    for (Value argument : arguments) {
      Object shape = shape(argument);
      if (shape == null) {
        return null;
      }
      known.add(shape);
    }
    for (Map.Entry<String, Value> argument : named.entrySet()) {
      Object shape = shape(argument.getValue());
      if (shape == null) {
        return null;
      }
      known.add(argument.getKey());
      known.add(shape);
    }
    return new CallShape(isAutomatic, known);
  }

  private static @Nullable Object shape(Value argument) {
    return switch (argument) {
      case Value.Unknown unknown -> unknown;
      case Value.None none -> none;
      case Value.Reference reference -> reference;
      case Value.Method method -> {
        Object self = shape(method.self());
        yield self == null ? null : List.of(self, method.name());
      }
      // Objects are equal only to themselves; what they hold is asked for where it is used.
      case Value.Instance instance -> List.of(instance, instance.marks());
      default -> null;
    };
  }
}
