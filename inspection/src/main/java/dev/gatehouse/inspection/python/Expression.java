package dev.gatehouse.inspection.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of the tree. {@code at} is where it stands in the source. */
public sealed interface Expression {
  /** The offset in the source. */
  int at();

  /** A literal: a {@link String}, {@code byte[]}, BigInteger, Double, Boolean, or null for None. */
  record Constant(int at, @Nullable Object value) implements Expression {}

  /** An identifier, normalised. */
  record Name(int at, String id) implements Expression {}

  /** {@code target.name}. */
  record Attribute(int at, Expression target, String name) implements Expression {}

  /** {@code target[index]}. */
  record Subscript(int at, Expression target, Expression index) implements Expression {}

  /** {@code lower:upper:step} inside a subscript. */
  record Slice(
      int at, @Nullable Expression lower, @Nullable Expression upper, @Nullable Expression step)
      implements Expression {}

  /** {@code function(arguments)}. */
  record Call(int at, Expression function, List<Argument> arguments) implements Expression {}

  /** An operator between two: also {@code and}, {@code or} and comparisons. */
  record Binary(int at, String operator, Expression left, Expression right) implements Expression {}

  /** {@code -x}, {@code not x}, {@code ~x}. */
  record Unary(int at, String operator, Expression operand) implements Expression {}

  /** {@code body if test else orElse}. */
  record Conditional(int at, Expression test, Expression body, Expression orElse)
      implements Expression {}

  /** {@code lambda parameters: body}. */
  record Lambda(int at, List<Parameter> parameters, Expression body) implements Expression {}

  /** A list, tuple or set. */
  record Display(int at, Kind kind, List<Expression> elements) implements Expression {
    /** Which brackets it has. */
    public enum Kind {
      LIST,
      TUPLE,
      SET
    }
  }

  /** {@code *x} in a display, or {@code **x} among the values of a dictionary. */
  record Starred(int at, Expression value) implements Expression {}

  /** Keys and values in their order; a key that is null stands for {@code **value}. */
  record Dictionary(int at, List<@Nullable Expression> keys, List<Expression> values)
      implements Expression {}

  /** A comprehension or generator; {@code value} is there in one of a dictionary. */
  record Comprehension(int at, Expression element, @Nullable Expression value, List<Clause> clauses)
      implements Expression {}

  /** {@code for target in iterable if conditions}. */
  record Clause(Expression target, Expression iterable, List<Expression> conditions) {}

  /** The parts of an f-string: constants and replacement fields. */
  record Formatted(int at, List<Expression> parts) implements Expression {}

  /** {@code await x}, {@code yield x}, {@code yield from x}: x, as far as we care. */
  record Passing(int at, @Nullable Expression value) implements Expression {}

  /** {@code name := value}. */
  record Walrus(int at, String name, Expression value) implements Expression {}

  /** An argument of a call; {@code stars} is 0, 1 or 2. */
  record Argument(@Nullable String name, int stars, Expression value) {}

  /** A parameter; {@code stars} is 0, 1 or 2. */
  record Parameter(
      String name, int stars, @Nullable Expression fallback, @Nullable Expression annotation) {}
}
