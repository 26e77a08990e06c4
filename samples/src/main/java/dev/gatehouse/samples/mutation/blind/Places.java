package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.Optional;

/** Moves all that a module does into something that Python calls by itself. */
final class Places {
  private Places() {}

  static List<Transformation> all() {
    return List.of(
        method(
            "place-init-subclass", "__init_subclass__(cls, **N_k)", "", "class N_(N):\n    pass\n"),
        method(
            "place-set-name", "__set_name__(self, N_o, N_n)", "", "class N_:\n    value = N()\n"),
        method(
            "place-enter",
            "__enter__(self)",
            "    def __exit__(self, *_):\n        return False\n",
            "with N():\n    pass\n"),
        method(
            "place-exit",
            "__exit__(self, *N_a)",
            "    def __enter__(self):\n        return self\n",
            "with N():\n    pass\n"),
        method("place-del", "__del__(self)", "", "N()\n"),
        method("place-getattr", "__getattr__(self, N_n)", "", "N().ready\n"),
        method("place-iter-next", "__getitem__(self, N_i)", "", "N()[0]\n"),
        method("place-operator", "__rshift__(self, N_o)", "", "N() >> None\n"),
        method("place-class-getitem", "__class_getitem__(cls, N_i)", "", "N[int]\n"),
        method("place-new", "__new__(cls)", "", "N()\n"),
        function(
            "place-prepare",
            "class _M(type):\n    __prepare__ = staticmethod(lambda *_: N() or {})\nclass N_(metaclass=_M):\n    pass\n"),
        function(
            "place-dataclass",
            "import dataclasses as _d\n@_d.dataclass\nclass N_:\n    state: object = _d.field(default_factory=N)\nN_()\n"),
        function("place-missing", "type('N_', (dict,), {'__missing__': N})()[0]\n"),
        function(
            "place-format", "'{}'.format(type('N_', (), {'__format__': lambda *_: str(N())})())\n"),
        function("place-condition", "if (_made := N()) is not None:\n    raise SystemExit\n"),
        function("place-lambda-default", "(lambda value=N(): value)()\n"),
        function("place-sorted-key", "sorted((0,), key=lambda _: N() or 0)\n"),
        function("place-annotation", "def N_(value: N() = None):\n    return value\n"),
        function(
            "place-exit-stack",
            "import contextlib as _c\nwith _c.ExitStack() as _s:\n    _s.callback(N)\n"),
        function("place-timer", "import threading as _t\n_t.Timer(0.1, N).start()\n"),
        function(
            "place-executor",
            "import concurrent.futures as _f\n_f.ThreadPoolExecutor(1).submit(N)\n"),
        function("place-finalizer", "import weakref as _w\n_w.finalize(type('N_', (), {})(), N)\n"),
        function(
            "place-audit-hook",
            "import sys as _y\n_y.addaudithook(lambda e, _: N() if e == 'N.ready' else None)\n_y.audit('N.ready')\n"),
        function(
            "place-codec",
            "import codecs as _c\n_c.register(lambda n: N() if n.startswith('x_n') else None)\ntry:\n    ''.encode('x_n')\nexcept LookupError:\n    pass\n"),
        function(
            "place-meta-path",
            "import sys as _y\nclass N_:\n    @staticmethod\n    def find_spec(name, path=None, target=None):\n        return N() if name == 'N_x' else None\n_y.meta_path.insert(0, N_)\ntry:\n    import N_x\nexcept ImportError:\n    pass\n"),
        function(
            "place-warning",
            "import warnings as _w\nwith _w.catch_warnings():\n    _w.simplefilter('always')\n    _w.showwarning = N\n    _w.warn('N')\n"),
        function(
            "place-scheduler",
            "import sched as _s\n_q = _s.scheduler()\n_q.enter(0, 1, N)\n_q.run()\n"),
        kind("place-generator", "def N():\n", "    yield\nnext(N())\n"),
        kind(
            "place-coroutine",
            "async def N():\n",
            "try:\n    N().send(None)\nexcept StopIteration:\n    pass\n"),
        kind(
            "place-context-manager",
            "import contextlib as _c\n@_c.contextmanager\ndef N():\n",
            "    yield\nwith N():\n    pass\n"),
        block("place-except", "try:\n    raise LookupError\nexcept LookupError:\n"),
        block("place-finally", "try:\n    pass\nfinally:\n"),
        block("place-loop-else", "for _unused in ():\n    pass\nelse:\n"));
  }

  /** The body as that of a function, between two texts in which {@code N} is a new name. */
  private static Transformation wrapped(
      String name, int blanks, String before, String after, boolean inFunction) {
    return Rewrite.module(
        name,
        place ->
            place
                .module()
                .filter(module -> inFunction ? module.fitsInFunction() : module.hasCode())
                // Such an import keeps annotations from being evaluated.
                .filter(
                    module ->
                        !name.equals("place-annotation") || !module.head().contains("__future__"))
                .flatMap(
                    module -> {
                      String fresh = place.fresh("_n");
                      String body =
                          inFunction ? module.asFunctionBody(blanks) : module.indented(blanks);
                      return Optional.of(
                          module.head()
                              + before.replaceAll("\\bN(?=\\b|_)", fresh)
                              + body
                              + after.replaceAll("\\bN(?=\\b|_)", fresh));
                    }));
  }

  private static Transformation method(
      String name, String signature, String further, String after) {
    String result = signature.startsWith("__new__") ? "        return object.__new__(cls)\n" : "";
    return wrapped(
        name, 8, "class N:\n" + further + "    def " + signature + ":\n", result + after, true);
  }

  private static Transformation function(String name, String after) {
    return wrapped(name, 4, "def N(*N_a, **N_k):\n", after, true);
  }

  private static Transformation kind(String name, String before, String after) {
    return wrapped(name, 4, before, after, true);
  }

  private static Transformation block(String name, String before) {
    return wrapped(name, 4, before, "", false);
  }
}
