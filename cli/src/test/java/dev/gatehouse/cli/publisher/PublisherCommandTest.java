package dev.gatehouse.cli.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublisherCommandTest {
  private static final String WORKFLOW = ".github/workflows/release.yml";
  private static final String BY_TOKEN =
      """
      on:
        push:
          tags: ["v*"]
      permissions:
        contents: read
      jobs:
        release:
          runs-on: ubuntu-latest
          steps:
            - uses: acme/checkout@v4   # the source
            - run: python -m build
            - run: twine upload dist/*
              env:
                TWINE_PASSWORD: ${{ secrets.PYPI_TOKEN }}
      """;
  private static final String PUBLISHER = "pypa/gh-action-pypi-publish";
  private static final String TAGS =
      "%s refs/heads/main\n%s refs/tags/v4\n%s refs/tags/v4^{}\n%s refs/heads/release/v1"
          .formatted("a".repeat(40), "b".repeat(40), "c".repeat(40), "d".repeat(40));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeTheRepository() throws IOException {
    Files.createDirectories(folder.resolve(".github/workflows"));
    Files.writeString(folder.resolve(WORKFLOW), BY_TOKEN);
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(
        folder.resolve(".git/config"),
        """
        [core]
        \tbare = false
        [remote "fork"]
        \turl = https://github.com/me/demo
        [remote "origin"]
        \turl = git@github.com:acme/demo.git
        """);
  }

  private int run(Function<String, URI> forge, String... words) {
    Map<String, String> environment =
        Map.of("COLUMNS", "100", "XDG_CACHE_HOME", folder.resolve("cache").toString());
    return new CommandLine(new MigrateCommand(environment, forge))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private int migrate(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = folder.toString();
    System.arraycopy(words, 0, line, 1, words.length);
    return run(
        name -> {
          throw new AssertionError("asked for " + name);
        },
        line);
  }

  private int check(String... words) {
    CommandLine command =
        Commands.of(Map.of("COLUMNS", "100"))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] line = new String[words.length + 3];
    line[0] = "publisher";
    line[1] = "check";
    line[2] = folder.toString();
    System.arraycopy(words, 0, line, 3, words.length);
    return command.execute(line);
  }

  @Test
  void checkNamesFileLineRuleAndWhatToDo() {
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("HIGH publisher-token-upload: ")
        .contains(WORKFLOW + ":12 twine upload uploads to PyPI with the secret PYPI_TOKEN")
        .contains("To do: Let the index trust the workflow itself");
  }

  @Test
  void checkWritesPlacesThatToolsOpen() {
    check("--format", "github");
    assertThat(out.toString()).contains("file=" + folder + "/" + WORKFLOW + ",line=12");
  }

  @Test
  void checkOfNoRepositoryIsOneClearLine() {
    int ended =
        Commands.of(Map.of())
            .setErr(new PrintWriter(err, true))
            .execute("publisher", "check", folder.resolve("nowhere").toString());
    assertThat(ended).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactly(
            "Could not read " + folder.resolve("nowhere") + ": there is no such folder.",
            "Name the folder of a repository.");
  }

  @Test
  void migrateLooksDigestsUpAndChecksClean() throws Exception {
    try (ActionForge forge =
        new ActionForge(
            Map.of(
                "acme/checkout",
                TAGS,
                "actions/upload-artifact",
                TAGS,
                "actions/download-artifact",
                TAGS,
                PUBLISHER,
                TAGS))) {
      assertThat(run(forge::address, folder.toString(), "--write")).isZero();
      assertThat(forge.asked()).doesNotHaveDuplicates().hasSize(4);
    }
    assertThat(Files.readString(folder.resolve(WORKFLOW)))
        .as("an annotated tag stands for its commit, and the comment stays")
        .contains("- uses: acme/checkout@" + "c".repeat(40) + " # v4   # the source\n")
        .contains("- uses: " + PUBLISHER + "@" + "d".repeat(40) + " # release/v1\n")
        .doesNotContain("TWINE_PASSWORD");
    assertThat(out.toString())
        .contains("#    Owner                         acme\n")
        .contains("#    Repository name               demo\n")
        .contains("#    Workflow name                 release.yml\n")
        .contains("#    Environment name              pypi\n")
        .contains("delete the secrets: PYPI_TOKEN\n");
    assertThat(check("--fail-on", "low")).isZero();
  }

  @Test
  void migrateTakesGivenDigestsAndAsksNobody() throws Exception {
    Path pins = folder.resolve("pins.txt");
    Files.writeString(
        pins,
        "# ours\nactions/upload-artifact@v4=%s\nactions/download-artifact@v4=%s  # too\n"
            .formatted("1".repeat(40), "2".repeat(40)));

    int ended =
        migrate(
            "--pins", pins.toString(),
            "--pin", "acme/checkout@v4=" + "3".repeat(40),
            "--pin", PUBLISHER + "@release/v1=" + "4".repeat(40));

    assertThat(ended).isZero();
    assertThat(out.toString())
        .startsWith("--- a/" + WORKFLOW + "\n+++ b/" + WORKFLOW + "\n@@ ")
        .contains("+      - uses: " + PUBLISHER + "@" + "4".repeat(40) + " # release/v1\n");
    assertThat(Files.readString(folder.resolve(WORKFLOW)))
        .as("nothing is written")
        .isEqualTo(BY_TOKEN);
  }

  @Test
  void migrateWithoutDigestsInventsNoneAndEndsWith3() throws Exception {
    assertThat(migrate("--offline")).isEqualTo(3);
    assertThat(out.toString())
        .contains("+      - uses: " + PUBLISHER + "@release/v1\n")
        .contains("#   acme/checkout@v4: nobody was asked (--offline)")
        .contains("publisher-unpinned-action");

    out.getBuffer().setLength(0);
    try (ActionForge forge = new ActionForge(Map.of("acme/checkout", TAGS.replace("v4", "v3")))) {
      assertThat(run(forge::address, folder.toString())).isEqualTo(3);
    }
    assertThat(out.toString())
        .contains(
            "#   acme/checkout@v4: acme/checkout has neither a tag nor a branch of that name\n")
        .contains("there is none, or it is private");
  }

  @Test
  void migrateRefusesWhatIsNoDigest() {
    int ended =
        Commands.of(Map.of())
            .setErr(new PrintWriter(err, true))
            .execute("publisher", "migrate", folder.toString(), "--pin", "acme/checkout@v4=v4");
    assertThat(ended).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("Could not use the pin acme/checkout@v4=v4: it names no digest.\n");
  }

  @Test
  void readsTheNameOfTheRepositoryFromItsOrigin() {
    assertThat(ForgeRepository.ofOrigin(folder)).contains(new ForgeRepository("acme", "demo"));
    for (String address :
        new String[] {
          "https://github.com/acme/demo",
          "https://token@github.com/acme/demo.git/",
          "ssh://git@github.com:22/acme/demo.git",
          "git@github.com:acme/demo.git"
        }) {
      assertThat(ForgeRepository.ofAddress(address))
          .as(address)
          .contains(new ForgeRepository("acme", "demo"));
    }
    assertThat(ForgeRepository.ofAddress("https://gitlab.com/group/sub/demo.git"))
        .contains(new ForgeRepository("group/sub", "demo"));
    assertThat(ForgeRepository.ofAddress("/srv/git/demo.git")).isEmpty();
  }
}
