package dev.gatehouse.inspection.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods that Python calls by itself, and the same ones where nothing makes it do so. */
class SpecialMethodsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "__enter__(self)             | with N(): pass",
        "__exit__(self, *a)          | with N(): pass",
        "__aenter__(self)            | async def f():\\n  async with N(): pass\\nf()",
        "__getitem__(self, i)        | N()[0]",
        "__getitem__(self, i)        | for x in N(): pass",
        "__setitem__(self, i, v)     | n = N()\\nn[0] = 1",
        "__class_getitem__(cls, i)   | N[int]",
        "__contains__(self, i)       | 1 in N()",
        "__rshift__(self, o)         | N() >> None",
        "__radd__(self, o)           | 1 + N()",
        "__iadd__(self, o)           | n = N()\\nn += 1",
        "__eq__(self, o)             | N() == 1",
        "__neg__(self)               | -N()",
        "__bool__(self)              | if N(): pass",
        "__len__(self)               | len(N())",
        "__iter__(self)              | for x in N(): pass",
        "__next__(self)              | next(N())",
        "__getattr__(self, n)        | N().ready",
        "__format__(self, s)         | f'{N()}'",
        "__format__(self, s)         | '{}'.format(N())",
        "__str__(self)               | str(N())",
        "__str__(self)               | print(N())",
        "__hash__(self)              | {}.get(N())",
        "__del__(self)               | N()",
        "run(self)                   | N().start()"
      })
  void aSpecialMethodRunsWhereItsSyntaxStands(String signature, String use) {
    String[] definition = {"class N:", "  def " + signature + ":", "    PAYLOAD"};

    assertThat(Judging.refusals(with(definition, use.replace("\\n", "\n"))))
        .contains("code-exec-decoded");
    // Somebody must call a method of an object that nobody makes.
    assertThat(Judging.refusals(definition)).isEmpty();
  }

  private static String[] with(String[] lines, String last) {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = last;
    return all;
  }

  @Test
  void aPropertyRunsWhereItIsRead() {
    String[] lines = {"class N:", "  @property", "  def value(self):", "    PAYLOAD", "n = N()"};

    assertThat(Judging.refusals(with(lines, "n.value"))).contains("code-exec-decoded");
    assertThat(Judging.refusals(with(lines, "n.other"))).isEmpty();
  }

  @Test
  void aDescriptorRunsWhereItIsRead() {
    String[] lines = {
      "class D:", "  def __get__(self, o, t):", "    PAYLOAD", "class N:", "  value = D()"
    };

    assertThat(Judging.refusals(with(lines, "N().value"))).contains("code-exec-decoded");
    assertThat(Judging.refusals(lines)).isEmpty();
  }

  @Test
  void aClassMayBeMadeByACall() {
    assertThat(
            Judging.refusals(
                "def f(*a):", "  PAYLOAD", "type('N', (dict,), {'__missing__': f})()[0]"))
        .contains("code-exec-decoded");
    assertThat(
            Judging.refusals("def f(*a):", "  PAYLOAD", "type('N', (dict,), {'__missing__': f})"))
        .isEmpty();
  }

  @Test
  void annotationsAreEvaluatedWhereTheyStand() {
    String[] lines = {"def f():", "  PAYLOAD"};

    assertThat(Judging.refusals(with(lines, "def g(value: f() = None): pass")))
        .contains("code-exec-decoded");
    assertThat(Judging.refusals(with(lines, "def g() -> f(): pass"))).contains("code-exec-decoded");
    assertThat(Judging.refusals(with(lines, "x: f() = 1"))).contains("code-exec-decoded");
    assertThat(Judging.refusals(with(lines, "def g(value: f = None): pass"))).isEmpty();
  }

  @Test
  void aModuleMakesNamesThatItDoesNotHave() {
    assertThat(Judging.refusals("def __getattr__(name):", "  PAYLOAD"))
        .contains("code-exec-decoded");
    assertThat(Judging.refusals("def _getattr_(name):", "  PAYLOAD")).isEmpty();
  }

  @Test
  void aLongLineOfClassesIsFollowedAsFarAsAnybodyWouldWriteIt() {
    assertThat(
            Judging.refusals(
                "C = object", "for i in range(20000):", "  C = type('C', (C,), {})", "C().x"))
        .isEmpty();
  }
}
