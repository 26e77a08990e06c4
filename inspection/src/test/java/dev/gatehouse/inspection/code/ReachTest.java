package dev.gatehouse.inspection.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Indicator;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final List<Indicator> INDICATORS =
      List.of(new Indicator("evil.invalid", "TEST-1", "an address"));

  private final Set<String> known = new KnownCalls().all().keySet();
  private final Reach reach = new Reach(known);

  private boolean mayReach(String source) {
    return reach.mayReach(SyntaxTree.of(source).vocabulary());
  }

  @Test
  void everyCallThatActsIsReachedByItsNameAndItsModules() {
    Set<String> missed = new TreeSet<>();
    for (String call : known) {
      int dot = call.lastIndexOf('.');
      if (dot > 0 && !call.contains("()") && !TextCalls.names().contains(call)) {
        String module = call.substring(0, dot);
        String name = call.substring(dot + 1);
        boolean reached =
            call.startsWith("builtins.")
                ? mayReach(
                    "def f(x):\n    return " + call.substring("builtins.".length()) + "(x)\n")
                : mayReach("def f(x):\n    from " + module + " import " + name + "\n")
                    && mayReach("import " + module + "\ndef f(x): " + call + "(x)\n");
        if (!reached) {
          missed.add(call);
        }
      }
    }
    // All of these only put values together.
    assertThat(missed)
        .allMatch(
            call ->
                call.startsWith("os.path.")
                    || call.startsWith("os.fs")
                    || call.startsWith("pathlib.Path")
                    || call.startsWith("functools.")
                    || call.startsWith("glob.")
                    || Set.of(
                            "builtins.type",
                            "builtins.compile",
                            "builtins.staticmethod",
                            "builtins.classmethod",
                            "shutil.which",
                            "linecache.getlines")
                        .contains(call));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(x): return getattr(x, 'a' + 'b')",
        "def f(x): return f'{exec(x)}'",
        "def f(x): return f\"{f'{eval(x)}'}\"",
        "def f(x): \uff45xec(x)",
        "def f(x): return x.__globals__[y]",
        "def f(x): return x.__dict__[y](z)",
        "def f(x):\n    from posix import system as s\n    s(x)",
        "def f(x):\n    from os import *\n    system(x)",
        "def f(x):\n    import subprocess as q\n    return q.run(x)",
        "def f(x):\n    import commands\n    return commands.getoutput(x)",
        "def f(x):\n    import os\n    return os.popen3(x)",
        "def f(x):\n    import urllib2\n    return urllib2.urlopen(x)",
        "def f(x):\n    import sys\n    return sys.modules[x]",
        "def f(x): return x.read_text()",
        "def f(x): return x.decode('rot13')",
        "def f(x): return create({'privileged': True, 'host' + 'Path': x})",
        "@exec\ndef f(x): pass",
        "def f(x, y=open): return y(x)",
        "class A:\n    def f(self, x): exec(x)",
        "f = lambda x: exec(x)",
        "exec 'print 1'",
      })
  void whatActsOrComputesNamesIsGoneThrough(String source) {
    assertThat(mayReach(source + "\n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import re\nclass A(B):\n    def run(self, x):\n        return re.compile(x).match('a' + x)",
        "def get(self, key, default=None):\n    return self.items.get(key, default)",
        "'''exec(open(x).read())'''\n# exec(x)\ndef f(x): return 'exec(%s)' % x",
        "import os\ndef f(x): return os.path.join(x, 'a')",
      })
  void whatActsNowhereIsNot(String source) {
    assertThat(mayReach(source + "\n")).isFalse();
  }

  @Test
  void textsOfFunctionsThatAreNotGoneThroughAreReadAllTheSame() {
    byte[] source =
        "def f(x):\n    return ['evil.' 'inv\\x61lid', x, '~/.ssh/id_rsa']\n"
            .getBytes(StandardCharsets.UTF_8);
    SourceInspection.Reading reading =
        new CodeInspector(INDICATORS).python("a.py", source, Moment.IMPORT);

    assertThat(mayReach(new String(source, StandardCharsets.UTF_8))).isFalse();
    assertThat(reading.findings()).hasSize(1);
    assertThat(reading.isCapable()).isTrue();
    assertThat(reading)
        .isEqualTo(CodeInspector.thorough(INDICATORS).python("a.py", source, Moment.IMPORT));
  }
}
