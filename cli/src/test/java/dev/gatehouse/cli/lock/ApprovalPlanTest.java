package dev.gatehouse.cli.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.outcome.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person is shown before a lock is approved, what is then asked for, and the exit codes. */
class ApprovalPlanTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static String file(String name, String now, String then, boolean approvable) {
    return """
        {"file": "%1$s", "sha256": "hash-of-%1$s", "approvable": %4$s,
         "now": {"verdict": "%2$s", "reasons": [{"text": "because %2$s"}, {"text": "and more"}]},
         "then": {"verdict": "%3$s", "reasons": [{"text": "then %3$s"}]}}
        """
        .formatted(name, now, then, approvable);
  }

  private static ApprovalPlan plan(String... files) {
    return plan(List.of(), files);
  }

  private static ApprovalPlan plan(List<String> uncovered, String... files) {
    List<JsonNode> versions = new ArrayList<>();
    int number = 0;
    for (String file : files) {
      versions.add(
          JSON.readTree(
              """
              {"project": "p%d", "version": "1", "problem": null, "files": [%s], "unmatched": []}
              """
                  .formatted(++number, file)));
    }
    return new ApprovalPlan(versions, uncovered);
  }

  private static final String ADMITTED = file("a.whl", "admit", "admit", false);
  private static final String ADMITS = file("b.whl", "hold", "admit", true);
  private static final String INSPECTS = file("c.whl", "pending", "pending", true);
  private static final String HELD = file("d.whl", "hold", "hold", true);
  private static final String REFUSED = file("e.whl", "refuse", "refuse", false);

  @Test
  void showsEveryFileUnderWhatWouldBecomeOfIt() {
    List<String> lines =
        plan(List.of("x.txt:1:1: x settles on nothing"), REFUSED, HELD, INSPECTS, ADMITS, ADMITTED)
            .lines(Path.of("x.txt"));

    assertThat(lines)
        .containsExactly(
            "x.txt settles on 5 versions, of which this index knows 5 files.",
            "",
            "Admitted already:",
            "  p5==1",
            "    a.whl  admit: because admit; and more",
            "",
            "Would be admitted:",
            "  p4==1",
            "    b.whl  hold: because hold; and more",
            "",
            "Would be admitted once the inspection finds nothing that refuses it, when it is first asked for:",
            "  p3==1",
            "    c.whl  pending: because pending; and more",
            "",
            "Would still be held; the approval counts, and is not enough:",
            "  p2==1",
            "    d.whl  hold: then hold",
            "",
            "Cannot be approved:",
            "  p1==1",
            "    e.whl  refuse: because refuse; and more",
            "",
            "Not covered:",
            "  x.txt:1:1: x settles on nothing",
            "");
  }

  @Test
  void asksForWhatWasShownByItsHashesAndForNothingElse() {
    ApprovalPlan plan = plan(ADMITTED, ADMITS, INSPECTS, HELD, REFUSED);

    assertThat(plan.question()).isEqualTo("Approve 3 files of 3 versions?");
    assertThat(plan.approval("because", null))
        .isEqualTo(
            Map.of(
                "reason",
                "because",
                "versions",
                List.of(
                    Map.of("project", "p2", "version", "1", "sha256", List.of("hash-of-b.whl")),
                    Map.of("project", "p3", "version", "1", "sha256", List.of("hash-of-c.whl")),
                    Map.of("project", "p4", "version", "1", "sha256", List.of("hash-of-d.whl")))));
    assertThat(plan.approval("because", "2026-06-01T00:00:00Z"))
        .containsEntry("until", "2026-06-01T00:00:00Z");
  }

  @Test
  void endsWellOnlyWhereAllOfItIsServedFromNowOn() {
    assertThat(plan(ADMITTED).exitCode(false)).isEqualTo(ExitCode.DONE);
    assertThat(plan(ADMITTED, ADMITS, INSPECTS).exitCode(true)).isEqualTo(ExitCode.DONE);
    assertThat(plan(ADMITTED, ADMITS).exitCode(false)).isEqualTo(ExitCode.FOUND);
    assertThat(plan(ADMITS, HELD).exitCode(true)).isEqualTo(ExitCode.FOUND);
    assertThat(plan(ADMITS, REFUSED).exitCode(true)).isEqualTo(ExitCode.FOUND);
    assertThat(plan(List.of("x"), ADMITS).exitCode(true)).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(plan(List.of("x"), REFUSED).exitCode(true)).isEqualTo(ExitCode.FOUND);
  }

  @Test
  void whatTheServerCouldNotFindIsNotCovered() {
    JsonNode version =
        JSON.readTree(
            "{\"project\": \"p\", \"version\": \"1\", \"problem\": \"no upstream has it\", \"files\": []}");
    ApprovalPlan plan = new ApprovalPlan(List.of(version), List.of());

    assertThat(plan.lines(Path.of("x.txt"))).contains("  p==1: no upstream has it");
    assertThat(plan.outcome(false)).isEqualTo("There is nothing to approve.");
    assertThat(plan.exitCode(false)).isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void whatHasNoKnownHashCannotBeApproved() {
    ApprovalPlan plan =
        plan(file("f.whl", "pending", "pending", false).replace("\"hash-of-f.whl\"", "null"));

    assertThat(plan.lines(Path.of("x.txt")))
        .contains(
            "Cannot be approved:",
            "    f.whl  the upstream gives no hash of it; fetch it first: gatehouse vet p1==1");
    assertThat(plan.approvable()).isZero();
  }
}
