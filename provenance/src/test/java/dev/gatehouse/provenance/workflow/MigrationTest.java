package dev.gatehouse.provenance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.provenance.workflow.Digests.Answer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {
  private static final String COMMIT = "c0ffee".repeat(6) + "beef";
  private static final Digests KNOWN =
      name -> new Answer.Found(name.contains("/") ? COMMIT : "sha256:" + "d".repeat(64));
  private static final Digests UNKNOWN = name -> new Answer.Missing("nobody was asked");

  @TempDir Path folder;

  static List<String> good() throws IOException, URISyntaxException {
    return SampleRepository.names("good");
  }

  private Migration migrate(String name, Digests digests) throws Exception {
    Path repository = SampleRepository.read(name).writeTo(folder);
    return Migration.of(
        "x", WorkflowFiles.read(repository), new PublisherCheck(List.of()), digests);
  }

  private String migrated(String name) throws Exception {
    return migrate(name, KNOWN).changed().values().iterator().next();
  }

  /** Faults that an edit can mend. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token-twine-in-one-job",
        "action-with-password",
        "action-with-password-alone",
        "hatch",
        "pdm",
        "poetry",
        "flit",
        "no-id-token",
        "trusted-in-one-job",
        "attestations-off",
        "attestations-too-old",
        "caches",
        "matrix-and-two-indexes",
        "working-directory",
        "gitlab-token"
      })
  void mendsPlainFaults(String name) throws Exception {
    Migration migration = migrate("bad/" + name + ".txt", KNOWN);

    assertThat(migration.changed()).isNotEmpty();
    assertThat(migration.after().findings()).extracting(Finding::message).isEmpty();
    assertThat(migration.after().problems()).isEmpty();
    assertThat(migration.left()).isEmpty();
    assertThat(migration.unpinned()).isEmpty();
    assertThat(migration.publishers()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("good")
  void changesNothingThatIsRight(String name) throws Exception {
    Migration migration = migrate(name, KNOWN);

    assertThat(migration.patch()).isEmpty();
    assertThat(migration.left()).isEmpty();
  }

  @Test
  void leavesEverythingElseAsItWas() throws Exception {
    SampleRepository sample = SampleRepository.read("bad/token-twine-in-one-job.txt");
    String before = sample.files().values().iterator().next();
    String now = migrated("bad/token-twine-in-one-job.txt");

    // What is gone is the cache, the upload and what it was given; in place of `@v4` there is a
    // commit.
    List<String> gone = new ArrayList<>(before.lines().toList());
    now.lines().forEach(gone::remove);
    assertThat(gone)
        .map(line -> line.replaceAll(" #!.*", "").strip())
        .containsExactly(
            "- uses: actions/checkout@v4",
            "- uses: actions/setup-python@v5",
            "cache: pip",
            "- name: Upload",
            "env:",
            "TWINE_USERNAME: __token__",
            "TWINE_PASSWORD: ${{ secrets.PYPI_API_TOKEN }}",
            "run: twine upload dist/*");
    assertThat(now)
        .contains("name: Release   # by tag\n")
        .contains("      # tools\n")
        .contains("      - uses: actions/checkout@" + COMMIT + " # v4 #! publisher");
  }

  @Test
  void writesTheJobThatPublishes() throws Exception {
    assertThat(migrated("bad/action-with-password.txt"))
        .endsWith(
            """
                  - run: python -m build
                  - uses: actions/upload-artifact@COMMIT # v4
                    with:
                      name: python-distributions
                      path: dist/

              publish:
                needs: pypi
                if: startsWith(github.ref, 'refs/tags')
                runs-on: ubuntu-latest
                environment: pypi
                permissions:
                  id-token: write
                steps:
                  - uses: actions/download-artifact@COMMIT # v4
                    with:
                      name: python-distributions
                      path: dist/
                  - uses: pypa/gh-action-pypi-publish@COMMIT # release/v1
            """
                .replace("COMMIT", COMMIT));
  }

  /** What moves to another job is a stranger's text, and says the same there. */
  @Test
  void keepsWhatStoodInQuotes() throws Exception {
    Path workflow = folder.resolve(".github/workflows/release.yml");
    Files.createDirectories(workflow.getParent());
    Files.writeString(
        workflow,
        """
        on: {push: {tags: ["v*"]}}
        permissions:
          contents: read
        jobs:
          release:
            runs-on: ubuntu-latest
            environment: "a: b # c"
            steps:
              - run: python -m build
              - uses: pypa/gh-action-pypi-publish@release/v1
                with:
                  password: ${{ secrets.TOKEN }}
                  verify-metadata: "no: {evil"
                  print-hash: "a\\nuses: evil/evil@main"
        """);

    Migration migration =
        Migration.of("x", WorkflowFiles.read(folder), new PublisherCheck(List.of()), KNOWN);

    assertThat(migration.changed().values().iterator().next())
        .contains(
            "    environment: \"a: b # c\"\n",
            "verify-metadata: \"no: {evil\"\n",
            "print-hash: \"a\\nuses: evil/evil@main\"\n")
        .doesNotContain("\nuses: evil");
  }

  @Test
  void saysThatStepsBehindTheUploadDoNotWaitForItAnyMore() throws Exception {
    Migration migration = migrate("bad/token-twine-in-a-block.txt", KNOWN);

    assertThat(migration.after().findings()).isEmpty();
    assertThat(migration.left())
        .containsExactly(
            ".github/workflows/release.yml:20 the job deploy: its steps behind the upload now run"
                + " before it; move what has to wait to a job that needs the new one.");
  }

  @Test
  void namesThePublisherAndTheSecrets() throws Exception {
    Migration migration = migrate("bad/matrix-and-two-indexes.txt", KNOWN);

    assertThat(migration.publishers())
        .containsExactly(
            new PublishedBy("TestPyPI", "GitHub", "release.yml", "testpypi"),
            new PublishedBy("PyPI", "GitHub", "release.yml", "pypi"));
    assertThat(migration.secrets()).containsExactly("TEST_PYPI_TOKEN", "PYPI_TOKEN");
    assertThat(migration.changed().values().iterator().next())
        .contains("name: python-distributions-${{ strategy.job-index }}")
        .contains("merge-multiple: true")
        .contains("repository-url: https://test.pypi.org/legacy/")
        .contains("skip-existing: true");
  }

  @Test
  void namesTheSecretOfTheUserTooAndNoneThatIsStillUsed() throws Exception {
    assertThat(migrate("bad/user-and-shared-secret.txt", KNOWN).secrets())
        .containsExactly("PYPI_USER");
  }

  @Test
  void inventsNoDigest() throws Exception {
    Migration migration = migrate("bad/token-twine-in-one-job.txt", UNKNOWN);

    assertThat(migration.unpinned())
        .containsExactlyInAnyOrder(
            "actions/checkout@v4: nobody was asked",
            "actions/setup-python@v5: nobody was asked",
            "actions/upload-artifact@v4: nobody was asked",
            "actions/download-artifact@v4: nobody was asked",
            "pypa/gh-action-pypi-publish@release/v1: nobody was asked");
    assertThat(migration.after().findings())
        .extracting(finding -> finding.rule().name())
        .containsOnly("publisher-unpinned-action")
        .hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unseen-upload", "composite", "reusable-of-others", "setup-py-upload", "anchored"})
  void leavesWhatItCannotEditAndSaysSo(String name) throws Exception {
    Migration migration = migrate("bad/" + name + ".txt", KNOWN);

    assertThat(migration.after().findings())
        .extracting(finding -> finding.rule().name())
        .contains("publisher-token-upload");
    assertThat(migration.left().size() + migration.after().findings().size()).isPositive();
    if (!name.equals("setup-py-upload")) {
      assertThat(migration.left()).isNotEmpty();
    }
  }

  @Test
  void givesAPatchThatApplies() throws Exception {
    Migration migration = migrate("bad/token-twine-in-a-block.txt", KNOWN);
    Map.Entry<String, String> changed = migration.changed().entrySet().iterator().next();
    List<String> before = Files.readAllLines(folder.resolve(changed.getKey()));

    List<String> patch = migration.patch().lines().toList();

    assertThat(patch.getFirst()).isEqualTo("--- a/" + changed.getKey());
    assertThat(
            com.github.difflib.DiffUtils.patch(
                before, com.github.difflib.UnifiedDiffUtils.parseUnifiedDiff(patch)))
        .isEqualTo(changed.getValue().lines().toList());
  }
}
