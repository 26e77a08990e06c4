package dev.gatehouse.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.docs.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in the root of the sources, in a checkout whose Maven is a script that says it was
 * called.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SourceLauncherIT {
  @TempDir Path folder;
  private Path checkout;
  private Path tools;

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    tools = Files.createDirectories(folder.resolve("tools"));
    copy("gatehouse");
    for (String file :
        List.of("jdk.sh", "gatehouse", "serve.options", "audit.options", "command.options")) {
      copy("cli/src/main/distribution/bin/" + file);
    }
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.createDirectories(checkout.resolve("store/src/main/java"));
    Files.createDirectories(checkout.resolve(".mvn"));
    maven(
        """
        mkdir -p cli/target/gatehouse/bin
        touch cli/target/gatehouse/gatehouse.jar
        printf '#!/bin/sh\\necho "runs: $*"\\n' >cli/target/gatehouse/bin/gatehouse
        chmod +x cli/target/gatehouse/bin/gatehouse
        """);
  }

  @Test
  void buildsAtTheFirstStartAndNotAtTheSecond() throws Exception {
    Run first = launch("serve", "--data", "a b");
    Run second = launch("--help");

    assertThat(first)
        .isEqualTo(
            new Run(
                0,
                "runs: serve --data a b\n",
                "Building Gatehouse (first start, a few minutes)…\n"));
    assertThat(second).isEqualTo(new Run(0, "runs: --help\n", ""));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch();
    Path source = Files.writeString(checkout.resolve("store/src/main/java/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Run run = launch();

    assertThat(run.err()).isEqualTo("Building Gatehouse (its sources changed)…\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void leavesWhatARunningServerUsesWhereItIs() throws Exception {
    launch();
    List<Path> before = copies();
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));

    launch();

    assertThat(copies()).hasSize(2).containsAll(before);
  }

  @Test
  void buildsOnceWhenManyStartAtOnce() throws Exception {
    List<Run.Running> starts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      starts.add(
          Run.started(checkout, environment(), checkout.resolve("gatehouse").toString(), "--help"));
    }

    for (Run.Running start : starts) {
      assertThat(start.end())
          .extracting(Run::exitCode, Run::out)
          .containsExactly(0, "runs: --help\n");
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void takesOverTheLockOfABuildThatWasKilled() throws Exception {
    Path lock = Files.createDirectories(checkout.resolve("target/launcher/lock"));
    // The greatest number that a process can have on Linux is below this.
    Files.writeString(lock.resolve("owner"), "99999999\n");

    assertThat(launch().exitCode()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
    maven("echo 'cannot find symbol'; exit 1\n");

    Run run = launch();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith(
            "Building Gatehouse (first start, a few minutes)…\ncannot find symbol\nCould not build Gatehouse: Maven failed");
    assertThat(checkout.resolve("target/launcher/lock")).doesNotExist();
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    Files.delete(tools.resolve("mvn"));

    Run run = launch();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "Could not build Gatehouse: mvn is not on the PATH.\nInstall Maven 3.8 or later, and start again.\n");
  }

  @Test
  void worksThroughASymbolicLinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("gh"), Path.of("a checkout/gatehouse"));

    Run run = Run.of(tools, environment(), link.toString(), "--version");

    assertThat(run.out()).isEqualTo("runs: --version\n");
  }

  @Test
  void takesTheJavaOfTheRightVersionOnly() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk17/bin"));
    Files.createFile(
        old.resolve("java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(
        old.resolveSibling("release"),
        "JAVA_VERSION=\"17.0.1\"\nIMPLEMENTOR=\"JAVA_VERSION=\\\"25\\\"\"\n");
    maven("echo \"$JAVA_HOME\" >&2; exit 1\n");

    Run run =
        Run.of(
            checkout,
            Map.of("PATH", environment().get("PATH"), "JAVA_HOME", old.getParent().toString()),
            checkout.resolve("gatehouse").toString());

    assertThat(run.err()).contains("\n" + System.getProperty("java.home") + "\n");
  }

  private Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("gatehouse").toString()));
    command.addAll(List.of(arguments));
    return Run.of(folder, environment(), command.toArray(String[]::new));
  }

  /** The script's own tools, and no other Maven. */
  private Map<String, String> environment() throws IOException {
    Path posix = Files.createDirectories(folder.resolve("posix"));
    for (String tool :
        List.of(
            "sh",
            "ls",
            "cat",
            "cp",
            "mv",
            "rm",
            "mkdir",
            "find",
            "head",
            "tail",
            "date",
            "sleep",
            "touch",
            "chmod",
            "dirname",
            "basename",
            "readlink")) {
      Path program = posix.resolve(tool);
      if (Files.notExists(program)) {
        Path found =
            Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
        Files.writeString(program, "#!/bin/sh\nexec " + found + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return Map.of("PATH", tools + ":" + posix, "JAVA_HOME", "");
  }

  private void maven(String script) throws IOException {
    Path file = tools.resolve("mvn");
    Files.writeString(file, "#!/bin/sh\necho build >>" + "'" + folder + "/builds'\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(checkout.resolve("target/launcher"))) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private void copy(String file) throws IOException {
    Path target = checkout.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(Checkout.root().resolve(file), target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
