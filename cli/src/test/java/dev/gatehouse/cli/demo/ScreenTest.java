package dev.gatehouse.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter out = new StringWriter();

  private Screen screen(boolean terminal, int columns) {
    return new Screen(new PrintWriter(out), new Terminal(terminal, terminal, true, columns));
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  @Test
  void keepsEveryLineWithinTheColumnsAndInAscii() {
    Screen screen = screen(false, 120);

    screen.said("pip said \u2026 " + "word ".repeat(40) + "x".repeat(250) + "\u001b[31m\u00e9");

    assertThat(lines()).hasSizeGreaterThan(4).allMatch(line -> line.length() <= 100);
    assertThat(out.toString())
        .matches("[\\n -~]+")
        .contains("pip said ... word")
        .contains("x\\u001b[31m?");
    assertThat(lines().getFirst()).startsWith("   | pip said");
    assertThat(lines().getLast()).startsWith("   |   xx");
  }

  @Test
  void coloursOnATerminalAlone() {
    screen(false, 100).check(true, "as told", "");
    assertThat(out.toString()).doesNotContain("\u001b");

    screen(true, 100).check(true, "as told", "");
    assertThat(out.toString()).contains("\u001b[32m   => as told\u001b[0m");
  }

  @Test
  void endsWellOnlyWhereAllCameOutAsToldAndThereWasAPip() {
    Screen good = screen(false, 100);
    good.check(true, "it was kept out", "");
    assertThat(good.end(true, 1_500_000_000)).isTrue();
    assertThat(lines().getLast()).isEqualTo("Everything came out as told, in 1.5 s.");
    assertThat(good.end(false, 0)).isFalse();

    Screen bad = screen(false, 100);
    bad.check(true, "it was kept out", "");
    bad.check(false, "it was kept out", "what pip\nreally said");
    assertThat(bad.end(true, 0)).isFalse();
    assertThat(lines())
        .contains("   => NOT AS TOLD: it was kept out", "   | what pip", "   | really said")
        .endsWith("1 of 2 did not come out as told.");
  }
}
