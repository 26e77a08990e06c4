package dev.gatehouse.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetReportTest {
  private static final Rule BAD = new Rule("bad-thing", Severity.CRITICAL, true, "bad", "Go.");
  private static final Rule TOLD = new Rule("told-thing", Severity.INFO, false, "told", "Look.");

  private static TargetReport report(List<Finding> findings, List<Problem> problems) {
    return new TargetReport("a.whl", Kind.WHEEL, null, findings, problems, Map.of());
  }

  @Test
  void isCleanWithNothingButInfo() {
    assertThat(report(List.of(TOLD.in("a", "it is there")), List.of()).status())
        .isEqualTo(Status.CLEAN);
  }

  @Test
  void isNeverCleanWhereSomethingWasNotRead() {
    assertThat(report(List.of(), List.of(new Problem("a", "could not read it"))).status())
        .isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void putsTheWorstFirstAndTellsAFactOnce() {
    Finding told = TOLD.in("a", "it is there");
    Finding bad = BAD.in("b", "it runs");

    assertThat(report(List.of(told, bad, BAD.in("b", "it runs")), List.of()).findings())
        .containsExactly(bad, told);
  }

  @Test
  void keepsWhatStrangersWroteFromMovingTheCursor() {
    Finding finding = BAD.at("a\u001b[2J", 1, "it runs", "x\u202ey\n");

    assertThat(finding.path()).isEqualTo("a\\u001b[2J");
    assertThat(finding.evidence()).isEqualTo("x\\u202ey");
  }
}
