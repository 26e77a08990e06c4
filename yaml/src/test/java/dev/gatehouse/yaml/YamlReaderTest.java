package dev.gatehouse.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Place;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import dev.gatehouse.yaml.YamlException.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A tree that knows its lines; and what strangers write instead ends in one clear line. */
class YamlReaderTest {
  private static Mapping read(String text) throws YamlException {
    return YamlReader.mapping("a.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void isRefused(String text, Kind kind, String where, String why) {
    YamlException refused = catchThrowableOfType(YamlException.class, () -> read(text));
    assertThat(refused).hasMessage(where + why);
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.where()).isEqualTo(where);
    assertThat(refused.why()).isEqualTo(why);
  }

  @Test
  void everyValueKnowsItsPlace() throws Exception {
    Mapping root =
        read(
            """
            # a comment
            on: [push, 'no']
            run: |
              one

              two

            # another
            deep:
              list:
                - a: 1
                  b: {c: d}
            """);

    assertThat(root.at()).isEqualTo(new Place("a.yml", 2));
    assertThat(root.entries())
        .extracting(entry -> entry.name() + " " + entry.line())
        .containsExactly("on 2", "run 3", "deep 9");
    Sequence flow = (Sequence) root.get("on").orElseThrow();
    assertThat(flow.flow()).isTrue();
    assertThat(flow.items()).extracting(Yaml::at).containsOnly(new Place("a.yml", 2));
    assertThat(flow.scalars()).extracting(Scalar::column).containsExactly(5, 11);
    assertThat(flow.scalars()).extracting(Scalar::plain).containsExactly(true, false);
    Scalar run = root.scalar("run").orElseThrow();
    assertThat(run.text()).isEqualTo("one\n\ntwo\n");
    assertThat(run.lineAt(run.text().indexOf("two"))).isEqualTo(6);
    Mapping item = (Mapping) root.mapping("deep").list("list").getFirst();
    assertThat(item.line()).isEqualTo(11);
    assertThat(item.lastLine()).isEqualTo(12);
    assertThat(item.column()).isEqualTo(6);
    assertThat(root.lastLine()).isEqualTo(12);
  }

  @Test
  void numbersAndBooleansStayAsTheyAreWritten() throws Exception {
    Mapping root = read("on: yes\nversion: 3.10\nnothing: ~\n");

    assertThat(root.scalars()).extracting(Scalar::text).containsExactly("yes", "3.10", "~");
  }

  @Test
  void anAliasIsWhereItsAnchorIs() throws Exception {
    YamlReader.Content content = YamlReader.read("a.yml", "a: &x [1]\nb: *x\n");

    assertThat(content.aliases()).isTrue();
    Mapping root = (Mapping) content.documents().getFirst();
    assertThat(root.get("b")).isEqualTo(root.get("a"));
    assertThat(root.get("b").orElseThrow().line()).isEqualTo(1);
    assertThat(YamlReader.read("a.yml", "a: [1]\n").aliases()).isFalse();
  }

  @Test
  void whatIsMergedCountsLessThanWhatStandsThere() throws Exception {
    Mapping root =
        read(
            """
            one: &one {a: 1, b: 1}
            two: &two {b: 2, c: 2}
            all: {<<: [*one, *two], a: 0}
            quoted: {"<<": 3}
            """);

    Mapping all = root.mapping("all");
    assertThat(all.entries())
        .extracting(entry -> entry.name() + "=" + all.text(entry.name()) + " " + entry.line())
        .containsExactly("a=0 3", "b=1 1", "c=2 2");
    assertThat(root.mapping("quoted").text("<<")).isEqualTo("3");
    isRefused("a: {<<: text}\n", Kind.OTHER, "line 1: ", "<< merges no mapping");
  }

  @Test
  void aMarkOfTheByteOrderIsNoPartOfTheFirstKey() throws Exception {
    assertThat(read("\ufeffa: 1\n").text("a")).isEqualTo("1");
  }

  @Test
  void whatIsPutTogetherCountsAllItsValues() throws Exception {
    Mapping root = read("a: [1, 2]\nb: {c: 3}\n");
    Place place = new Place("b.yml", 7);

    Sequence both = Sequence.of(place, root.list("a"));
    Mapping again = Mapping.of(place, root.entries());

    assertThat(both.size()).isEqualTo(3);
    assertThat(again.size()).isEqualTo(root.size()).isEqualTo(6);
    assertThat(again.at()).isEqualTo(place);
    assertThat(again.value("a")).isEqualTo(root.get("a").orElseThrow());
    assertThat(again.value("missing")).isNull();
  }

  @Test
  void aFileOfKeysHasOneDocument() throws Exception {
    assertThat(read("# nothing\n").entries()).isEmpty();
    assertThat(read("").at()).isEqualTo(new Place("a.yml", 1));
    isRefused("a: 1\n---\na: 1\n", Kind.OTHER, "", "it has more than one document (---)");
    isRefused("- a\n", Kind.OTHER, "", "it is no mapping of keys to values");
    isRefused("just text\n", Kind.OTHER, "", "it is no mapping of keys to values");
    assertThat(YamlReader.read("a.yml", "a: 1\n---\n- b\n").documents())
        .extracting(Yaml::line)
        .containsExactly(1, 3);
  }

  @Test
  void aBombOfAliasesIsNotExpanded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    isRefused(
        bomb.toString(), Kind.OTHER, "line 5: ", "aliases make more than 100000 values of it");
  }

  @Test
  void mergeKeysThatMultiplyAreNotExpanded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: [1, 2, 3]}\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("a%d: &a%d {l: *a%d, r: *a%d, <<: *a%d}\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    isRefused(
        bomb.toString(), Kind.OTHER, "line 15: ", "aliases make more than 100000 values of it");
  }

  @Test
  void mergeKeysThatCopyTooMuchAreRefusedBeforeTheyCopyIt() {
    StringBuilder many = new StringBuilder("a: &a\n");
    for (int i = 0; i < 19_999; i++) {
      many.append("  k%d:\n".formatted(i));
    }
    isRefused(
        many + "b:\n" + "- {<<: *a}\n".repeat(30_000),
        Kind.OTHER,
        "line 20007: ",
        "merge keys (<<) copy more than 100000 values");
    isRefused(
        "a: &a [" + "{},".repeat(30_000) + "]\nb:\n" + "- {<<: *a}\n".repeat(10_000),
        Kind.OTHER,
        "line 6: ",
        "merge keys (<<) copy more than 100000 values");
  }

  @Test
  void anAliasToItselfIsRefused() {
    isRefused("a: 1\nb: &j\n  a: *j\n", Kind.OTHER, "line 2: ", "an alias leads back to itself");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    isRefused(
        "a:\n  a: {}\nb: {}\na: 1\n",
        Kind.REPEATED_KEY,
        "line 4: ",
        "the key a stands in line 1 already");
  }

  @Test
  void aKeyThatIsNoTextIsRefused() {
    isRefused("a: 1\n? [a]\n: b\n", Kind.OTHER, "line 2: ", "a key that is no text");
  }

  @Test
  void whatLiesTooDeepIsRefused() throws Exception {
    isRefused(
        "a: 1\nb: " + "[".repeat(5000),
        Kind.OTHER,
        "line 2: ",
        "more than 64 values lie in each other");
    isRefused(
        "a:\n" + "- ".repeat(5000),
        Kind.OTHER,
        "line 2: ",
        "more than 64 values lie in each other");
    assertThat(read("a: " + "[".repeat(63) + "]".repeat(63)).size()).isEqualTo(64);
  }

  @Test
  void whatIsTooMuchIsRefused() {
    assertThatThrownBy(() -> YamlReader.mapping("a.yml", new byte[(1 << 20) + 1]))
        .isInstanceOf(YamlException.class)
        .hasMessage("it has more than 1048576 bytes");
    isRefused(
        "a: 1\nb: [" + "a,".repeat(250_000) + "]",
        Kind.OTHER,
        "line 2: ",
        "more than 100000 values");
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    assertThatThrownBy(
            () -> YamlReader.mapping("a.yml", new byte[] {'o', 'n', ':', ' ', (byte) 0xff}))
        .isInstanceOf(YamlException.class)
        .hasMessage("it is not UTF-8");
  }

  @Test
  void whatIsNoYamlIsRefused() {
    isRefused(
        "a: 1\nb:\n\ta: b\n",
        Kind.GRAMMAR,
        "line 3: ",
        "found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
    isRefused("a: [b\n", Kind.GRAMMAR, "line 2: ", "expected ',' or ']', but got <stream end>");
    isRefused("a: *nowhere\n", Kind.GRAMMAR, "line 1: ", "found undefined alias nowhere");
    isRefused("a: \u0000\n", Kind.GRAMMAR, "", "special characters are not allowed");
  }
}
