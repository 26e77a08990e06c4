package dev.gatehouse.pins.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlReaderTest {
  private static Table read(String text) {
    return TomlReader.read(SourceText.of(Path.of("a.toml"), text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A document as one line. */
  private static String shown(Node node) {
    return switch (node) {
      case Table table ->
          table.entries().entrySet().stream()
              .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case Node.Array array ->
          array.items().stream()
              .map(TomlReaderTest::shown)
              .collect(Collectors.joining(",", "[", "]"));
      case Node.Text text -> "'" + text.value() + "'";
      case Node.Literal literal -> literal.word();
    };
  }

  @Test
  void readsTablesAndArraysOfThem() {
    assertThat(
            shown(
                read(
                    """
                    top = 1 # a comment
                    a.b.c = 2
                    a.b.d = 3
                    [x . "y z"]
                    k = { m = [1, 2,], n.o = true }
                    [[list]]
                    i = 1
                    [list.sub]
                    j = 2
                    [[list]]
                    i = 3
                    """)))
        .isEqualTo(
            "{top=1,a={b={c=2,d=3}},x={y z={k={m=[1,2],n={o=true}}}},list=[{i=1,sub={j=2}},{i=3}]}");
  }

  @Test
  void readsAllKindsOfStrings() {
    assertThat(
            shown(
                read(
                    "a = \"q\\\"\\u00e9\\U0001F600\\t\"\nb = 'raw\\'\n"
                        + "c = \"\"\"\nfirst \\\n   second\"\"\"\"\nd = '''\nx\r\ny'''\n")))
        .isEqualTo("{a='q\"é😀\t',b='raw\\',c='first second\"',d='x\r\ny'}");
  }

  @Test
  void readsNumbersTimesAndWords() {
    assertThat(
            shown(
                read(
                    "a = [+1_000, 0xff, 1e5, -inf, 2025-01-02T03:04:05.678Z, 2025-01-02 03:04:05+01:00, 2025-01-02, 07:30:00, false]")))
        .isEqualTo(
            "{a=[+1_000,0xff,1e5,-inf,2025-01-02T03:04:05.678Z,2025-01-02 03:04:05+01:00,2025-01-02,07:30:00,false]}");
  }

  @Test
  void knowsWhereEachValueStands() {
    Table document = read("a = 1\nb = [\n  'x',\n  {c = 'y'},\n]\r\n[t]\n");
    List<Node> items = document.items("b");

    assertThat(items.get(0).spot().location()).hasToString("a.toml:3:3");
    assertThat(items.get(1).asTable("it").needText("c").spot().location())
        .hasToString("a.toml:4:8");
    assertThat(document.table("t").orElseThrow().spot().location()).hasToString("a.toml:6:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = {b = 1}\n[a.c]",
        "a.b = 1\n[a]",
        "[a.b]\n[a]\nb.c = 1",
        "a = [1]\n[[a]]",
        "[[a]]\n[a]",
        "a = 1 b = 2",
        "a = \"x\ny\"",
        "a = \"\\q\"",
        "a = \"\\ud800\"",
        "a = 'x",
        "a = 01",
        "a = 1__0",
        "a = [1 2]",
        "a = {b = 1",
        "a = yes",
        "a",
        "= 1",
        "[a",
        "[[a]",
        "a = \u0007",
        "# \u0007",
        "a = \"\"\"x",
        "a = \"\u0001\"",
      })
  void refusesWhatIsNoToml(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PinFileException.class)
        .hasMessageContaining("expected");
  }
}
