package dev.gatehouse.inspection.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are found in tables and by names, and what is only looked for. */
class LookupCallsTest {
  private static final String DECODED = "x = __import__('base64').b64decode('cHJpbnQoMSk=')";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.__getattribute__(__import__('builtins'), 'exec')(x)",
        "import pkgutil\npkgutil.resolve_name('builtins:exec')(x)",
        "import pydoc\npydoc.locate('builtins.exec')(x)",
        "import builtins\nnext(v for k, v in vars(builtins).items() if k[::-1] == 'cexe')(x)",
        "import builtins\n[getattr(builtins, n) for n in dir(builtins) if n == 'exec'][0](x)",
        "import builtins, inspect\n"
            + "[v for n, v in inspect.getmembers(builtins) if n == 'exec'][0](x)",
        "vars(__import__('builtins')).get('exec')(x)",
        "import sys\nsys.modules.get('builtins').exec(x)",
        "print.__self__.exec(x)",
        "exec.__call__(x)",
        "(lambda: 0).__class__(compile(x, '', 'exec'), globals())()",
        "type(lambda: 0)(compile(x, '', 'exec'), globals())()",
        "import threading\n"
            + "next(v for k, v in vars(threading).items() if k == 'Thread')(target=exec, args=[x])",
        "print.__self__.len(x)\nprint.__self__.exec(x)",
        "[print, exec][1](x)"
      })
  void aFunctionIsFoundWhereverItIsLookedFor(String use) {
    assertThat(Judging.refusals(DECODED, use)).contains("code-exec-decoded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import pkgutil\npkgutil.resolve_name('builtins:print')(x)",
        "import builtins\nnext(v for k, v in vars(builtins).items() if k == 'len')(x)",
        "import builtins\n[n for n in dir(builtins)]",
        "type(x)(x)",
        "[print, exec][0](x)"
      })
  void anotherFunctionIsNotTakenForIt(String use) {
    assertThat(Judging.refusals(DECODED, use)).isEmpty();
  }
}
