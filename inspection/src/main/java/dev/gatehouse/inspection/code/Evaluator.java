package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.Expression.Clause;
import dev.gatehouse.inspection.python.Statement;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions on what is known. */
final class Evaluator {
  private static final int MOST_ELEMENTS = 300_000;

  private final Interpreter interpreter;
  private final Program program;
  private final Attributes attributes;
  private final SpecialMethods special;

  Evaluator(Interpreter interpreter, Program program) {
    this.interpreter = interpreter;
    this.program = program;
    this.attributes = new Attributes(this);
    this.special = new SpecialMethods(this);
  }

  SpecialMethods special() {
    return special;
  }

  Interpreter interpreter() {
    return interpreter;
  }

  Program program() {
    return program;
  }

  Value evaluate(@Nullable Expression expression) {
    if (expression == null || !program.enter()) {
      return Value.UNKNOWN;
    }
    program.step();
    try {
      return switch (expression) {
        case Expression.Constant it -> constant(it);
        case Expression.Name it -> name(it.id());
        case Expression.Attribute it -> attribute(evaluate(it.target()), it.name(), it.at());
        case Expression.Subscript it -> subscript(it);
        case Expression.Slice _ -> Value.UNKNOWN;
        case Expression.Call it -> call(it);
        case Expression.Binary it -> binary(it);
        case Expression.Unary it -> {
          Value operand = evaluate(it.operand());
          Value own = special.unary(it.operator(), operand, it.at());
          yield own != null ? own : Folding.unary(it.operator(), operand);
        }
        case Expression.Conditional it -> conditional(it);
        case Expression.Lambda it -> lambda(it);
        case Expression.Display it -> display(it);
        case Expression.Starred it -> Value.unknown(evaluate(it.value()).marks());
        case Expression.Dictionary it -> dictionary(it);
        case Expression.Comprehension it -> comprehension(it);
        case Expression.Formatted it -> formatted(it);
        case Expression.Passing it -> evaluate(it.value());
        case Expression.Walrus it -> {
          Value value = evaluate(it.value());
          interpreter.set(it.name(), value);
          yield value;
        }
      };
    } finally {
      program.leave();
    }
  }

  /** Annotations are evaluated where they stand; most are names, which do nothing. */
  void annotation(@Nullable Expression expression) {
    if (expression != null
        && !(expression instanceof Expression.Name)
        && !(expression instanceof Expression.Constant)
        && !(expression instanceof Expression.Attribute)) {
      evaluate(expression);
    }
  }

  private Value constant(Expression.Constant it) {
    return switch (it.value()) {
      case null -> new Value.None();
      case String text -> {
        if (program.isFirst(it)) {
          read(text, it.at());
        }
        yield new Value.Text(
            text, text.length() >= Decoding.LONG_LITERAL ? Marks.of(Mark.LONG) : Marks.NONE);
      }
      case byte[] bytes -> {
        if (program.isFirst(it)) {
          read(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1), it.at());
        }
        yield new Value.Bytes(
            bytes, bytes.length >= Decoding.LONG_LITERAL ? Marks.of(Mark.LONG) : Marks.NONE);
      }
      case BigInteger number -> new Value.Int(number, Marks.NONE);
      case Boolean truth -> Folding.bool(truth);
      default -> Value.UNKNOWN;
    };
  }

  /** Notes what a string tells by itself. */
  void read(String text, int at) {
    if (text.length() < 3) {
      return;
    }
    Facts facts = program.facts();
    boolean automatic = interpreter.isAutomatic();
    program
        .knowledge()
        .signs()
        .in(
            text,
            store -> facts.addStore(store, automatic, interpreter.place(at)),
            (fact, _) -> {
              // What startup and tool files are called says nothing before one is written.
              if (fact != Fact.WRITES_STARTUP && fact != Fact.WRITES_TOOL_FILE) {
                interpreter.note(fact, at);
              }
            });
    program
        .knowledge()
        .indicatorSearch()
        .search(
            text,
            (word, _) ->
                facts.addIndicator(
                    program.knowledge().indicator(word).text(), interpreter.place(at)));
    if (text.contains("ExecStart=") || text.contains("<key>ProgramArguments</key>")) {
      interpreter.note(Fact.HOLDS_UNIT, at);
    }
  }

  private Value name(String id) {
    Value value = interpreter.scope().find(id);
    if (value != null) {
      return value;
    }
    if (id.equals("__builtins__")) {
      return Value.Reference.to("builtins");
    }
    if (id.equals("__file__")) {
      return Value.text(Value.HOLE + "/" + Value.HOLE);
    }
    return Knowledge.isBuiltin(id) ? Value.Reference.to("builtins." + id) : Value.UNKNOWN;
  }

  Value attribute(Value target, String name, int at) {
    return attributes.of(target, name, at);
  }

  /** An attribute by a name that is a value: {@code getattr}, {@code __dict__} and the like. */
  Value attributeNamed(Value target, Value name, int at) {
    return attributes.named(target, name, at);
  }

  /** A module by a name that is a value. */
  Value moduleNamed(Value name, int at) {
    return attributes.moduleNamed(name, at);
  }

  /** What a class has of that name, or inherits. */
  @Nullable Value member(Value.Type type, String name) {
    return Attributes.member(type, name);
  }

  private Value subscript(Expression.Subscript it) {
    Value target = evaluate(it.target());
    if (it.index() instanceof Expression.Slice slice) {
      return Folding.slice(
          target,
          slice.lower() == null ? null : evaluate(slice.lower()),
          slice.upper() == null ? null : evaluate(slice.upper()),
          slice.step() == null ? null : evaluate(slice.step()));
    }
    return item(target, evaluate(it.index()), it.at());
  }

  /** {@code target[key]}. */
  Value item(Value target, Value key, int at) {
    return switch (target) {
      case Value.Reference reference -> itemOf(reference, key, at);
      case Value.Entries entries -> {
        Value found = entries.values().get(Value.shown(key));
        yield found == null ? Value.unknown(entries.marks()) : found;
      }
      case Value.Method method when method.name().equals("__dict__") ->
          attributeNamed(method.self(), key, at);
      case Value.Instance _, Value.Type _ -> special.item(target, key, at);
      default -> Folding.index(target, key);
    };
  }

  private Value itemOf(Value.Reference reference, Value key, int at) {
    String name = reference.name();
    if (name.equals("sys.modules")) {
      return moduleNamed(key, at);
    }
    if (name.equals("os.environ")) {
      return Environment.variable(key);
    }
    if (name.equals("globals()")) {
      Value found = interpreter.scope().find(Value.shown(key));
      return found == null
          ? Value.shown(key).equals("__builtins__")
              ? Value.Reference.to("builtins")
              : attributeNamed(Value.Reference.to("builtins"), key, at)
          : found;
    }
    if (name.endsWith(".__dict__")) {
      return attributeNamed(
          Value.Reference.to(name.substring(0, name.length() - ".__dict__".length())), key, at);
    }
    if (name.equals("builtins")) {
      return attributeNamed(reference, key, at);
    }
    return Value.unknown(reference.marks());
  }

  /** {@code owner[key] = value}. */
  void store(Value owner, Value key, Value value, int at) {
    if (owner instanceof Value.Entries entries) {
      entries.put(
          Folding.isKnown(key) || key instanceof Value.Int ? Value.shown(key) : null, value);
    } else if (owner instanceof Value.Items items) {
      Integer index = Folding.small(key);
      if (index != null && index >= 0 && index < items.values().size()) {
        items.values().set(index, value);
      }
      items.mark(value.marks());
    } else if (owner instanceof Value.Reference reference && reference.name().equals("globals()")) {
      interpreter.scope().module().set(Value.shown(key), value);
    } else if (owner instanceof Value.Reference place) {
      HandedOver.kept(place, "", value, this, at);
    } else if (owner instanceof Value.Instance) {
      special.call(owner, "__setitem__", List.of(key, value), at);
    }
  }

  /** What is put into a container marks the container. */
  void spread(Expression container, Marks marks) {
    Expression base = container;
    while (base instanceof Expression.Attribute || base instanceof Expression.Subscript) {
      base =
          base instanceof Expression.Attribute attribute
              ? attribute.target()
              : ((Expression.Subscript) base).target();
    }
    if (!marks.isEmpty() && base instanceof Expression.Name name) {
      Value value = interpreter.scope().find(name.id());
      if (value == null && Knowledge.isBuiltin(name.id())) {
        return;
      }
      if (value == null || value instanceof Value.Unknown || value instanceof Value.Handle) {
        interpreter.set(name.id(), (value == null ? Value.UNKNOWN : value).with(marks));
      } else if (value instanceof Value.Items items) {
        items.mark(marks);
      } else if (value instanceof Value.Instance instance) {
        instance.with(marks);
      }
    }
  }

  /** A chain of a thousand additions is as deep as it is long: it is taken from the left. */
  private Value binary(Expression.Binary it) {
    Deque<Expression.Binary> chain = new ArrayDeque<>();
    Expression left = it;
    while (left instanceof Expression.Binary inner) {
      chain.push(inner);
      left = inner.left();
    }
    Value value = evaluate(left);
    while (!chain.isEmpty()) {
      Expression.Binary link = chain.pop();
      program.step();
      Value right = evaluate(link.right());
      Value own = special.binary(link.operator(), value, right, link.at());
      value = own != null ? own : program.paid(Folding.binary(link.operator(), value, right));
    }
    return value;
  }

  private Value conditional(Expression.Conditional it) {
    Boolean truth = special.truth(evaluate(it.test()), it.at());
    Value body = evaluate(it.body());
    Value orElse = evaluate(it.orElse());
    if (truth != null) {
      return truth ? body : orElse;
    }
    return Value.interest(orElse) > Value.interest(body) ? orElse : body;
  }

  private Value lambda(Expression.Lambda it) {
    Value.Function function =
        new Value.Function(
            "lambda",
            it.parameters(),
            List.of(new Statement.Return(it.at(), it.body())),
            interpreter.scope(),
            interpreter);
    interpreter.define(function);
    return function;
  }

  private Value display(Expression.Display it) {
    List<Value> values = new ArrayList<>(it.elements().size());
    Marks marks = Marks.NONE;
    for (Expression element : it.elements()) {
      if (element instanceof Expression.Starred starred) {
        Value spread = evaluate(starred.value());
        List<Value> more = Folding.elements(spread);
        marks = marks.and(marksOfAll(spread));
        if (more != null) {
          values.addAll(more);
        }
      } else {
        Value value = evaluate(element);
        marks = marks.and(value.marks());
        values.add(value);
      }
    }
    return new Value.Items(values, marks);
  }

  private Value dictionary(Expression.Dictionary it) {
    Value.Entries entries = new Value.Entries();
    for (int i = 0; i < it.values().size(); i++) {
      Expression keyExpression = it.keys().get(i);
      Value key = keyExpression == null ? null : evaluate(keyExpression);
      Value value = evaluate(it.values().get(i));
      if (key == null) {
        entries.mark(marksOfAll(value));
        if (value instanceof Value.Entries other) {
          other.values().forEach(entries::put);
        }
        continue;
      }
      entries.put(
          Folding.isKnown(key) || key instanceof Value.Int ? Value.shown(key) : null, value);
      pod(Value.shown(key), value, it.at());
    }
    return entries;
  }

  /** What a container's specification asks of its host, as keys of a dictionary or arguments. */
  void pod(String key, Value value, int at) {
    if (key.equals("privileged") && Boolean.TRUE.equals(Folding.truth(value))) {
      interpreter.note(Fact.PRIVILEGED, at);
    } else if (key.equals("hostPath") || key.equals("host_path")) {
      interpreter.note(Fact.MOUNTS_HOST, at);
    }
  }

  private Value comprehension(Expression.Comprehension it) {
    Value.Items items = new Value.Items(new ArrayList<>(), Marks.NONE);
    Value.Entries entries = new Value.Entries();
    Scope inner = new Scope(interpreter.scope());
    boolean known =
        Boolean.TRUE.equals(
            Folding.truth(
                interpreter.inside(inner, () -> Folding.bool(clauses(it, 0, items, entries)))));
    if (it.value() != null) {
      return known ? entries : Value.unknown(entries.marks());
    }
    return known ? items : Value.unknown(items.marks());
  }

  /** Goes through the clauses from one on; false where what comes out is not wholly known. */
  private boolean clauses(
      Expression.Comprehension it, int clause, Value.Items items, Value.Entries entries) {
    if (clause == it.clauses().size()) {
      Value element = evaluate(it.element());
      if (it.value() == null) {
        items.add(element);
      } else {
        entries.put(Value.shown(element), evaluate(it.value()));
        entries.mark(element.marks());
      }
      return true;
    }
    Clause own = it.clauses().get(clause);
    Value iterable = special.iterated(evaluate(own.iterable()), own.iterable().at());
    List<Value> elements = Folding.elements(iterable);
    boolean known = elements != null;
    if (elements == null || elements.isEmpty()) {
      elements = List.of(Value.unknown(marksOfAll(iterable)));
      // An empty list gives nothing, but what would be done with an element is still noted.
      Value.Items none = known ? new Value.Items(new ArrayList<>(), Marks.NONE) : items;
      return element(it, clause, elements.getFirst(), none, entries) && known;
    }
    int rounds = 0;
    for (Value element : List.copyOf(elements)) {
      if (rounds++ > 0 && (!program.mayRepeat() || rounds > MOST_ELEMENTS)) {
        items.mark(iterable.marks());
        return false;
      }
      known &= element(it, clause, element, items, entries);
    }
    return known;
  }

  private boolean element(
      Expression.Comprehension it,
      int clause,
      Value element,
      Value.Items items,
      Value.Entries entries) {
    Clause own = it.clauses().get(clause);
    interpreter.assign(own.target(), element);
    boolean known = true;
    for (Expression condition : own.conditions()) {
      Boolean truth = Folding.truth(evaluate(condition));
      if (truth == null) {
        known = false;
      } else if (!truth) {
        return known;
      }
    }
    return clauses(it, clause + 1, items, entries) && known;
  }

  private Value formatted(Expression.Formatted it) {
    StringBuilder text = new StringBuilder();
    Marks marks = Marks.NONE;
    for (Expression part : it.parts()) {
      Value value = special.shown(evaluate(part), it.at());
      marks = marks.and(marksOfAll(value));
      text.append(Value.shown(value));
      if (text.length() > Folding.MOST_TEXT) {
        return Value.unknown(marks);
      }
    }
    return new Value.Text(
        text.toString(), it.parts().size() > 1 ? marks.and(Mark.COMPOSED) : marks);
  }

  private Value call(Expression.Call it) {
    Value function = evaluate(it.function());
    List<Value> arguments = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    Marks marks = Marks.NONE;
    for (Argument argument : it.arguments()) {
      Value value = evaluate(argument.value());
      marks = marks.and(value.marks());
      if (argument.stars() == 1) {
        List<Value> more = Folding.elements(value);
        arguments.addAll(more == null ? List.of(Value.unknown(marksOfAll(value))) : more);
      } else if (argument.stars() == 2) {
        if (value instanceof Value.Entries entries) {
          named.putAll(entries.values());
        }
        named.putIfAbsent("**", value);
      } else if (argument.name() != null) {
        named.put(argument.name(), value);
        pod(argument.name(), value, it.at());
      } else {
        arguments.add(value);
      }
    }
    arguments.forEach(value -> readComposed(value, it.at()));
    named.values().forEach(value -> readComposed(value, it.at()));
    Value result = program.paid(invoke(function, arguments, named, it.at()));
    if (it.function() instanceof Expression.Attribute method) {
      spread(method.target(), marks.without(Mark.COMPOSED).without(Mark.CHARACTER));
    }
    return result;
  }

  private void readComposed(Value value, int at) {
    if (value instanceof Value.Text text
        // What a file of the package says counts where it is executed.
        && !text.marks().has(Mark.FILE)
        && (!text.marks().isEmpty() || text.text().indexOf(Value.HOLE) >= 0)
        && program.isNews(text.text())) {
      read(text.text(), at);
    }
  }

  /** Calls a value. */
  Value invoke(Value function, List<Value> arguments, Map<String, Value> named, int at) {
    return switch (function) {
      case Value.Function own -> interpreter.call(own, arguments, named);
      case Value.Partial partial -> {
        List<Value> all = new ArrayList<>(partial.arguments());
        all.addAll(arguments);
        Map<String, Value> allNamed = new LinkedHashMap<>(partial.named());
        allNamed.putAll(named);
        yield invoke(partial.function(), all, allNamed, at);
      }
      case Value.Type type -> instance(type, arguments, named, at);
      case Value.Instance instance -> {
        Value member = member(instance.type(), "__call__");
        yield member == null
            ? Value.unknown(instance.marks())
            : invoke(attribute(instance, "__call__", at), arguments, named, at);
      }
      default ->
          program.knowledge().calls().call(function, new Invocation(this, arguments, named, at));
    };
  }

  private Value instance(Value.Type type, List<Value> arguments, Map<String, Value> named, int at) {
    Value.Instance instance = new Value.Instance(type);
    for (String hook : List.of("__new__", "__init__", "__post_init__")) {
      if (member(type, hook) instanceof Value.Function constructor) {
        List<Value> all = new ArrayList<>();
        all.add(instance);
        all.addAll(arguments);
        invoke(constructor, all, named, at);
      }
    }
    // However long it lives, it ends.
    special.call(instance, "__del__", List.of(), at);
    return instance;
  }

  /** The marks of a value and, where it is a name for the environment, that. */
  Marks marksOfAll(Value value) {
    return Environment.isWhole(value) ? value.marks().and(Mark.ENVIRONMENT) : value.marks();
  }
}
