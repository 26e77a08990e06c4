package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What finds functions and modules in the tables that Python keeps of them. */
final class LookupCalls {
  private static final String DICT = ".__dict__";

  /** What it costs to look through all that is known of a module. */
  private static final int STEPS = 1_000;

  private LookupCalls() {}

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String name :
        new String[] {
          "pkgutil.resolve_name",
          "pydoc.locate",
          "pydoc.resolve",
          "django.utils.module_loading.import_string",
          "werkzeug.utils.import_string",
          "kombu.utils.imports.symbol_by_name",
          "twisted.python.reflect.namedAny",
          "zope.dottedname.resolve.resolve",
          "hydra.utils.get_method",
          "xmlrpc.server.resolve_dotted_attribute"
        }) {
      calls.put(name, in -> dotted(in, in.argument(0, "name")));
    }
    calls.put("builtins.vars", LookupCalls::vars);
    calls.put("builtins.dir", in -> column(members(in.argument(0), in), true));
    calls.put("inspect.getmembers", in -> pairs(members(in.argument(0), in)));
    calls.put(
        "inspect.getattr_static",
        in -> in.evaluator().attributeNamed(in.argument(0), in.argument(1), in.at()));
    calls.put("builtins.type", LookupCalls::type);
  }

  /** {@code "package.module:name.name"}; pydoc has a dot for the colon. */
  private static Value dotted(Invocation in, Value name) {
    if (!(name instanceof Value.Text text) || !Folding.isKnown(text)) {
      return Value.unknown(name.marks());
    }
    String[] parts = text.text().replace(':', '.').split("\\.", -1);
    Interpreter interpreter = in.evaluator().interpreter();
    Value value = interpreter.module(interpreter.path(), parts[0]);
    for (int i = 1; i < parts.length; i++) {
      value = in.evaluator().attributeNamed(value, new Value.Text(parts[i], text.marks()), in.at());
    }
    return value;
  }

  private static Value vars(Invocation in) {
    return switch (in.argument(0)) {
      case Value.Reference module -> Value.Reference.to(module.name() + DICT);
      case Value.Module own -> entries(own.scope().values());
      case Value.Type type -> entries(type.members().values());
      case Value.Instance instance -> entries(instance.attributes());
      default -> Value.Reference.to("globals()");
    };
  }

  private static Value entries(Map<String, Value> values) {
    Value.Entries entries = new Value.Entries();
    new TreeMap<>(values).forEach(entries::put);
    return entries;
  }

  /** What is known to be in a module or a class, by its names. */
  private static Map<String, Value> members(Value owner, Invocation in) {
    if (!in.evaluator().program().spend(STEPS)) {
      return Map.of();
    }
    return switch (owner) {
      case Value.Reference module -> {
        Map<String, Value> members = new TreeMap<>();
        for (String name : in.evaluator().program().knowledge().calls().namesIn(module.name())) {
          members.put(name.substring(name.lastIndexOf('.') + 1), Value.Reference.to(name));
        }
        yield members;
      }
      case Value.Module own -> new TreeMap<>(own.scope().values());
      case Value.Type type -> new TreeMap<>(type.members().values());
      case Value.Instance instance -> new TreeMap<>(instance.attributes());
      default -> new TreeMap<>();
    };
  }

  private static Value pairs(Map<String, Value> members) {
    List<Value> pairs = new ArrayList<>();
    members.forEach(
        (name, value) ->
            pairs.add(Value.Items.of(new ArrayList<>(List.of(Value.text(name), value)))));
    return pairs.isEmpty() ? Value.UNKNOWN : Value.Items.of(pairs);
  }

  private static Value column(Map<String, Value> members, boolean names) {
    List<Value> column = new ArrayList<>();
    members.forEach((name, value) -> column.add(names ? Value.text(name) : value));
    return column.isEmpty() ? Value.UNKNOWN : Value.Items.of(column);
  }

  /** A class by its name, bases and members, or the class of a value. */
  private static Value type(Invocation in) {
    if (in.arguments().size() < 3) {
      return in.arguments().size() == 1
          ? in.evaluator().attribute(in.argument(0), "__class__", in.at())
          : Value.unknown(in.marks());
    }
    Scope members = new Scope(null);
    if (in.argument(2) instanceof Value.Entries entries) {
      entries.values().forEach(members::set);
    }
    List<Value> bases = Folding.elements(in.argument(1));
    return new Value.Type(
        Value.shown(in.argument(0)), bases == null ? List.of() : List.copyOf(bases), members);
  }

  /**
   * A method of a table of names, or of what looks names up, called by its full name; null where it
   * is none.
   */
  static @Nullable Value ofReference(String name, Invocation in) {
    int dot = name.lastIndexOf('.');
    if (dot <= 0) {
      return null;
    }
    String owner = name.substring(0, dot);
    String method = name.substring(dot + 1);
    if (method.equals("__getattribute__") || method.equals("__getattr__")) {
      // object.__getattribute__(value, name), or value.__getattribute__(name).
      return in.arguments().size() > 1
          ? in.evaluator().attributeNamed(in.argument(0), in.argument(1), in.at())
          : in.evaluator().attributeNamed(Value.Reference.to(owner), in.argument(0), in.at());
    }
    boolean table = owner.endsWith(DICT) || owner.equals("globals()");
    if (!table && !owner.equals("sys.modules")) {
      return null;
    }
    return switch (method) {
      case "get", "pop", "setdefault", "__getitem__" ->
          in.evaluator().item(Value.Reference.to(owner), in.argument(0), in.at());
      case "items", "values", "keys" -> listed(owner, method, in);
      default -> null;
    };
  }

  private static @Nullable Value listed(String owner, String method, Invocation in) {
    if (!owner.endsWith(DICT)) {
      return null;
    }
    Value module = Value.Reference.to(owner.substring(0, owner.length() - DICT.length()));
    Map<String, Value> members = members(module, in);
    return method.equals("items") ? pairs(members) : column(members, method.equals("keys"));
  }
}
