package dev.gatehouse.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void areOnePrintableLineEach() {
    Labels labels =
        new Labels("  ann\r\n2026 INFO forged\u001b[31m\u202e\0 ", List.of(" a\tb ", "\ud800"));

    assertThat(labels.endUser()).isEqualTo("ann\\r\\n2026 INFO forged\\u001b[31m\\u202e\\u0000");
    assertThat(labels.tags()).containsExactly("a\\tb", "\\ud800");
  }

  @Test
  void areShortAndFew() {
    Labels labels =
        new Labels(
            "u".repeat(1_000_000),
            IntStream.range(0, 1000).mapToObj(i -> i + "t".repeat(10_000)).toList());

    assertThat(labels.endUser()).isEqualTo("u".repeat(256) + "…");
    assertThat(labels.tags())
        .hasSize(10)
        .startsWith("0" + "t".repeat(99) + "…")
        .endsWith("9" + "t".repeat(99) + "…");
  }

  @Test
  void areNoneWhereNothingIsSaid() {
    assertThat(new Labels(" ", List.of("", "  "))).isEqualTo(Labels.NONE);
    assertThat(new Labels(null, List.of("a", " a", "b")).tags()).containsExactly("a", "b");
  }

  /** The journal is read by making them again. */
  @Test
  void stayWhatTheyAreWhenMadeAgain() {
    Labels labels = new Labels("é\n".repeat(300), List.of("\t".repeat(300), "🦄".repeat(300)));

    assertThat(new Labels(labels.endUser(), labels.tags())).isEqualTo(labels);
  }
}
