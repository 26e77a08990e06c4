package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What code that runs by itself gives to something that is not followed, is called by that: a
 * function as a key, a hook, a task or a callback, and the special methods of an object.
 */
final class HandedOver {
  private static final int MOST_GIVEN = 16;
  private static final int MOST_BESIDE = 4;

  /**
   * Parts of Python that call what they are given. Frameworks are given functions, too, and call
   * them when somebody asks for it: five real wheels give theirs what installs a completion.
   */
  private static final Set<String> CALLERS =
      Set.of(
          "_thread",
          "ast",
          "asyncio",
          "atexit",
          "builtins",
          "codecs",
          "collections",
          "concurrent",
          "copyreg",
          "dataclasses",
          "faulthandler",
          "gc",
          "heapq",
          "importlib",
          "io",
          "itertools",
          "json",
          "logging",
          "multiprocessing",
          "operator",
          "os",
          "pickle",
          "pkgutil",
          "re",
          "sched",
          "select",
          "selectors",
          "shutil",
          "signal",
          "site",
          "socket",
          "statistics",
          "string",
          "sys",
          "threading",
          "timeit",
          "trace",
          "tracemalloc",
          "warnings",
          "weakref");

  /** Look at what they are given, or keep it, and do not call it. */
  private static final Set<String> KEEPERS =
      Set.of(
          "builtins.isinstance",
          "builtins.issubclass",
          "builtins.callable",
          "builtins.hasattr",
          "builtins.getattr",
          "builtins.setattr",
          "builtins.delattr",
          "builtins.id",
          "builtins.type",
          "builtins.super",
          "builtins.vars",
          "builtins.staticmethod",
          "builtins.classmethod",
          "builtins.property",
          "operator.methodcaller");

  /** Attributes of modules that Python calls by itself, besides those that end in "hook". */
  private static final Set<String> HOOKS =
      Set.of("showwarning", "formatwarning", "_showwarnmsg", "__import__", "__build_class__");

  /** Put functions into something; what is called are the methods of objects. */
  private static final Set<String> HOLDERS =
      Set.of(
          "builtins.list",
          "builtins.tuple",
          "builtins.set",
          "builtins.frozenset",
          "builtins.dict",
          "builtins.zip",
          "builtins.enumerate",
          "builtins.reversed",
          "builtins.print",
          "builtins.str",
          "builtins.repr",
          "builtins.len",
          "builtins.bool",
          "builtins.hash",
          "builtins.dir");

  /** Methods without underscores that the import system, streams and threads call. */
  private static final Set<String> PROTOCOLS =
      Set.of(
          "find_spec",
          "find_module",
          "find_distributions",
          "load_module",
          "create_module",
          "exec_module",
          "get_code",
          "get_source",
          "get_data",
          "write",
          "flush",
          "close",
          "run",
          "emit",
          "handle");

  private static final Set<String> NEVER =
      Set.of("__init__", "__new__", "__init_subclass__", "__set_name__", "__prepare__");

  private HandedOver() {}

  /** Calls what a call that is not followed may call. */
  static void to(Value function, Invocation in) {
    Interpreter interpreter = in.evaluator().interpreter();
    if (!interpreter.isAutomatic() || interpreter.program().isDecorating()) {
      return;
    }
    String name = name(function);
    if (KEEPERS.contains(name) || !calls(name)) {
      return;
    }
    boolean holds = HOLDERS.contains(name) || function instanceof Value.Method;
    int given = 0;
    for (Value value : all(in)) {
      if (given++ < MOST_GIVEN && isCallable(value)) {
        give(value, holds, in);
      }
    }
    // key=exec: what stands beside it is what it gets.
    for (String key : new String[] {"key", "function", "func", "callback", "target"}) {
      if (in.named().get(key) instanceof Value.Reference reference
          && Knowledge.isDangerous(reference.name())) {
        beside(in).forEach(arguments -> in.invoke(reference, arguments));
      }
    }
  }

  /** Calls what is put where a part of Python finds it: {@code sys.excepthook}. */
  static void kept(Value.Reference owner, String name, Value value, Evaluator evaluator, int at) {
    boolean function = !(value instanceof Value.Instance || value instanceof Value.Type);
    if (evaluator.interpreter().isAutomatic()
        && calls(owner.name())
        && isCallable(value)
        // What is put in the place of another function is called by whoever calls that one.
        && (!function || name.endsWith("hook") || HOOKS.contains(name))) {
      give(value, false, new Invocation(evaluator, List.of(value), Map.of(), at));
    }
  }

  /** The full name of a function; the methods of what is known are Python's own. */
  private static String name(Value function) {
    return switch (function) {
      case Value.Reference reference -> Knowledge.canonical(reference.name());
      case Value.Method method when !(method.self() instanceof Value.Unknown) ->
          "builtins.method()";
      default -> "";
    };
  }

  private static boolean calls(String name) {
    int dot = name.indexOf('.');
    return CALLERS.contains(dot < 0 ? name : name.substring(0, dot));
  }

  private static boolean isCallable(Value value) {
    return value instanceof Value.Function
        || value instanceof Value.Type
        || value instanceof Value.Instance
        || (value instanceof Value.Partial partial && partial.function() instanceof Value.Function);
  }

  /** The arguments, and what the lists among them hold. */
  private static List<Value> all(Invocation in) {
    List<Value> all = new ArrayList<>();
    for (Value value : in.arguments()) {
      add(value, all);
    }
    for (Map.Entry<String, Value> named : in.named().entrySet()) {
      if (!named.getKey().equals("**")) {
        add(named.getValue(), all);
      }
    }
    return all;
  }

  private static void add(Value value, List<Value> all) {
    all.add(value);
    if (value instanceof Value.Items items) {
      all.addAll(items.values().subList(0, Math.min(MOST_GIVEN, items.values().size())));
    } else if (value instanceof Value.Entries entries) {
      entries.values().values().stream().limit(MOST_GIVEN).forEach(all::add);
    }
  }

  private static void give(Value value, boolean holds, Invocation in) {
    switch (value) {
      case Value.Instance instance -> methods(instance, instance.type(), in);
      case Value.Type type -> {
        if (!holds) {
          methods(type, type, in);
        }
      }
      case Value.Function function when !holds -> called(function, function, in);
      case Value.Partial partial
          when !holds && partial.function() instanceof Value.Function function ->
          called(partial, function, in);
      default -> {}
    }
  }

  private static void called(Value callable, Value.Function function, Invocation in) {
    Program program = in.evaluator().program();
    if (program.calls(function).returned(true) == null) {
      in.invoke(callable, List.of());
    }
    beside(in).forEach(arguments -> in.invoke(callable, arguments));
  }

  /** What may be given to a function: the elements of a list beside it, or what stands there. */
  private static List<List<Value>> beside(Invocation in) {
    List<List<Value>> all = new ArrayList<>();
    List<Value> others = new ArrayList<>(in.arguments());
    others.removeIf(value -> value instanceof Value.Function || value instanceof Value.Partial);
    for (Value other : others.subList(0, Math.min(MOST_BESIDE, others.size()))) {
      if (other instanceof Value.Items items) {
        items.values().stream().limit(MOST_BESIDE).forEach(value -> all.add(List.of(value)));
      }
    }
    if (!others.isEmpty()) {
      all.add(others);
    }
    return all;
  }

  /** The special methods of a class and those above it, and those that Python's own parts call. */
  private static void methods(Value self, Value.Type type, Invocation in) {
    for (Value.Type one : Attributes.lineage(type)) {
      if (!in.evaluator().program().spend(1 + one.members().values().size())) {
        return;
      }
      for (Map.Entry<String, Value> member : List.copyOf(one.members().values().entrySet())) {
        if (isCalled(member.getKey())
            && member.getValue() instanceof Value.Function function
            && in.evaluator().program().calls(function).returned(true) == null) {
          in.invoke(function, List.of(self));
        }
      }
    }
  }

  private static boolean isCalled(String name) {
    boolean special = name.startsWith("__") && name.endsWith("__") && !NEVER.contains(name);
    return special || PROTOCOLS.contains(name);
  }
}
