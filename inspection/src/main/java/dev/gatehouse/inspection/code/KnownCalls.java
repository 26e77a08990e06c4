package dev.gatehouse.inspection.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What calls of Python's own and of popular libraries do, by full name. */
final class KnownCalls {
  /** What a call does and returns. */
  @FunctionalInterface
  interface KnownCall {
    Value call(Invocation in);
  }

  /** Functions that call what they are given: at once, later or elsewhere. */
  private static final Set<String> CALLERS =
      Set.of(
          "Thread",
          "Process",
          "Timer",
          "register",
          "submit",
          "map",
          "imap",
          "starmap",
          "apply",
          "apply_async",
          "map_async",
          "call_soon",
          "call_later",
          "call_soon_threadsafe",
          "run_in_executor",
          "to_thread",
          "start_new_thread",
          "start_new",
          "signal",
          "settrace",
          "setprofile",
          "addaudithook",
          "create_task",
          "ensure_future",
          "run_until_complete",
          "run",
          "gather",
          "filter",
          "accumulate",
          "takewhile",
          "dropwhile",
          "any",
          "all",
          "max",
          "min",
          "sorted",
          "callback",
          "finalize",
          "after",
          "call",
          "addfinalizer",
          "submit_task",
          "register_at_fork",
          "add_done_callback",
          "spawn",
          "enter",
          "enterabs",
          "enter_context",
          "push",
          "runcall",
          "add_signal_handler",
          "defer");

  private final Map<String, KnownCall> calls = new HashMap<>();
  private final Methods methods = new Methods();

  KnownCalls() {
    TextCalls.addTo(calls);
    DecodingCalls.addTo(calls);
    ReflectionCalls.addTo(calls);
    LookupCalls.addTo(calls);
    SpecialMethods.addTo(calls);
    ProcessCalls.addTo(calls);
    NetworkCalls.addTo(calls);
    FileCalls.addTo(calls);
    PackageData.addTo(calls);
  }

  Map<String, KnownCall> all() {
    return calls;
  }

  /** The full names of what matters in a module: what is known of it, and what calls. */
  Set<String> namesIn(String module) {
    String prefix = Knowledge.canonical(module) + ".";
    Set<String> names = new TreeSet<>();
    CALLERS.forEach(name -> names.add(prefix + name));
    for (Set<String> all : List.of(calls.keySet(), NetworkCalls.connections())) {
      all.stream()
          .filter(name -> name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0)
          .forEach(names::add);
    }
    return names;
  }

  Value call(Value function, Invocation in) {
    Value result = known(function, in);
    HandedOver.to(function, in);
    return result;
  }

  private Value known(Value function, Invocation in) {
    if (function instanceof Value.Reference reference) {
      String name = Knowledge.canonical(reference.name());
      KnownCall known = calls.get(name);
      if (known != null) {
        return known.call(in);
      }
      Value found = LookupCalls.ofReference(name, in);
      if (found != null) {
        return found;
      }
      String last = name.substring(name.lastIndexOf('.') + 1);
      outside(name, in);
      callBack(last, in);
      if (NetworkCalls.isConnection(name)) {
        return Value.unknown(in.marks().and(Mark.CONNECTION));
      }
      if (DecodingCalls.isDecryption(last)) {
        in.note(Fact.DECODES);
        return Value.unknown(in.marks().and(Mark.DECODED));
      }
      return Value.unknown(in.marks().and(reference.marks()).without(Mark.CHARACTER));
    }
    if (function instanceof Value.Method method) {
      callBack(method.name(), in);
      return methods.call(method, in);
    }
    return Value.unknown(in.marks().and(function.marks()).without(Mark.CHARACTER));
  }

  /** Remembers what runs by itself and is not in this file. */
  static void outside(String name, Invocation in) {
    int dot = name.lastIndexOf('.');
    if (in.evaluator().interpreter().isAutomatic() && dot > 0) {
      in.evaluator().program().addOutside(name.substring(0, dot));
    }
  }

  private static void callBack(String name, Invocation in) {
    if (!CALLERS.contains(name)) {
      return;
    }
    Value target = in.named().get("target");
    List<Value> rest =
        Folding.elements(in.named("args")) == null
            ? List.of()
            : List.copyOf(Folding.elements(in.named("args")));
    if (target != null) {
      callIfCallable(target, rest, in);
    }
    for (int i = 0; i < in.arguments().size(); i++) {
      Value argument = in.arguments().get(i);
      List<Value> behind = in.arguments().subList(i + 1, in.arguments().size());
      callIfCallable(
          argument,
          rest.isEmpty()
              ? behind.size() == 1 && Folding.elements(behind.getFirst()) != null && spreads(name)
                  ? first(behind.getFirst())
                  : behind
              : rest,
          in);
    }
    Value function = in.named().get("function");
    if (function != null) {
      callIfCallable(function, rest, in);
    }
  }

  /** Whether the second argument is a list of arguments, and not the first of them. */
  private static boolean spreads(String name) {
    return switch (name) {
      case "map",
          "imap",
          "filter",
          "apply",
          "apply_async",
          "starmap",
          "start_new_thread",
          "Thread",
          "map_async" ->
          true;
      default -> false;
    };
  }

  private static List<Value> first(Value list) {
    List<Value> elements = Folding.elements(list);
    return elements == null
        ? List.of()
        : List.copyOf(elements.subList(0, Math.min(4, elements.size())));
  }

  private static void callIfCallable(Value value, List<Value> arguments, Invocation in) {
    boolean callable =
        value instanceof Value.Function
            || value instanceof Value.Partial
            || value instanceof Value.Type
            || (value instanceof Value.Reference reference
                && Knowledge.isDangerous(reference.name()));
    if (callable) {
      in.invoke(value, arguments);
    } else if (value instanceof Value.Reference reference) {
      outside(reference.name(), in);
    }
  }
}
