package dev.gatehouse.inspection.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identifiers and the literal texts of a source: whatever its tree can name. It may hold more
 * than the tree, where something was read and dropped, and never less.
 */
public final class Vocabulary {
  private final Map<String, String> names = new HashMap<>();
  private final List<Expression.Constant> literals = new ArrayList<>();

  Vocabulary() {}

  /** Adds an identifier; returns the one that is equal, so that each is kept once. */
  String name(String name) {
    String known = names.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  Expression.Constant literal(Expression.Constant literal) {
    literals.add(literal);
    return literal;
  }

  /** Identifiers, normalised: of variables, attributes, modules, parameters, arguments. */
  public Set<String> names() {
    return names.keySet();
  }

  /** Strings and bytes, adjacent ones joined, escapes resolved. */
  public List<Expression.Constant> literals() {
    return literals;
  }
}
