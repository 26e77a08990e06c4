package dev.gatehouse.inspection.code;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What executes text as code, and what finds functions and modules by name. */
final class ReflectionCalls {
  private static final Set<String> RUNNERS =
      Set.of("runsource", "runcode", "push", "run", "runctx", "runeval", "run_cell", "runfunc");

  /** Before the end of the path of a script, among names of modules. */
  static final String SCRIPT = "script:";

  /** Before the end of the path of another file that is read. */
  static final String DATA = "data:";

  private ReflectionCalls() {}

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    calls.put("builtins.exec", in -> execute(in, in.argument(0)));
    calls.put("builtins.eval", in -> execute(in, in.argument(0)));
    calls.put("builtins.execfile", in -> executeFile(in, in.argument(0)));
    calls.put("builtins.compile", in -> in.argument(0, "source").with(in.argument(0).marks()));
    calls.put("ast.parse", in -> in.argument(0, "source"));
    calls.put("ast.compile", in -> in.argument(0, "source"));
    calls.put(
        "types.FunctionType",
        in ->
            new Value.Partial(
                Value.Reference.to("builtins.exec"), List.of(in.argument(0, "code")), Map.of()));
    calls.put(
        "types.LambdaType",
        in ->
            new Value.Partial(
                Value.Reference.to("builtins.exec"), List.of(in.argument(0, "code")), Map.of()));
    for (String name :
        new String[] {
          "timeit.timeit",
          "timeit.repeat",
          "timeit.Timer",
          "cProfile.run",
          "profile.run",
          "cProfile.runctx",
          "profile.runctx",
          "pdb.run",
          "pdb.runeval",
          "bdb.run",
          "_xxsubinterpreters.run_string",
          "_interpreters.exec",
          "_interpreters.run_string",
          "interpreters.run_string",
          "ctypes.pythonapi.PyRun_SimpleString",
          "ctypes.pythonapi.PyRun_SimpleStringFlags",
          "code.compile_command",
          "codeop.compile_command",
          "test.support.script_helper.assert_python_ok",
          "doctest.debug_script",
          "IPython.get_ipython.run_cell"
        }) {
      calls.put(name, in -> execute(in, in.argument(0, "stmt")));
    }
    for (String name :
        new String[] {
          "code.InteractiveInterpreter",
          "code.InteractiveConsole",
          "IPython.core.interactiveshell.InteractiveShell",
          "pdb.Pdb",
          "bdb.Bdb",
          "cProfile.Profile",
          "profile.Profile",
          "trace.Trace"
        }) {
      calls.put(name, _ -> Value.unknown(Marks.of(Mark.INTERPRETER)));
    }
    calls.put("runpy.run_path", in -> executeFile(in, in.argument(0, "path_name")));
    calls.put("runpy._run_code", in -> execute(in, in.argument(0)));
    calls.put("runpy._run_module_code", in -> execute(in, in.argument(0)));
    calls.put("imp.load_source", in -> executeFile(in, in.argument(1)));
    calls.put(
        "importlib.util.spec_from_file_location",
        in -> executeFile(in, in.argument(1, "location")));
    calls.put(
        "importlib.machinery.SourceFileLoader", in -> executeFile(in, in.argument(1, "path")));
    calls.put("zipimport.zipimporter", in -> executeFile(in, in.argument(0)));
    calls.put("builtins.__import__", in -> in.evaluator().moduleNamed(in.argument(0), in.at()));
    calls.put("importlib.__import__", in -> in.evaluator().moduleNamed(in.argument(0), in.at()));
    calls.put(
        "importlib.import_module",
        in -> in.evaluator().moduleNamed(in.argument(0, "name"), in.at()));
    calls.put("builtins.getattr", ReflectionCalls::getattr);
    calls.put(
        "operator.attrgetter",
        in ->
            new Value.Partial(
                Value.Reference.to("gatehouse.attribute()"), List.of(in.argument(0)), Map.of()));
    calls.put("gatehouse.attribute()", ReflectionCalls::path);
    calls.put(
        "operator.methodcaller",
        in ->
            new Value.Partial(
                Value.Reference.to("gatehouse.method()"), List.copyOf(in.arguments()), in.named()));
    calls.put("gatehouse.method()", ReflectionCalls::method);
    calls.put(
        "operator.itemgetter",
        in ->
            new Value.Partial(
                Value.Reference.to("gatehouse.item()"), List.of(in.argument(0)), Map.of()));
    calls.put(
        "gatehouse.item()", in -> in.evaluator().item(in.argument(1), in.argument(0), in.at()));
    calls.put(
        "operator.getitem", in -> in.evaluator().item(in.argument(0), in.argument(1), in.at()));
    calls.put("operator.call", in -> in.invoke(in.argument(0), tail(in)));
    calls.put(
        "functools.partial",
        in -> new Value.Partial(in.argument(0), List.copyOf(tail(in)), in.named()));
    calls.put("builtins.globals", in -> Value.Reference.to("globals()"));
    calls.put("builtins.locals", in -> Value.Reference.to("globals()"));
    calls.put("builtins.staticmethod", in -> in.argument(0));
    calls.put("builtins.classmethod", in -> in.argument(0));
    calls.put("functools.wraps", in -> Value.UNKNOWN);
  }

  private static List<Value> tail(Invocation in) {
    return in.arguments().isEmpty() ? List.of() : in.arguments().subList(1, in.arguments().size());
  }

  private static Value getattr(Invocation in) {
    return in.evaluator().attributeNamed(in.argument(0), in.argument(1), in.at());
  }

  /** {@code attrgetter("a.b")(value)}. */
  private static Value path(Invocation in) {
    Value value = in.argument(1);
    if (!(in.argument(0) instanceof Value.Text text)) {
      return in.unknown();
    }
    for (String part : text.text().split("\\.", -1)) {
      value = in.evaluator().attributeNamed(value, new Value.Text(part, text.marks()), in.at());
    }
    return value;
  }

  private static Value method(Invocation in) {
    if (in.arguments().size() < 2) {
      return Value.UNKNOWN;
    }
    Value self = in.arguments().getLast();
    Value function = in.evaluator().attributeNamed(self, in.argument(0), in.at());
    return in.invoke(function, in.arguments().subList(1, in.arguments().size() - 1));
  }

  /** Text becomes code: what is known of it is judged, and where it came from is noted. */
  static Value execute(Invocation in, Value code) {
    in.note(Fact.EXECUTES);
    Marks marks = code.marks();
    if (marks.has(Mark.FETCHED)) {
      in.note(Fact.EXECUTES_FETCHED);
    }
    if (marks.has(Mark.MEDIA)) {
      in.note(Fact.EXECUTES_MEDIA);
    }
    if (code instanceof Value.Function) {
      return in.invoke(code, List.of());
    }
    if (code instanceof Value.Items) {
      // A bytearray; anything else that is no text is not executed at all.
      Value bytes = TextCalls.bytes(in.with(List.of(code)));
      return bytes instanceof Value.Bytes ? execute(in, bytes) : Value.unknown(marks);
    }
    if (code instanceof Value.Reference reference) {
      KnownCalls.outside(reference.name(), in);
    }
    String source = source(code);
    Value.Entries names = names(in);
    if (names != null) {
      Scope inner = new Scope(in.evaluator().interpreter().scope().module());
      names.values().forEach(inner::set);
      Value made =
          in.evaluator().interpreter().inside(inner, () -> execute(in, code, source, names));
      // What it defines is taken out of there.
      inner.values().forEach(names::put);
      return made;
    }
    return execute(in, code, source, null);
  }

  /** The names that code is given in a dictionary; null where it is given none. */
  private static Value.@Nullable Entries names(Invocation in) {
    for (int i = 2; i > 0; i--) {
      if (in.argument(i, i == 1 ? "globals" : "locals") instanceof Value.Entries names) {
        return names;
      }
    }
    return null;
  }

  private static Value execute(
      Invocation in, Value code, String source, Value.@Nullable Entries names) {
    Marks marks = code.marks();
    Value shortcut = expression(source, in);
    if (marks.has(Mark.DECODED) && !(shortcut instanceof Value.Reference)) {
      in.note(Fact.EXECUTES_DECODED);
    }
    if (shortcut != null) {
      return shortcut;
    }
    if (code instanceof Value.Unknown && marks.has(Mark.FILE)) {
      in.evaluator().program().executesUnseen();
    }
    if (!source.isEmpty()) {
      in.layer(source, names == null ? List.of() : List.copyOf(names.values().values()));
    }
    return Value.unknown(marks);
  }

  private static String source(Value code) {
    return switch (code) {
      case Value.Text text -> text.text().replace(Value.HOLE, '_');
      case Value.Bytes bytes -> new String(bytes.bytes(), StandardCharsets.UTF_8);
      default -> "";
    };
  }

  /** {@code eval("exec")} and {@code eval("os.system")} name functions. */
  private static @Nullable Value expression(String source, Invocation in) {
    String text = source.strip();
    if (text.isEmpty() || text.length() > 200 || !isDotted(text)) {
      return null;
    }
    String[] parts = text.split("\\.", -1);
    Value value = in.evaluator().interpreter().scope().find(parts[0]);
    if (value == null) {
      value =
          Knowledge.isBuiltin(parts[0])
              ? Value.Reference.to("builtins." + parts[0])
              : parts[0].equals("__builtins__") ? Value.Reference.to("builtins") : null;
    }
    for (int i = 1; i < parts.length && value != null; i++) {
      value = in.evaluator().attribute(value, parts[i], in.at());
    }
    return value;
  }

  private static boolean isDotted(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isJavaIdentifierPart(text.charAt(i)) && text.charAt(i) != '.') {
        return false;
      }
    }
    return Character.isJavaIdentifierStart(text.charAt(0));
  }

  private static Value executeFile(Invocation in, Value path) {
    script(in, path);
    if (isFetched(path, in)) {
      in.note(Fact.EXECUTES_FETCHED);
    }
    if (path.marks().has(Mark.DECODED) && path.marks().has(Mark.TEMPORARY)) {
      in.note(Fact.EXECUTES_DECODED);
    }
    return in.unknown();
  }

  /** A file of the same distribution that is started. */
  static void script(Invocation in, Value path) {
    String text = Value.shown(path);
    String ending = text.substring(text.lastIndexOf(Value.HOLE) + 1);
    while (ending.startsWith("/") || ending.startsWith(".")) {
      ending = ending.substring(1);
    }
    Interpreter caller = in.evaluator().interpreter();
    if (caller.isAutomatic()
        && ending.length() > 3
        && caller.program().addOutside(SCRIPT + ending)) {
      caller.program().runScript(ending, caller);
    }
  }

  static boolean isFetched(Value path, Invocation in) {
    return path.marks().has(Mark.FETCHED)
        || (Folding.length(path) != 0 && in.evaluator().program().isFetched(Value.shown(path)));
  }

  /** Methods that execute: of interpreters, loaders, profilers, debuggers. */
  static void method(Value self, String name, Invocation in) {
    if (RUNNERS.contains(name) && self.marks().has(Mark.INTERPRETER)) {
      execute(in, in.argument(0));
    }
  }
}
