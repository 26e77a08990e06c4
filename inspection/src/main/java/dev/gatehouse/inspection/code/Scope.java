package dev.gatehouse.inspection.code;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and their values, in a module, class or function. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> elsewhere = new HashSet<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  @Nullable Value find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  void set(String name, Value value) {
    Scope scope = elsewhere.contains(name) && outer != null ? outer.holder(name) : this;
    scope.values.put(name, value);
  }

  /** Assigns where it may not happen: what is known is not forgotten for what is not. */
  void setPerhaps(String name, Value value) {
    Value old = find(name);
    if (old == null || Value.interest(value) >= Value.interest(old)) {
      set(name, value);
    }
  }

  /** {@code global} and {@code nonlocal}. */
  void declareElsewhere(String name) {
    elsewhere.add(name);
  }

  private Scope holder(String name) {
    Scope scope = this;
    while (!scope.values.containsKey(name) && scope.outer != null) {
      scope = scope.outer;
    }
    return scope;
  }

  Map<String, Value> values() {
    return values;
  }

  Scope module() {
    Scope scope = this;
    while (scope.outer != null) {
      scope = scope.outer;
    }
    return scope;
  }
}
