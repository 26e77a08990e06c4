package dev.gatehouse.cli.migrate;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Statement;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a file treats the answers of calls. LiteLLM's can be indexed like dictionaries, the openai
 * library's cannot. Names are followed through assignments, loops and the file's own functions,
 * wherever they stand; rather one too many than one too few.
 */
final class Answers {
  /** What only LiteLLM's answers have. */
  private static final Set<String> LITELLM_ONLY =
      Set.of(
          "get",
          "json",
          "dict",
          "keys",
          "items",
          "_hidden_params",
          "_response_ms",
          "_response_headers");

  private final Predicate<Expression.Call> isCall;
  private final Set<String> names = new HashSet<>();
  private final Set<String> functions = new HashSet<>();
  private final List<Expression> wrong = new ArrayList<>();

  /**
   * @param isCall whether a call's answer is one of those
   */
  Answers(SyntaxTree tree, Predicate<Expression.Call> isCall) {
    this.isCall = isCall;
    int before;
    do {
      before = names.size() + functions.size();
      TreeWalk.of(tree.statements(), this::follow, this::follow);
    } while (names.size() + functions.size() > before);
    TreeWalk.of(tree.statements(), _ -> {}, this::check);
  }

  /** Where an answer is treated as the openai library's cannot be; null where nowhere. */
  @Nullable Expression wrongAt() {
    return wrong.isEmpty() ? null : wrong.getFirst();
  }

  private void follow(Statement statement) {
    switch (statement) {
      case Statement.Assign assign -> {
        if (isAnswer(assign.value())) {
          assign.targets().forEach(this::bind);
        }
      }
      case Statement.For loop -> {
        if (isAnswer(loop.iterable())) {
          bind(loop.target());
        }
      }
      case Statement.With with -> {
        for (Statement.WithItem item : with.items()) {
          Expression target = item.target();
          if (target != null && isAnswer(item.value())) {
            bind(target);
          }
        }
      }
      case Statement.Define define ->
          TreeWalk.of(
              define.body(),
              inner -> {
                if (inner instanceof Statement.Return result && isAnswer(result.value())) {
                  functions.add(define.name());
                }
              },
              _ -> {});
      default -> {
        // Nothing else hands an answer on.
      }
    }
  }

  private void follow(Expression expression) {
    switch (expression) {
      case Expression.Walrus walrus -> {
        if (isAnswer(walrus.value())) {
          names.add(walrus.name());
        }
      }
      case Expression.Comprehension comprehension -> {
        for (Expression.Clause clause : comprehension.clauses()) {
          if (isAnswer(clause.iterable())) {
            bind(clause.target());
          }
        }
      }
      default -> {
        // Nothing else binds a name.
      }
    }
  }

  private void bind(Expression target) {
    switch (target) {
      case Expression.Name name -> names.add(name.id());
      case Expression.Display display -> display.elements().forEach(this::bind);
      case Expression.Starred starred -> bind(starred.value());
      case Expression.Attribute attribute -> names.add(attribute.name());
      default -> {
        // What lies in a container is not followed.
      }
    }
  }

  /** Whether a value is an answer, or a part of one. */
  private boolean isAnswer(@Nullable Expression value) {
    Expression at = value;
    while (at != null) {
      switch (at) {
        case Expression.Name name -> {
          return names.contains(name.id());
        }
        case Expression.Attribute attribute -> {
          if (names.contains(attribute.name())) {
            return true;
          }
          at = attribute.target();
        }
        case Expression.Subscript subscript -> at = subscript.target();
        case Expression.Passing passing -> at = passing.value();
        case Expression.Call call -> {
          if (isCall.test(call) || functions.contains(last(call.function()))) {
            return true;
          }
          // Of its methods the answers are no answers, but for asyncio.run(call) and the like.
          return call.arguments().stream().anyMatch(argument -> isAnswer(argument.value()));
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static String last(Expression function) {
    return switch (function) {
      case Expression.Name name -> name.id();
      case Expression.Attribute attribute -> attribute.name();
      default -> "";
    };
  }

  private void check(Expression expression) {
    boolean isWrong =
        switch (expression) {
          case Expression.Subscript subscript ->
              subscript.index() instanceof Expression.Constant constant
                  && constant.value() instanceof String
                  && isAnswer(subscript.target());
          case Expression.Attribute attribute ->
              LITELLM_ONLY.contains(attribute.name()) && isAnswer(attribute.target());
          default -> false;
        };
    if (isWrong) {
      wrong.add(expression);
    }
  }
}
