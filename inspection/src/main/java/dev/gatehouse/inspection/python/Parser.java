package dev.gatehouse.inspection.python;

import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Parameter;
import dev.gatehouse.inspection.python.Statement.Alias;
import dev.gatehouse.inspection.python.Statement.Branch;
import dev.gatehouse.inspection.python.Statement.WithItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements. One that cannot be read is passed over with its line; its block is kept. */
final class Parser {
  private static final Set<String> AUGMENTED =
      Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

  private final Cursor cursor;
  private final ExpressionParser expressions;
  private int unread;

  Parser(Tokens tokens) {
    cursor = new Cursor(tokens);
    expressions = new ExpressionParser(cursor, 0);
  }

  SyntaxTree parse() {
    List<Statement> statements = new ArrayList<>();
    while (!cursor.isEnd()) {
      statement(statements);
    }
    return new SyntaxTree(cursor.tokens(), statements, cursor.vocabulary(), unread);
  }

  private void statement(List<Statement> into) {
    if (cursor.kind() == TokenKind.NEWLINE || cursor.kind() == TokenKind.DEDENT) {
      cursor.next();
      return;
    }
    if (cursor.kind() == TokenKind.INDENT) {
      into.addAll(indented());
      return;
    }
    int before = cursor.position();
    try {
      cursor.enter();
      compound(into);
    } catch (SyntaxException _) {
      unread++;
      passOver(before);
    } finally {
      cursor.leave();
    }
  }

  /** To the end of the line; what is indented below is read as if it stood alone. */
  private void passOver(int before) {
    if (cursor.position() == before) {
      cursor.next();
    }
    while (!cursor.isEnd() && cursor.kind() != TokenKind.NEWLINE) {
      cursor.next();
    }
  }

  private List<Statement> indented() {
    cursor.next();
    List<Statement> body = new ArrayList<>();
    while (!cursor.isEnd() && cursor.kind() != TokenKind.DEDENT) {
      statement(body);
    }
    if (!cursor.isEnd()) {
      cursor.next();
    }
    return body;
  }

  private void compound(List<Statement> into) {
    if (cursor.kind() != TokenKind.NAME && !cursor.is("@")) {
      simpleLine(into);
      return;
    }
    int at = cursor.offset();
    if (cursor.is("@")) {
      into.add(decorated(at));
    } else if (cursor.is("async") && cursor.nextIsAny("def", "for", "with")) {
      cursor.next();
      compound(into);
    } else if (cursor.is("def")) {
      into.add(define(at, List.of()));
    } else if (cursor.is("class")) {
      into.add(defineClass(at, List.of()));
    } else if (cursor.accept("if")) {
      into.add(conditional(at));
    } else if (cursor.accept("while")) {
      Expression test = expressions.named();
      into.add(new Statement.While(at, test, block(), orElse()));
    } else if (cursor.accept("for")) {
      Expression target = expressions.targets();
      cursor.expect("in");
      Expression iterable = expressions.list();
      into.add(new Statement.For(at, target, iterable, block(), orElse()));
    } else if (cursor.accept("try")) {
      into.add(attempt(at));
    } else if (cursor.accept("with")) {
      into.add(with(at));
    } else if (cursor.is("match") && isMatch()) {
      into.add(match(at));
    } else {
      simpleLine(into);
    }
  }

  private Statement decorated(int at) {
    List<Expression> decorators = new ArrayList<>();
    while (cursor.accept("@")) {
      decorators.add(expressions.named());
      cursor.skipNewlines();
    }
    cursor.accept("async");
    return cursor.is("class") ? defineClass(at, decorators) : define(at, decorators);
  }

  private Statement define(int at, List<Expression> decorators) {
    cursor.expect("def");
    String name = cursor.name();
    if (cursor.is("[")) {
      cursor.skipBrackets();
    }
    cursor.expect("(");
    List<Parameter> parameters = expressions.parameters(")");
    cursor.expect(")");
    Expression result = cursor.accept("->") ? expressions.list() : null;
    return new Statement.Define(at, name, parameters, result, block(), decorators);
  }

  private Statement defineClass(int at, List<Expression> decorators) {
    cursor.expect("class");
    String name = cursor.name();
    if (cursor.is("[")) {
      cursor.skipBrackets();
    }
    List<Argument> bases = List.of();
    if (cursor.accept("(")) {
      bases = expressions.arguments();
    }
    return new Statement.DefineClass(at, name, bases, block(), decorators);
  }

  private Statement conditional(int at) {
    List<Branch> branches = new ArrayList<>();
    Expression test = expressions.named();
    branches.add(new Branch(test, block()));
    while (true) {
      if (cursor.accept("elif")) {
        Expression other = expressions.named();
        branches.add(new Branch(other, block()));
      } else if (cursor.accept("else")) {
        branches.add(new Branch(null, block()));
        break;
      } else {
        break;
      }
    }
    return new Statement.If(at, branches);
  }

  private List<Statement> orElse() {
    return cursor.accept("else") ? block() : List.of();
  }

  private Statement attempt(int at) {
    List<List<Statement>> blocks = new ArrayList<>();
    blocks.add(block());
    while (true) {
      if (cursor.accept("except")) {
        cursor.accept("*");
        List<Statement> handler = new ArrayList<>();
        if (!cursor.is(":")) {
          // It is evaluated, like any other expression, once something was raised.
          handler.add(new Statement.Evaluate(cursor.offset(), expressions.list()));
          if (cursor.accept("as")) {
            expressions.named();
          }
        }
        handler.addAll(block());
        blocks.add(handler);
      } else if (cursor.is("else") || cursor.is("finally")) {
        cursor.next();
        blocks.add(block());
      } else {
        return new Statement.Blocks(at, blocks);
      }
    }
  }

  private Statement with(int at) {
    List<WithItem> items = new ArrayList<>();
    int before = cursor.position();
    if (cursor.accept("(")) {
      // Either a parenthesised list of items or an expression that begins with a parenthesis.
      try {
        do {
          if (cursor.is(")")) {
            break;
          }
          items.add(withItem());
        } while (cursor.accept(","));
        cursor.expect(")");
        if (cursor.is(":")) {
          return new Statement.With(at, items, block());
        }
      } catch (SyntaxException _) {
        // It was the other.
      }
      items.clear();
      cursor.moveTo(before);
    }
    do {
      items.add(withItem());
    } while (cursor.accept(","));
    return new Statement.With(at, items, block());
  }

  private WithItem withItem() {
    Expression value = expressions.named();
    return new WithItem(value, cursor.accept("as") ? expressions.target() : null);
  }

  /** Whether "match" begins a statement: its line ends with a colon and "case" comes next. */
  private boolean isMatch() {
    int token = cursor.position() + 1;
    Tokens tokens = cursor.tokens();
    while (token < tokens.count() && tokens.kind(token) != TokenKind.NEWLINE) {
      token++;
    }
    return token + 2 < tokens.count()
        && tokens.is(token - 1, ":")
        && tokens.kind(token + 1) == TokenKind.INDENT
        && tokens.is(token + 2, "case");
  }

  private Statement match(int at) {
    cursor.next();
    List<List<Statement>> blocks = new ArrayList<>();
    List<Statement> subject = new ArrayList<>();
    subject.add(new Statement.Evaluate(at, expressions.list()));
    blocks.add(subject);
    cursor.expect(":");
    cursor.skipNewlines();
    cursor.next();
    while (cursor.accept("case")) {
      cursor.skipToColon();
      blocks.add(block());
      while (cursor.kind() == TokenKind.NEWLINE) {
        cursor.next();
      }
    }
    if (cursor.kind() == TokenKind.DEDENT) {
      cursor.next();
    }
    return new Statement.Blocks(at, blocks);
  }

  private List<Statement> block() {
    cursor.expect(":");
    List<Statement> body = new ArrayList<>();
    if (cursor.kind() == TokenKind.NEWLINE) {
      cursor.skipNewlines();
      return cursor.kind() == TokenKind.INDENT ? indented() : body;
    }
    simpleLine(body);
    return body;
  }

  private void simpleLine(List<Statement> into) {
    while (true) {
      into.add(simple());
      if (!cursor.accept(";")) {
        break;
      }
      if (cursor.kind() == TokenKind.NEWLINE) {
        break;
      }
    }
    if (cursor.kind() == TokenKind.NEWLINE) {
      cursor.next();
    } else if (!cursor.isEnd() && cursor.kind() != TokenKind.DEDENT) {
      throw new SyntaxException("more than a statement");
    }
  }

  private Statement simple() {
    int at = cursor.offset();
    if (cursor.kind() == TokenKind.NAME) {
      if (cursor.accept("import")) {
        return new Statement.Import(at, aliases());
      }
      if (cursor.accept("from")) {
        return importFrom(at);
      }
      if (cursor.accept("return")) {
        return new Statement.Return(at, cursor.endsStatement() ? null : expressions.list());
      }
      if (cursor.is("global") || cursor.is("nonlocal")) {
        cursor.next();
        List<String> names = new ArrayList<>();
        do {
          names.add(cursor.name());
        } while (cursor.accept(","));
        return new Statement.Global(at, names);
      }
      if (cursor.is("pass") || cursor.is("break") || cursor.is("continue")) {
        cursor.next();
        return new Statement.Evaluate(at, new Expression.Constant(at, null));
      }
      if (cursor.is("raise") || cursor.is("assert") || cursor.is("del")) {
        cursor.next();
        return new Statement.Evaluate(at, several(at));
      }
      if ((cursor.is("exec") || cursor.is("print")) && cursor.nextBeginsOperand()) {
        return python2(at);
      }
      if (cursor.is("type") && cursor.nextIsName()) {
        cursor.next();
      }
    }
    return assignment(at);
  }

  /** {@code exec code in scope} and {@code print x} of Python 2. */
  private Statement python2(int at) {
    String name = cursor.name();
    cursor.accept(">>");
    boolean exec = name.equals("exec");
    Expression value = exec ? expressions.target() : several(at);
    if (exec && cursor.accept("in")) {
      expressions.list();
    }
    return new Statement.Evaluate(
        at,
        new Expression.Call(
            at, new Expression.Name(at, name), List.of(new Argument(null, 0, value))));
  }

  private Expression several(int at) {
    if (cursor.endsStatement()) {
      return new Expression.Constant(at, null);
    }
    Expression value = expressions.list();
    if (cursor.accept("from")) {
      expressions.named();
    }
    return value;
  }

  private Statement assignment(int at) {
    Expression first = expressions.list();
    if (cursor.accept(":")) {
      Statement annotation = new Statement.Evaluate(at, expressions.named());
      return cursor.accept("=")
          ? new Statement.Blocks(
              at,
              List.of(
                  List.of(
                      annotation, new Statement.Assign(at, List.of(first), expressions.list()))))
          : annotation;
    }
    if (cursor.kind() == TokenKind.OPERATOR && AUGMENTED.contains(cursor.text())) {
      String operator = cursor.text();
      cursor.next();
      return new Statement.Augment(
          at, first, operator.substring(0, operator.length() - 1), expressions.list());
    }
    if (!cursor.is("=")) {
      return new Statement.Evaluate(at, first);
    }
    List<Expression> targets = new ArrayList<>();
    Expression value = first;
    while (cursor.accept("=")) {
      targets.add(value);
      value = expressions.list();
    }
    return new Statement.Assign(at, targets, value);
  }

  private List<Alias> aliases() {
    List<Alias> names = new ArrayList<>();
    do {
      StringBuilder name = new StringBuilder(cursor.name());
      while (cursor.accept(".")) {
        name.append('.').append(cursor.name());
      }
      names.add(new Alias(name.toString(), as()));
    } while (cursor.accept(","));
    return names;
  }

  private @Nullable String as() {
    return cursor.accept("as") ? cursor.name() : null;
  }

  private Statement importFrom(int at) {
    StringBuilder module = new StringBuilder();
    while (cursor.is(".") || cursor.is("...")) {
      module.append(cursor.text());
      cursor.next();
    }
    if (!cursor.is("import")) {
      module.append(cursor.name());
      while (cursor.accept(".")) {
        module.append('.').append(cursor.name());
      }
    }
    cursor.expect("import");
    List<Alias> names = new ArrayList<>();
    if (cursor.accept("*")) {
      names.add(new Alias("*", null));
      return new Statement.ImportFrom(at, module.toString(), names);
    }
    boolean bracket = cursor.accept("(");
    do {
      if (bracket && cursor.is(")")) {
        break;
      }
      String name = cursor.name();
      names.add(new Alias(name, as()));
    } while (cursor.accept(","));
    if (bracket) {
      cursor.expect(")");
    }
    return new Statement.ImportFrom(at, module.toString(), names);
  }
}
