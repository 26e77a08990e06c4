package dev.gatehouse.inspection.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are given to something that is not followed, which calls them. */
class HandedOverTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sorted((0,), key=lambda _: f())",
        "import sched\ns = sched.scheduler()\ns.enter(0, 1, f)",
        "import warnings\nwarnings.showwarning = f",
        "import sys\nsys.excepthook = f",
        "import dataclasses\nx = dataclasses.field(default_factory=f)",
        "import collections\nx = collections.defaultdict(f)",
        "import sys\nclass N:\n  @staticmethod\n  def find_spec(n, p=None, t=None):\n    f()\n"
            + "sys.meta_path.insert(0, N)",
        "import sys\nclass N:\n  def __getattr__(self, n):\n    f()\nsys.modules['x'] = N()",
        "import sys\nclass N:\n  def write(self, text):\n    f()\nsys.stdout = N()",
        "import asyncio\nasyncio.later([1, f])",
        "next(iter(f, 0))"
      })
  void whatIsGivenAwayIsCalled(String use) {
    assertThat(Judging.refusals("def f(*a, **k):", "  PAYLOAD", use)).contains("code-exec-decoded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "callable(f)",
        "isinstance(f, object)",
        "x = [f]\nx.append(f)",
        "x = dict(a=f)",
        "import functools\ng = functools.partial(f, 1)",
        "class N:\n  m = staticmethod(f)\n  n = property(f)",
        "def g():\n  sorted((0,), key=lambda _: f())",
        "import app\n@app.route('/')\ndef g():\n  f()",
        "import os\nos._exit = f\nos.execv = f",
        "import click\nclick.option('--install-completion', callback=f)",
        "import click\ncli = click.Group()\ncli.add_command(f)\ncli.default = f"
      })
  void whatIsOnlyLookedAtOrKeptIsNot(String use) {
    assertThat(Judging.refusals("def f(*a, **k):", "  PAYLOAD", use)).isEmpty();
  }

  @Test
  void whatStandsBesideAFunctionIsWhatItGets() {
    String decode = "x = __import__('base64').b64decode('cHJpbnQoMSk=')";

    assertThat(Judging.refusals(decode, "max([x], key=exec)")).contains("code-exec-decoded");
    assertThat(Judging.refusals(decode, "max([x], key=lambda c: exec(c, {}) or 0)"))
        .contains("code-exec-decoded");
    assertThat(Judging.refusals(decode, "max([x], key=len)")).isEmpty();
  }

  @Test
  void codeSeesTheNamesThatItIsGiven() {
    String decode = "x = __import__('base64').b64decode('cHJpbnQoMSk=')";

    assertThat(Judging.refusals(decode, "eval('exec(c)', {'c': x})")).contains("code-exec-decoded");
    assertThat(Judging.refusals(decode, "names = {}", "exec('f = exec', names)", "names['f'](x)"))
        .contains("code-exec-decoded");
    assertThat(Judging.refusals(decode, "eval('len(c)', {'c': x})")).isEmpty();
  }
}
