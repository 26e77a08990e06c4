package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Moves the code of a module into something else that runs it, or into another file. */
final class Places {
  private Places() {}

  static List<Transformation> all() {
    return List.of(
        body("place-function", s -> "def _run():\n" + indented(s) + "\n_run()\n"),
        body(
            "place-nested-function",
            s ->
                "def _a():\n    def _b():\n" + indented(indented(s)) + "\n    return _b\n_a()()\n"),
        body("place-class-body", s -> "class _Setup:\n" + indented(s) + "\n"),
        body(
            "place-init",
            s ->
                "class _Setup:\n    def __init__(self):\n"
                    + indented(indented(s))
                    + "\n_Setup()\n"),
        body(
            "place-metaclass",
            s ->
                "class _Meta(type):\n    def __init__(cls, *a):\n"
                    + indented(indented(s))
                    + "\nclass _Setup(metaclass=_Meta):\n    pass\n"),
        body(
            "place-decorator",
            s -> "def _now(f):\n    f()\n    return f\n@_now\ndef _run():\n" + indented(s) + "\n"),
        body(
            "place-thread",
            s ->
                "import threading as _t\ndef _run():\n"
                    + indented(s)
                    + "\n_t.Thread(target=_run, daemon=True).start()\n"),
        body(
            "place-atexit",
            s -> "import atexit as _x\ndef _run():\n" + indented(s) + "\n_x.register(_run)\n"),
        body(
            "place-default",
            s -> "def _run():\n" + indented(s) + "\ndef _later(value=_run()):\n    return value\n"),
        body(
            "place-comprehension",
            s -> "def _run(_):\n" + indented(s) + "\n[_run(i) for i in range(1)]\n"),
        body(
            "place-property",
            s ->
                "class _Setup:\n    def __call__(self):\n"
                    + indented(indented(s))
                    + "\n(lambda c: c())(_Setup())\n"),
        new Move("place-submodule", Places::submodule),
        new Move("place-called-submodule", Places::calledSubmodule),
        new Move("place-new-pth", Places::newPth),
        new Move("place-pth-module", Places::pthModule),
        new Move("place-sitecustomize", Places::sitecustomize));
  }

  /** A move of code between files. */
  private record Move(String name, Mover mover) implements Transformation {
    @Override
    public Optional<Map<String, byte[]>> apply(
        Map<String, byte[]> files, String path, RandomGenerator random) {
      byte[] bytes = files.get(path);
      return bytes == null
          ? Optional.empty()
          : mover.move(new LinkedHashMap<>(files), path, new String(bytes, UTF_8), random);
    }
  }

  /** Moves code; the files may be changed. */
  private interface Mover {
    Optional<Map<String, byte[]>> move(
        Map<String, byte[]> files, String path, String text, RandomGenerator random);
  }

  private static Transformation body(String name, UnaryOperator<String> wrap) {
    return new Source(
        name,
        (text, _) ->
            text.isPth() || !fits(text.text())
                ? Optional.empty()
                : Optional.of(wrap.apply(withGlobals(text.text()))));
  }

  private static final Pattern NO_CODE = Pattern.compile("(?:\\s|#[^\\n]*+)*+");

  /** In a function there must be something, and no import of everything. */
  private static boolean fits(String text) {
    return !text.contains("from __future__")
        && !text.contains("import *")
        && !text.startsWith("\ufeff")
        && !Source.isForeign(text)
        && !NO_CODE.matcher(text).matches()
        && !isInside(text);
  }

  /** Text blocks in the code would change when they are indented. */
  private static boolean isInside(String text) {
    return text.indexOf("\"\"\"", 10) > 200;
  }

  private static String withGlobals(String text) {
    return text.strip() + "\n";
  }

  private static String indented(String text) {
    StringBuilder out = new StringBuilder();
    text.lines()
        .forEach(
            line ->
                out.append(line.isEmpty() ? "" : "    ").append(Forms.unfed(line)).append('\n'));
    return out.toString();
  }

  private static boolean isModule(String path) {
    return path.endsWith(".py");
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static Optional<Map<String, byte[]>> submodule(
      Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    if (!isModule(path) || folder(path).isEmpty() || text.contains("__file__")) {
      return Optional.empty();
    }
    String name = "_s" + Integer.toHexString(random.nextInt(1 << 20));
    files.put(folder(path) + name + ".py", text.getBytes(UTF_8));
    files.put(path, ("from ." + name + " import *\n").getBytes(UTF_8));
    return Optional.of(files);
  }

  private static Optional<Map<String, byte[]>> calledSubmodule(
      Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    if (!isModule(path) || folder(path).isEmpty() || text.contains("__file__") || !fits(text)) {
      return Optional.empty();
    }
    String name = "_s" + Integer.toHexString(random.nextInt(1 << 20));
    files.put(folder(path) + name + ".py", ("def start():\n" + indented(text)).getBytes(UTF_8));
    files.put(path, ("from ." + name + " import start\n\nstart()\n").getBytes(UTF_8));
    return Optional.of(files);
  }

  private static String dotted(String path) {
    String module = path.substring(0, path.length() - 3).replace('/', '.');
    return module.endsWith(".__init__") ? module.substring(0, module.length() - 9) : module;
  }

  private static Optional<Map<String, byte[]>> newPth(
      Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    if (!isModule(path)) {
      return Optional.empty();
    }
    files.put(
        "z" + Integer.toHexString(random.nextInt(1 << 20)) + ".pth",
        ("import " + dotted(path) + "\n").getBytes(UTF_8));
    return Optional.of(files);
  }

  private static Optional<Map<String, byte[]>> pthModule(
      Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    // What is cut at every semicolon must have none in its strings.
    boolean isCut = new PythonText(text, true).code(_ -> "").contains("; ");
    if (!path.endsWith(".pth") || text.strip().contains("\n") || isCut) {
      return Optional.empty();
    }
    String name = "_p" + Integer.toHexString(random.nextInt(1 << 20));
    files.put(name + ".py", text.replace("; ", "\n").getBytes(UTF_8));
    files.put(path, ("import " + name + "\n").getBytes(UTF_8));
    return Optional.of(files);
  }

  private static Optional<Map<String, byte[]>> sitecustomize(
      Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    if (!path.endsWith(".pth") || text.strip().contains("\n")) {
      return Optional.empty();
    }
    files.remove(path);
    files.put("sitecustomize.py", text.getBytes(UTF_8));
    return Optional.of(files);
  }
}
