package dev.gatehouse.provenance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What strangers write in place of a workflow ends in one clear line, and the report is incomplete.
 */
class HostileWorkflowTest {
  private static final String PATH = ".github/workflows/release.yml";

  @TempDir Path folder;

  @BeforeEach
  void makeTheFolder() throws IOException {
    Files.createDirectories(folder.resolve(".github/workflows"));
  }

  private TargetReport check(byte[] bytes) throws IOException {
    Files.write(folder.resolve(PATH), bytes);
    return new PublisherCheck(List.of()).check("x", WorkflowFiles.read(folder));
  }

  private void isRefused(String text, String reason) throws IOException {
    isRefused(text.getBytes(StandardCharsets.UTF_8), reason);
  }

  private void isRefused(byte[] bytes, String reason) throws IOException {
    TargetReport report = check(bytes);
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().getFirst().path()).isEqualTo(PATH);
    assertThat(report.problems().getFirst().message())
        .isEqualTo("Could not be read: " + reason + ".");
  }

  @Test
  void aBombOfAliasesIsNotExpanded() throws Exception {
    StringBuilder bomb = new StringBuilder("on: push\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    isRefused(
        bomb + "jobs: {a: {steps: []}}\n", "line 6: aliases make more than 100000 values of it");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws Exception {
    isRefused(
        "on: push\njobs:\n  a: {}\npermissions: {}\njobs:\n  b: {}\n",
        "line 5: the key jobs stands in line 2 already");
  }

  @Test
  void whatIsTooMuchIsRefused() throws Exception {
    isRefused(new byte[(1 << 20) + 1], "it has more than 1048576 bytes");
  }

  @Test
  void whatIsNoUtf8IsRefused() throws Exception {
    isRefused("on: push".getBytes(StandardCharsets.UTF_16), "it is not UTF-8");
  }

  @Test
  void whatIsNoYamlIsRefused() throws Exception {
    isRefused(
        "on: push\njobs:\n\ta: b\n",
        "line 3: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
  }

  @Test
  void whatIsNoWorkflowIsRefused() throws Exception {
    isRefused("", "it is empty");
    isRefused("just text\n", "it is no workflow: it has no keys");
    isRefused("- a\n- b\n", "it is no workflow: it has no keys");
    isRefused("name: x\n", "it is no workflow: it does not say when it runs (on)");
    isRefused("on: push\njobs: []\n", "it is no workflow: it has no jobs");
    isRefused("on: push\njobs: {a: text}\n", "it is no workflow: it has no jobs");
    isRefused(
        "on: push\njobs: {a: {}}\n---\non: push\n",
        "line 4: a second document, and a workflow has one");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path other = folder.resolve("other.yml");
    Files.writeString(other, "on: push\njobs: {a: {steps: []}}\n");
    Files.createSymbolicLink(folder.resolve(PATH), other);

    TargetReport report = new PublisherCheck(List.of()).check("x", WorkflowFiles.read(folder));

    assertThat(report.problems())
        .extracting(problem -> problem.path() + ": " + problem.message())
        .containsExactly(PATH + ": Could not be read: it is a link or no file.");
  }

  @Test
  void nothingOutsideOfTheRepositoryIsRead() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("inner"));
    Files.writeString(folder.resolve("action.yml"), "no action at all");
    Files.createDirectories(repository.resolve(".github/workflows"));
    Files.writeString(
        repository.resolve(PATH),
        "on: push\njobs: {a: {steps: [{uses: ./../}, {uses: ./../../}]}}\n");

    assertThat(new PublisherCheck(List.of()).check("x", WorkflowFiles.read(repository)).problems())
        .isEmpty();
  }

  @Test
  void aRepositoryWithoutWorkflowsIsNotCalledClean() throws Exception {
    TargetReport report = new PublisherCheck(List.of()).check("x", WorkflowFiles.read(folder));

    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.problems().getFirst().message()).startsWith("No workflow was read: ");
  }

  @Test
  void oddValuesInTheirPlacesAreNoFault() throws Exception {
    TargetReport report =
        check(
            """
            "on": [push, {a: b}]
            permissions: [x]
            env: [1]
            jobs:
              a:
                needs: {x: y}
                runs-on: {}
                permissions: 7
                env: text
                steps: [text, [], {run: [a]}, {uses: {}}, {with: 3, env: []}, {uses: "@@"}]
              b: {steps: {}}
              c: {steps: ~, uses: [], secrets: 3, needs: [a, c, nobody]}
            """
                .getBytes(StandardCharsets.UTF_8));

    assertThat(report.problems()).isEmpty();
    assertThat(report.findings()).isEmpty();
  }
}
