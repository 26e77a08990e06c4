package dev.gatehouse.cli.migrate;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Parameter;
import dev.gatehouse.inspection.python.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Visits every statement and every expression of a tree, without recursion: sources are hostile.
 */
final class TreeWalk {
  private final Deque<Object> open = new ArrayDeque<>();

  private TreeWalk() {}

  /** Calls the two with everything there is, parents first. */
  static void of(
      List<Statement> statements, Consumer<Statement> onStatement, Consumer<Expression> onValue) {
    TreeWalk walk = new TreeWalk();
    walk.statements(statements);
    while (!walk.open.isEmpty()) {
      switch (walk.open.pop()) {
        case Statement statement -> {
          onStatement.accept(statement);
          walk.parts(statement);
        }
        case Expression expression -> {
          onValue.accept(expression);
          walk.parts(expression);
        }
        default -> throw new IllegalStateException("nothing else is put there");
      }
    }
  }

  private void statements(List<Statement> statements) {
    statements.forEach(open::push);
  }

  private void values(List<? extends @Nullable Expression> expressions) {
    expressions.forEach(this::value);
  }

  private void value(@Nullable Expression expression) {
    if (expression != null) {
      open.push(expression);
    }
  }

  private void arguments(List<Argument> arguments) {
    arguments.forEach(argument -> value(argument.value()));
  }

  private void parameters(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      value(parameter.fallback());
      value(parameter.annotation());
    }
  }

  private void parts(Statement statement) {
    switch (statement) {
      case Statement.Evaluate evaluate -> value(evaluate.value());
      case Statement.Assign assign -> {
        values(assign.targets());
        value(assign.value());
      }
      case Statement.Augment augment -> {
        value(augment.target());
        value(augment.value());
      }
      case Statement.Define define -> {
        parameters(define.parameters());
        value(define.result());
        values(define.decorators());
        statements(define.body());
      }
      case Statement.DefineClass define -> {
        arguments(define.bases());
        values(define.decorators());
        statements(define.body());
      }
      case Statement.If choice ->
          choice
              .branches()
              .forEach(
                  branch -> {
                    value(branch.test());
                    statements(branch.body());
                  });
      case Statement.While loop -> {
        value(loop.test());
        statements(loop.body());
        statements(loop.orElse());
      }
      case Statement.For loop -> {
        value(loop.target());
        value(loop.iterable());
        statements(loop.body());
        statements(loop.orElse());
      }
      case Statement.Blocks blocks -> blocks.blocks().forEach(this::statements);
      case Statement.With with -> {
        with.items()
            .forEach(
                item -> {
                  value(item.value());
                  value(item.target());
                });
        statements(with.body());
      }
      case Statement.Return result -> value(result.value());
      case Statement.Import _, Statement.ImportFrom _, Statement.Global _ -> {
        // They have no parts.
      }
    }
  }

  private void parts(Expression expression) {
    switch (expression) {
      case Expression.Attribute attribute -> value(attribute.target());
      case Expression.Subscript subscript -> {
        value(subscript.target());
        value(subscript.index());
      }
      case Expression.Slice slice -> {
        value(slice.lower());
        value(slice.upper());
        value(slice.step());
      }
      case Expression.Call call -> {
        value(call.function());
        arguments(call.arguments());
      }
      case Expression.Binary binary -> {
        value(binary.left());
        value(binary.right());
      }
      case Expression.Unary unary -> value(unary.operand());
      case Expression.Conditional conditional -> {
        value(conditional.test());
        value(conditional.body());
        value(conditional.orElse());
      }
      case Expression.Lambda lambda -> {
        parameters(lambda.parameters());
        value(lambda.body());
      }
      case Expression.Display display -> values(display.elements());
      case Expression.Starred starred -> value(starred.value());
      case Expression.Dictionary dictionary -> {
        values(dictionary.keys());
        values(dictionary.values());
      }
      case Expression.Comprehension comprehension -> {
        value(comprehension.element());
        value(comprehension.value());
        for (Expression.Clause clause : comprehension.clauses()) {
          value(clause.target());
          value(clause.iterable());
          values(clause.conditions());
        }
      }
      case Expression.Formatted formatted -> values(formatted.parts());
      case Expression.Passing passing -> value(passing.value());
      case Expression.Walrus walrus -> value(walrus.value());
      case Expression.Constant _, Expression.Name _ -> {
        // They have no parts.
      }
    }
  }
}
