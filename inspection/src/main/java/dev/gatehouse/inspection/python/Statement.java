package dev.gatehouse.inspection.python;

import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of the tree. {@code at} is where it stands in the source. */
public sealed interface Statement {
  /** The offset in the source. */
  int at();

  /** An expression alone, also of {@code raise}, {@code assert}, {@code del} and {@code exec x}. */
  record Evaluate(int at, Expression value) implements Statement {}

  /** {@code a = b = value}; annotated ones, too. */
  record Assign(int at, List<Expression> targets, Expression value) implements Statement {}

  /** {@code target += value}; the operator is without its equals sign. */
  record Augment(int at, Expression target, String operator, Expression value)
      implements Statement {}

  /** A function; {@code result} is its annotation. */
  record Define(
      int at,
      String name,
      List<Parameter> parameters,
      @Nullable Expression result,
      List<Statement> body,
      List<Expression> decorators)
      implements Statement {}

  /** A class. */
  record DefineClass(
      int at, String name, List<Argument> bases, List<Statement> body, List<Expression> decorators)
      implements Statement {}

  /** {@code if} and {@code elif}, in one; a branch without a test is {@code else}. */
  record If(int at, List<Branch> branches) implements Statement {}

  /** A branch of an {@link If}. */
  record Branch(@Nullable Expression test, List<Statement> body) {}

  /** A while loop. */
  record While(int at, Expression test, List<Statement> body, List<Statement> orElse)
      implements Statement {}

  /** A for loop. */
  record For(
      int at, Expression target, Expression iterable, List<Statement> body, List<Statement> orElse)
      implements Statement {}

  /** The parts of a {@code try} or {@code match}, which may all run. */
  record Blocks(int at, List<List<Statement>> blocks) implements Statement {}

  /** A with block. */
  record With(int at, List<WithItem> items, List<Statement> body) implements Statement {}

  /** {@code value as target}. */
  record WithItem(Expression value, @Nullable Expression target) {}

  /** {@code import a.b as c}. */
  record Import(int at, List<Alias> names) implements Statement {}

  /** {@code from module import a as b}; a relative module begins with its dots. */
  record ImportFrom(int at, String module, List<Alias> names) implements Statement {}

  /** A name and what it is called here. */
  record Alias(String name, @Nullable String as) {}

  /** A return. */
  record Return(int at, @Nullable Expression value) implements Statement {}

  /** {@code global a, b} and {@code nonlocal}. */
  record Global(int at, List<String> names) implements Statement {}
}
