package dev.gatehouse.inspection.python;

import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Clause;
import dev.gatehouse.inspection.python.Expression.Parameter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads expressions by precedence climbing. */
final class ExpressionParser {
  private static final int DEEPEST_FORMAT = 4;
  private static final int LOWEST = 1;
  private static final int COMPARISON = 4;
  private static final int BITWISE_OR = 5;
  private static final int UNARY = 11;
  private static final int POWER = 12;

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("or", 1),
          Map.entry("and", 2),
          Map.entry("in", COMPARISON),
          Map.entry("is", COMPARISON),
          Map.entry("not", COMPARISON),
          Map.entry("<", COMPARISON),
          Map.entry(">", COMPARISON),
          Map.entry("==", COMPARISON),
          Map.entry("!=", COMPARISON),
          Map.entry("<>", COMPARISON),
          Map.entry("<=", COMPARISON),
          Map.entry(">=", COMPARISON),
          Map.entry("|", BITWISE_OR),
          Map.entry("^", 6),
          Map.entry("&", 7),
          Map.entry("<<", 8),
          Map.entry(">>", 8),
          Map.entry("+", 9),
          Map.entry("-", 9),
          Map.entry("*", 10),
          Map.entry("/", 10),
          Map.entry("//", 10),
          Map.entry("%", 10),
          Map.entry("@", 10),
          Map.entry("**", POWER));

  private final Cursor cursor;
  private final int formats;

  ExpressionParser(Cursor cursor, int formats) {
    this.cursor = cursor;
    this.formats = formats;
  }

  /** Expressions with commas between them: a tuple where there is one. */
  Expression list() {
    int at = cursor.offset();
    Expression first = starred();
    if (!cursor.is(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (cursor.accept(",")) {
      if (endsList()) {
        break;
      }
      elements.add(starred());
    }
    return new Expression.Display(at, Expression.Display.Kind.TUPLE, elements);
  }

  private boolean endsList() {
    return cursor.endsStatement()
        || cursor.is(")")
        || cursor.is("]")
        || cursor.is("}")
        || cursor.is("=")
        || cursor.is(":")
        || cursor.is("in");
  }

  private Expression starred() {
    int at = cursor.offset();
    if (cursor.accept("*")) {
      return new Expression.Starred(at, binary(BITWISE_OR));
    }
    return named();
  }

  /** An expression, with a walrus or not. */
  Expression named() {
    cursor.enter();
    try {
      Expression value = conditional();
      if (value instanceof Expression.Name name && cursor.accept(":=")) {
        return new Expression.Walrus(name.at(), name.id(), conditional());
      }
      return value;
    } finally {
      cursor.leave();
    }
  }

  /** What a for loop assigns to. */
  Expression targets() {
    int at = cursor.offset();
    Expression first = target();
    if (!cursor.is(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (cursor.accept(",")) {
      if (endsList()) {
        break;
      }
      elements.add(target());
    }
    return new Expression.Display(at, Expression.Display.Kind.TUPLE, elements);
  }

  /** Binds tighter than {@code in}. */
  Expression target() {
    int at = cursor.offset();
    return cursor.accept("*") ? new Expression.Starred(at, binary(BITWISE_OR)) : binary(BITWISE_OR);
  }

  private Expression conditional() {
    int at = cursor.offset();
    if (cursor.accept("lambda")) {
      List<Parameter> parameters = parameters(":");
      cursor.expect(":");
      return new Expression.Lambda(at, parameters, named());
    }
    if (cursor.accept("yield")) {
      cursor.accept("from");
      return new Expression.Passing(at, endsList() ? null : list());
    }
    Expression body = binary(LOWEST);
    if (cursor.accept("if")) {
      Expression test = binary(LOWEST);
      cursor.expect("else");
      return new Expression.Conditional(at, test, body, named());
    }
    return body;
  }

  private Expression binary(int lowest) {
    Expression left = unary();
    while (true) {
      String operator = operator();
      Integer precedence = operator == null ? null : PRECEDENCE.get(operator);
      if (operator == null || precedence == null || precedence < lowest) {
        return left;
      }
      int at = cursor.offset();
      cursor.next();
      if (operator.equals("not")) {
        cursor.expect("in");
      } else if (operator.equals("is")) {
        cursor.accept("not");
      }
      cursor.enter();
      try {
        Expression right = precedence == POWER ? unary() : binary(precedence + 1);
        left = new Expression.Binary(at, operator, left, right);
      } finally {
        cursor.leave();
      }
    }
  }

  private @Nullable String operator() {
    TokenKind kind = cursor.kind();
    if (kind == TokenKind.OPERATOR) {
      return cursor.text();
    }
    if (kind == TokenKind.NAME) {
      for (String word : List.of("or", "and", "in", "is", "not")) {
        if (cursor.is(word)) {
          return word.equals("not") && !cursor.nextIsAny("in") ? null : word;
        }
      }
    }
    return null;
  }

  private Expression unary() {
    int at = cursor.offset();
    String operator = null;
    if (cursor.is("-") || cursor.is("+") || cursor.is("~") || cursor.is("not")) {
      operator = cursor.text();
      cursor.next();
    }
    if (operator == null) {
      if (cursor.is("await") && cursor.nextBeginsOperand()) {
        cursor.next();
        return new Expression.Passing(at, unary());
      }
      return postfix();
    }
    cursor.enter();
    try {
      Expression operand = binary(operator.equals("not") ? COMPARISON : UNARY);
      return new Expression.Unary(at, operator, operand);
    } finally {
      cursor.leave();
    }
  }

  private Expression postfix() {
    Expression value = atom();
    int links = 0;
    while (true) {
      int at = cursor.offset();
      if (cursor.accept(".")) {
        value = new Expression.Attribute(at, value, cursor.name());
      } else if (cursor.accept("(")) {
        value = new Expression.Call(at, value, arguments());
      } else if (cursor.accept("[")) {
        Expression index = subscripts();
        cursor.expect("]");
        value = new Expression.Subscript(at, value, index);
      } else {
        return value;
      }
      if (++links > 1_000) {
        throw new SyntaxException("too long a chain");
      }
    }
  }

  /** Behind the opening bracket; takes the closing one. */
  List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    while (!cursor.accept(")")) {
      arguments.add(argument());
      if (!cursor.accept(",") && !cursor.is(")")) {
        throw new SyntaxException("argument");
      }
    }
    return arguments;
  }

  private Argument argument() {
    if (cursor.accept("**")) {
      return new Argument(null, 2, named());
    }
    if (cursor.accept("*")) {
      return new Argument(null, 1, named());
    }
    if (cursor.kind() == TokenKind.NAME && cursor.nextIsAny("=")) {
      String name = cursor.name();
      cursor.expect("=");
      return new Argument(name, 0, named());
    }
    int at = cursor.offset();
    Expression value = named();
    if (cursor.is("for") || cursor.is("async")) {
      value = new Expression.Comprehension(at, value, null, clauses());
    }
    return new Argument(null, 0, value);
  }

  private Expression subscripts() {
    int at = cursor.offset();
    Expression first = subscript();
    if (!cursor.is(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (cursor.accept(",")) {
      if (cursor.is("]")) {
        break;
      }
      elements.add(subscript());
    }
    return new Expression.Display(at, Expression.Display.Kind.TUPLE, elements);
  }

  private Expression subscript() {
    int at = cursor.offset();
    Expression lower = cursor.is(":") ? null : starred();
    if (!cursor.accept(":")) {
      if (lower == null) {
        throw new SyntaxException("subscript");
      }
      return lower;
    }
    Expression upper = endsSlice() ? null : named();
    Expression step = cursor.accept(":") && !endsSlice() ? named() : null;
    return new Expression.Slice(at, lower, upper, step);
  }

  private boolean endsSlice() {
    return cursor.is(":") || cursor.is("]") || cursor.is(",");
  }

  /** Of a function, up to its bracket, or of a lambda, up to its colon. */
  List<Parameter> parameters(String end) {
    List<Parameter> parameters = new ArrayList<>();
    boolean annotated = end.equals(")");
    while (!cursor.is(end)) {
      int stars = cursor.accept("**") ? 2 : cursor.accept("*") ? 1 : 0;
      if (cursor.accept("/") || (stars == 1 && (cursor.is(",") || cursor.is(end)))) {
        cursor.accept(",");
        continue;
      }
      if (cursor.is("(")) {
        // A tuple as a parameter, of Python 2.
        cursor.skipBrackets();
        parameters.add(new Parameter("", 0, null, null));
      } else {
        String name = cursor.name();
        Expression annotation = annotated && cursor.accept(":") ? starred() : null;
        Expression fallback = cursor.accept("=") ? named() : null;
        parameters.add(new Parameter(name, stars, fallback, annotation));
      }
      if (!cursor.accept(",") && !cursor.is(end)) {
        throw new SyntaxException("parameter");
      }
    }
    return parameters;
  }

  private List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>();
    while (true) {
      cursor.accept("async");
      if (!cursor.accept("for")) {
        return clauses;
      }
      Expression target = targets();
      cursor.expect("in");
      Expression iterable = binary(LOWEST);
      if (cursor.accept("if")) {
        // A conditional expression may stand here, in which case "else" follows.
        Expression test = binary(LOWEST);
        if (cursor.accept("else")) {
          iterable = new Expression.Conditional(iterable.at(), test, iterable, named());
          clauses.add(new Clause(target, iterable, conditions(null)));
        } else {
          clauses.add(new Clause(target, iterable, conditions(test)));
        }
      } else {
        clauses.add(new Clause(target, iterable, List.of()));
      }
    }
  }

  private List<Expression> conditions(@Nullable Expression first) {
    List<Expression> conditions = new ArrayList<>();
    if (first != null) {
      conditions.add(first);
    }
    while (cursor.accept("if")) {
      conditions.add(binary(LOWEST));
    }
    return conditions;
  }

  private Expression atom() {
    int at = cursor.offset();
    return switch (cursor.kind()) {
      case NAME -> name(at);
      case NUMBER -> {
        String text = cursor.text();
        cursor.next();
        yield new Expression.Constant(at, number(text));
      }
      case STRING -> strings(at);
      case OPERATOR -> bracketed(at);
      case NEWLINE, INDENT, DEDENT, END -> throw new SyntaxException("operand");
    };
  }

  private Expression name(int at) {
    String name = cursor.name();
    return switch (name) {
      case "None" -> new Expression.Constant(at, null);
      case "True" -> new Expression.Constant(at, true);
      case "False" -> new Expression.Constant(at, false);
      case "if",
          "else",
          "for",
          "in",
          "is",
          "and",
          "or",
          "import",
          "return",
          "while",
          "class",
          "def",
          "with",
          "try",
          "except",
          "finally",
          "elif",
          "from",
          "as" ->
          throw new SyntaxException(name);
      default -> new Expression.Name(at, name);
    };
  }

  private Expression bracketed(int at) {
    if (cursor.accept("(")) {
      return parenthesised(at);
    }
    if (cursor.accept("[")) {
      return elements(at, "]", Expression.Display.Kind.LIST);
    }
    if (cursor.accept("{")) {
      return braces(at);
    }
    if (cursor.accept("...")) {
      return new Expression.Constant(at, null);
    }
    if (cursor.accept("`")) {
      Expression value = list();
      cursor.expect("`");
      return value;
    }
    throw new SyntaxException("operand");
  }

  private Expression parenthesised(int at) {
    if (cursor.accept(")")) {
      return new Expression.Display(at, Expression.Display.Kind.TUPLE, List.of());
    }
    Expression first = starred();
    if (cursor.is("for") || cursor.is("async")) {
      first = new Expression.Comprehension(at, first, null, clauses());
    } else if (cursor.is(",")) {
      List<Expression> elements = new ArrayList<>();
      elements.add(first);
      while (cursor.accept(",") && !cursor.is(")")) {
        elements.add(starred());
      }
      first = new Expression.Display(at, Expression.Display.Kind.TUPLE, elements);
    }
    cursor.expect(")");
    return first;
  }

  private Expression elements(int at, String end, Expression.Display.Kind kind) {
    List<Expression> elements = new ArrayList<>();
    while (!cursor.accept(end)) {
      Expression element = starred();
      if (cursor.is("for") || cursor.is("async")) {
        Expression made = new Expression.Comprehension(at, element, null, clauses());
        cursor.expect(end);
        return made;
      }
      elements.add(element);
      if (!cursor.accept(",") && !cursor.is(end)) {
        throw new SyntaxException("element");
      }
    }
    return new Expression.Display(at, kind, elements);
  }

  private Expression braces(int at) {
    if (cursor.accept("}")) {
      return new Expression.Dictionary(at, List.of(), List.of());
    }
    if (cursor.is("**")) {
      return dictionary(at, null);
    }
    Expression first = starred();
    if (cursor.is(":")) {
      return dictionary(at, first);
    }
    if (cursor.is("for") || cursor.is("async")) {
      Expression made = new Expression.Comprehension(at, first, null, clauses());
      cursor.expect("}");
      return made;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (cursor.accept(",") && !cursor.is("}")) {
      elements.add(starred());
    }
    cursor.expect("}");
    return new Expression.Display(at, Expression.Display.Kind.SET, elements);
  }

  private Expression dictionary(int at, @Nullable Expression firstKey) {
    List<@Nullable Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    Expression key = firstKey;
    while (!cursor.accept("}")) {
      if (key == null && cursor.accept("**")) {
        keys.add(null);
        values.add(binary(BITWISE_OR));
      } else {
        Expression own = key == null ? named() : key;
        key = null;
        cursor.expect(":");
        Expression value = named();
        if (cursor.is("for") || cursor.is("async")) {
          Expression made = new Expression.Comprehension(at, own, value, clauses());
          cursor.expect("}");
          return made;
        }
        keys.add(own);
        values.add(value);
      }
      if (!cursor.accept(",") && !cursor.is("}")) {
        throw new SyntaxException("dictionary");
      }
    }
    return new Expression.Dictionary(at, keys, values);
  }

  /** Adjacent literals are one. */
  private Expression strings(int at) {
    List<Expression> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<byte[]> bytes = new ArrayList<>();
    boolean formatted = false;
    while (cursor.kind() == TokenKind.STRING) {
      StringLiteral literal = new StringLiteral(cursor.text());
      int start = cursor.offset();
      cursor.next();
      if (literal.isBytes()) {
        bytes.add(literal.bytes());
      } else if (literal.isFormatted() && formats < DEEPEST_FORMAT) {
        formatted = true;
        if (!text.isEmpty()) {
          parts.add(literal(start, text.toString()));
          text.setLength(0);
        }
        new FormattedString(literal, start, formats + 1, cursor.vocabulary()).addTo(parts);
      } else {
        text.append(literal.text());
      }
    }
    if (!bytes.isEmpty()) {
      return literal(at, StringLiteral.join(bytes));
    }
    if (!formatted) {
      return literal(at, text.toString());
    }
    if (!text.isEmpty()) {
      parts.add(literal(at, text.toString()));
    }
    return new Expression.Formatted(at, parts);
  }

  private Expression literal(int at, Object value) {
    return cursor.vocabulary().literal(new Expression.Constant(at, value));
  }

  private static Object number(String text) {
    String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
    try {
      if (plain.startsWith("0x")) {
        return new BigInteger(trimmed(plain.substring(2)), 16);
      }
      if (plain.startsWith("0o")) {
        return new BigInteger(trimmed(plain.substring(2)), 8);
      }
      if (plain.startsWith("0b")) {
        return new BigInteger(plain.substring(2), 2);
      }
      // More digits than this are no number that hides code, and slow to read.
      if (plain.length() < 5_000) {
        return new BigInteger(trimmed(plain));
      }
    } catch (NumberFormatException _) {
      // A float or an imaginary number: never part of what is folded.
    }
    return Double.NaN;
  }

  /** Without the {@code l} of Python 2. */
  private static String trimmed(String digits) {
    return digits.endsWith("l") ? digits.substring(0, digits.length() - 1) : digits;
  }
}
