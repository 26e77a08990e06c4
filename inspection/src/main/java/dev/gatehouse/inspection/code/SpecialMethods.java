package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods that Python calls by itself: where an object of an own class stands in a {@code
 * with}, before brackets, beside an operator, in a loop, in a format or in a condition.
 */
final class SpecialMethods {
  /** What {@code property} makes of a function. */
  static final String PROPERTY = "gatehouse.property()";

  /** A call of one takes as much of the stack as so many expressions. */
  static final int LEVELS = 5;

  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("+", "add__"),
          Map.entry("-", "sub__"),
          Map.entry("*", "mul__"),
          Map.entry("/", "truediv__"),
          Map.entry("//", "floordiv__"),
          Map.entry("%", "mod__"),
          Map.entry("**", "pow__"),
          Map.entry("@", "matmul__"),
          Map.entry("<<", "lshift__"),
          Map.entry(">>", "rshift__"),
          Map.entry("&", "and__"),
          Map.entry("|", "or__"),
          Map.entry("^", "xor__"));

  private static final Map<String, String> COMPARISONS =
      Map.of(
          "==", "__eq__", "!=", "__ne__", "<", "__lt__", ">", "__gt__", "<=", "__le__", ">=",
          "__ge__");

  private static final Map<String, String> UNARY =
      Map.of("-", "__neg__", "+", "__pos__", "~", "__invert__");

  private final Evaluator evaluator;

  SpecialMethods(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String name :
        new String[] {
          "builtins.property",
          "functools.cached_property",
          "functools.partialmethod",
          "abc.abstractproperty",
          "types.DynamicClassAttribute"
        }) {
      calls.put(
          name,
          in ->
              new Value.Partial(
                  Value.Reference.to(PROPERTY), List.of(in.argument(0, "fget")), Map.of()));
    }
  }

  /**
   * Calls a method of an object or a class with it before the arguments; null where it has none.
   */
  @Nullable Value call(Value self, String name, List<Value> arguments, int at) {
    Value.Type type =
        switch (self) {
          case Value.Instance instance -> instance.type();
          case Value.Type own -> own;
          default -> null;
        };
    Value member = type == null ? null : Attributes.member(type, name);
    if (member == null || member instanceof Value.Unknown || member instanceof Value.None) {
      return null;
    }
    List<Value> all = new ArrayList<>();
    if (!(member instanceof Value.Type)) {
      all.add(self);
    }
    all.addAll(arguments);
    // What is called may be getattr, which asks for the same method again.
    if (!evaluator.program().enter(LEVELS)) {
      return Value.UNKNOWN;
    }
    try {
      return evaluator.invoke(member, all, Map.of(), at);
    } finally {
      evaluator.program().leave(LEVELS);
    }
  }

  private Value called(Value self, String name, List<Value> arguments, int at) {
    Value made = call(self, name, arguments, at);
    return made == null ? Value.unknown(self.marks()) : made;
  }

  /** {@code target[key]}, of an object or a class. */
  Value item(Value target, Value key, int at) {
    if (target instanceof Value.Type) {
      return called(target, "__class_getitem__", List.of(key), at);
    }
    Value made = call(target, "__getitem__", List.of(key), at);
    // A dictionary of an own class asks for what it does not have.
    return made == null ? called(target, "__missing__", List.of(key), at) : made;
  }

  /** An operator; null where neither side has a method for it. */
  @Nullable Value binary(String operator, Value left, Value right, int at) {
    if (!(left instanceof Value.Instance) && !(right instanceof Value.Instance)) {
      return null;
    }
    if (operator.equals("in") || operator.equals("not")) {
      Value made = call(right, "__contains__", List.of(left), at);
      return made != null || !(right instanceof Value.Instance) ? made : first(right, at);
    }
    if (operator.equals("and") || operator.equals("or")) {
      truth(left, at);
      return null;
    }
    String compared = COMPARISONS.get(operator);
    String name = compared != null ? compared : "__" + OPERATORS.getOrDefault(operator, "none__");
    Value made = call(left, name, List.of(right), at);
    String turned =
        compared != null ? compared : "__r" + OPERATORS.getOrDefault(operator, "none__");
    return made == null ? call(right, turned, List.of(left), at) : made;
  }

  /** {@code left operator= right}; null where it has no method for it. */
  @Nullable Value augmented(String operator, Value left, Value right, int at) {
    Value made = call(left, "__i" + OPERATORS.getOrDefault(operator, "none__"), List.of(right), at);
    return made == null ? binary(operator, left, right, at) : made;
  }

  @Nullable Value unary(String operator, Value operand, int at) {
    if (operand instanceof Value.Instance && operator.equals("not")) {
      truth(operand, at);
      return null;
    }
    String name = UNARY.get(operator);
    return name == null ? null : call(operand, name, List.of(), at);
  }

  /** Whether it is true; null where that is not known. */
  @Nullable Boolean truth(Value value, int at) {
    if (!(value instanceof Value.Instance)) {
      return Folding.truth(value);
    }
    Value made = call(value, "__bool__", List.of(), at);
    if (made == null) {
      made = call(value, "__len__", List.of(), at);
    }
    return made == null ? null : Folding.truth(made);
  }

  /** What a text shows of it. */
  Value shown(Value value, int at) {
    if (!(value instanceof Value.Instance)) {
      return value;
    }
    for (String name : new String[] {"__format__", "__str__", "__repr__"}) {
      Value made = call(value, name, List.of(Value.UNKNOWN), at);
      if (made != null) {
        return made;
      }
    }
    return value;
  }

  /** What a loop goes over: the elements of an object of an own class, as far as one is known. */
  Value iterated(Value value, int at) {
    if (value instanceof Value.Handle file) {
      return PackageData.lines(PackageData.contents(evaluator.interpreter(), file));
    }
    return value instanceof Value.Instance ? first(value, at) : value;
  }

  private Value first(Value value, int at) {
    Value iterator = call(value, "__iter__", List.of(), at);
    if (iterator == null) {
      iterator = call(value, "__aiter__", List.of(), at);
    }
    if (iterator != null && !(iterator instanceof Value.Instance)) {
      return iterator;
    }
    Value source = iterator == null ? value : iterator;
    for (String name : new String[] {"__next__", "__anext__", "__getitem__"}) {
      Value made = call(source, name, List.of(Value.integer(0)), at);
      if (made != null) {
        return Value.unknown(made.marks());
      }
    }
    return Value.unknown(value.marks());
  }

  /** Begins a {@code with}; returns what it gives its target. */
  Value entered(Value manager, int at) {
    if (!(manager instanceof Value.Instance)) {
      return manager;
    }
    for (String name : new String[] {"__enter__", "__aenter__"}) {
      Value made = call(manager, name, List.of(), at);
      if (made != null) {
        return made;
      }
    }
    return manager;
  }

  /** Ends a {@code with}. */
  void left(Value manager, int at) {
    if (manager instanceof Value.Instance) {
      List<Value> none = List.of(new Value.None(), new Value.None(), new Value.None());
      call(manager, "__exit__", none, at);
      call(manager, "__aexit__", none, at);
    }
  }

  /** Runs what defining a class runs. */
  void defined(Value.Type type, @Nullable Value metaclass, List<Value> bases, int at) {
    if (metaclass instanceof Value.Type meta) {
      for (String hook : List.of("__prepare__", "__new__", "__init__")) {
        member(meta, hook, List.of(meta, Value.text(type.name()), Value.UNKNOWN), at);
      }
    } else if (metaclass != null) {
      evaluator.invoke(metaclass, List.of(Value.text(type.name())), Map.of(), at);
    }
    for (Value base : bases) {
      if (base instanceof Value.Type parent) {
        member(parent, "__init_subclass__", List.of(type), at);
      }
    }
    for (Map.Entry<String, Value> member : List.copyOf(type.members().values().entrySet())) {
      if (member.getValue() instanceof Value.Instance descriptor) {
        member(
            descriptor.type(),
            "__set_name__",
            List.of(descriptor, type, Value.text(member.getKey())),
            at);
      }
    }
  }

  private void member(Value.Type type, String name, List<Value> arguments, int at) {
    if (Attributes.member(type, name) instanceof Value.Function function) {
      evaluator.invoke(function, arguments, Map.of(), at);
    }
  }
}
