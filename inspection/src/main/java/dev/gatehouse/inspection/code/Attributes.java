package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values have as attributes, and modules by their names. */
final class Attributes {
  private static final int MOST_CLASSES = 100;

  private final Evaluator evaluator;

  Attributes(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Value of(Value target, String name, int at) {
    return switch (target) {
      case Value.Reference reference -> attributeOf(reference, name);
      case Value.Instance instance -> {
        Value own = instance.attributes().get(name);
        if (own != null) {
          yield own;
        }
        // A property may read itself.
        if (!evaluator.program().enter(SpecialMethods.LEVELS)) {
          yield Value.UNKNOWN;
        }
        try {
          yield ofInstance(instance, name, at);
        } finally {
          evaluator.program().leave(SpecialMethods.LEVELS);
        }
      }
      case Value.Type type -> {
        Value member = member(type, name);
        yield member == null ? Value.UNKNOWN : member;
      }
      case Value.Module module -> {
        Value own = module.scope().values().get(name);
        yield own == null ? ofModule(module, name, at) : own;
      }
      case Value.Function function when name.equals("__code__") || name.equals("__call__") ->
          function;
      case Value.Function _ when name.equals("__class__") ->
          Value.Reference.to("types.FunctionType");
      case Value.Function _ when name.equals("__globals__") || name.equals("__builtins__") ->
          Value.Reference.to("globals()");
      case Value.Partial partial when name.equals("__call__") -> partial;
      case Value.Partial partial when name.equals("func") || name.equals("__func__") ->
          partial.function();
      case Value.Partial partial when name.equals("__self__") && partial.arguments().size() == 1 ->
          partial.arguments().getFirst();
      case Value.Method method when name.equals("__self__") -> method.self();
      // Attributes of attributes are only told by their last name.
      case Value.Method method -> new Value.Method(Value.unknown(method.marks()), name);
      default -> new Value.Method(target, name);
    };
  }

  private Value ofInstance(Value.Instance instance, String name, int at) {
    if (name.equals("__class__")) {
      return instance.type();
    }
    Value member = member(instance.type(), name);
    return switch (member) {
      case null -> missing(instance, name, at);
      case Value.Function function -> new Value.Partial(function, List.of(instance), Map.of());
      case Value.Partial getter when isProperty(getter) ->
          evaluator.invoke(getter.arguments().getFirst(), List.of(instance), Map.of(), at);
      case Value.Instance descriptor -> {
        Value got =
            evaluator.special().call(descriptor, "__get__", List.of(instance, instance.type()), at);
        yield got == null ? descriptor : got;
      }
      default -> member;
    };
  }

  /** What Python asks where an object has no such attribute. */
  private Value missing(Value.Instance instance, String name, int at) {
    if (name.equals("start") && member(instance.type(), "run") instanceof Value.Function run) {
      // Threads and processes are classes with a method that starting them runs.
      return new Value.Partial(run, List.of(instance), Map.of());
    }
    for (String hook : new String[] {"__getattr__", "__getattribute__"}) {
      Value made = evaluator.special().call(instance, hook, List.of(Value.text(name)), at);
      if (made != null) {
        return made.with(instance.marks());
      }
    }
    return Value.unknown(instance.marks());
  }

  /** A module that it holds, or what it makes of names that it does not have (PEP 562). */
  private Value ofModule(Value.Module module, String name, int at) {
    Value inner = evaluator.interpreter().module(module.path(), module.dotted() + "." + name);
    if (!(inner instanceof Value.Module)
        && !name.startsWith("__")
        && module.scope().values().get("__getattr__") instanceof Value.Function maker) {
      Value made = evaluator.invoke(maker, List.of(Value.text(name)), Map.of(), at);
      return made instanceof Value.None ? inner : made;
    }
    return inner;
  }

  private static boolean isProperty(Value.Partial value) {
    return value.function() instanceof Value.Reference reference
        && reference.name().equals(SpecialMethods.PROPERTY)
        && !value.arguments().isEmpty();
  }

  private static Value attributeOf(Value.Reference reference, String name) {
    if (name.equals("__call__")) {
      return reference;
    }
    if (name.equals("__self__") && reference.name().startsWith("builtins.")) {
      // A built-in function belongs to the module of all of them.
      return Value.Reference.to("builtins");
    }
    if (reference.name().endsWith("." + name)) {
      // __import__("a.b") is the module a, of which the code takes b.
      return reference;
    }
    String full = Knowledge.canonical(reference.name() + "." + name);
    return switch (full) {
      case "sys.executable", "sys._base_executable" ->
          new Value.Text("python", Marks.of(Mark.INTERPRETER));
      case "os.sep", "os.altsep", "os.path.sep" -> Value.text("/");
      case "os.linesep" -> Value.text("\n");
      case "os.devnull", "os.path.devnull" -> new Value.Text("/dev/null", Marks.of(Mark.NOWHERE));
      case "subprocess.DEVNULL" -> new Value.Reference(full, Marks.of(Mark.NOWHERE));
      case "string.ascii_lowercase" -> Value.text("abcdefghijklmnopqrstuvwxyz");
      case "string.ascii_uppercase" -> Value.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      case "string.ascii_letters" ->
          Value.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
      case "string.digits" -> Value.text("0123456789");
      default -> {
        boolean builtins =
            name.equals("__builtins__") || (name.equals("__globals__") && !full.startsWith("os."));
        yield builtins
            ? Value.Reference.to("builtins")
            : new Value.Reference(full, reference.marks());
      }
    };
  }

  static @Nullable Value member(Value.Type type, String name) {
    for (Value.Type one : lineage(type)) {
      Value own = one.members().values().get(name);
      if (own != null) {
        return own;
      }
    }
    return null;
  }

  /** A class and those above it, as many as anybody would write. */
  static List<Value.Type> lineage(Value.Type type) {
    if (type.bases().isEmpty()) {
      return List.of(type);
    }
    List<Value.Type> all = new ArrayList<>(List.of(type));
    for (int i = 0; i < all.size() && all.size() < MOST_CLASSES; i++) {
      for (Value base : all.get(i).bases()) {
        if (base instanceof Value.Type parent) {
          all.add(parent);
        }
      }
    }
    return all;
  }

  /** An attribute by a name that is a value: {@code getattr}, {@code __dict__} and the like. */
  Value named(Value target, Value name, int at) {
    if (!(name instanceof Value.Text text) || !Folding.isKnown(text)) {
      return Value.unknown(target.marks().and(name.marks()));
    }
    Value found = of(target, text.text(), at);
    boolean hidden = text.marks().has(Mark.COMPOSED) || text.marks().has(Mark.DECODED);
    if (hidden && isDangerous(found)) {
      evaluator.interpreter().note(Fact.HIDES_NAME, at);
    }
    return found;
  }

  private static boolean isDangerous(Value value) {
    return (value instanceof Value.Text text && text.marks().has(Mark.INTERPRETER))
        || (value instanceof Value.Reference reference && Knowledge.isDangerous(reference.name()));
  }

  /** A module by a name that is a value. */
  Value moduleNamed(Value name, int at) {
    if (!(name instanceof Value.Text text) || !Folding.isKnown(text)) {
      return Value.unknown(name.marks());
    }
    if (text.text().startsWith(".")) {
      return Value.unknown(name.marks().without(Mark.COMPOSED));
    }
    String module = Knowledge.canonical(text.text());
    boolean hidden = text.marks().has(Mark.COMPOSED) || text.marks().has(Mark.DECODED);
    if (hidden && Knowledge.isDangerousModule(module)) {
      evaluator.interpreter().note(Fact.HIDES_NAME, at);
    }
    return Value.Reference.to(module);
  }
}
