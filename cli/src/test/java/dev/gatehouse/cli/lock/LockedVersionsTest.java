package dev.gatehouse.cli.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a requirement or lock file is taken for settled, and by which hashes. */
class LockedVersionsTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @TempDir private Path folder;

  private LockedVersions read(String name, String text) throws IOException {
    return LockedVersions.read(Files.writeString(folder.resolve(name), text), Map.of());
  }

  @Test
  void takesExactVersionsWithTheirHashes() throws IOException {
    LockedVersions locked =
        read(
            "requirements.txt",
            "demo==1.0 --hash=sha256:%s --hash=sha256:%s\nOther.Name == 2.0\n".formatted(B, A));

    assertThat(locked.versions())
        .extracting(Object::toString)
        .containsExactly("demo==1.0", "other-name==2.0");
    assertThat(locked.versions().getFirst().members())
        .containsEntry("sha256", java.util.List.of(A, B));
    assertThat(locked.versions().getLast().sha256()).isEmpty();
    assertThat(locked.uncovered()).isEmpty();
  }

  @Test
  void aVersionThatIsNamedTwiceIsOneAndBoundByTheHashesThatWereGiven() throws IOException {
    LockedVersions locked =
        read(
            "requirements.txt",
            "demo==1.0 --hash=sha256:%s\ndemo==1.0 ; python_version < '3.9'\n".formatted(A));

    assertThat(locked.versions()).hasSize(1);
    assertThat(locked.versions().getFirst().sha256()).hasSize(1);
  }

  @Test
  void hashesThatCannotBeComparedAreNotTakenForNone() throws IOException {
    LockedVersions locked =
        read(
            "requirements.txt",
            "other==1.0\ndemo==1.0 --hash=sha512:%s\n".formatted("c".repeat(128)));

    assertThat(locked.versions()).extracting(Object::toString).containsExactly("other==1.0");
    assertThat(locked.uncovered())
        .singleElement()
        .asString()
        .endsWith("none of the hashes of demo==1.0 is a sha256");
  }

  @Test
  void saysWhatIsNotSettled() throws IOException {
    LockedVersions locked =
        read("requirements.txt", "demo==1.0\nother>=2\ngit+https://example.com/x.git#egg=x\n");

    assertThat(locked.uncovered()).hasSize(2);
    assertThat(locked.uncovered().getFirst()).contains("2:1").contains("other>=2");
  }

  @Test
  void readsALockWithItsFiles() throws IOException {
    LockedVersions locked =
        read(
            "pylock.toml",
            """
            lock-version = "1.0"
            created-by = "a tool"
            [[packages]]
            name = "demo"
            version = "1.0"
            [[packages.wheels]]
            name = "demo-1.0-py3-none-any.whl"
            url = "https://files.example/demo-1.0-py3-none-any.whl"
            hashes = {sha256 = "%s"}
            """
                .formatted(A));

    assertThat(locked.versions()).extracting(Object::toString).containsExactly("demo==1.0");
    assertThat(locked.versions().getFirst().sha256()).hasSize(1);
  }

  @Test
  void aBrokenFileIsOneClearLineAndWrongUse() throws IOException {
    for (String text : new String[] {"demo=1", "-r missing.txt", "[[packages\n", ">=1\n"}) {
      Path file = Files.writeString(folder.resolve("requirements.txt"), text);
      assertThatThrownBy(() -> LockedVersions.read(file, Map.of()))
          .as(text)
          .isInstanceOfSatisfying(
              CommandFailure.class,
              failure -> {
                assertThat(failure.exitCode()).isEqualTo(ExitCode.WRONG_USE);
                assertThat(failure).message().asString().hasLineCount(2);
              });
    }
  }

  @Test
  void aFileThatSettlesOnNothingIsWrongUse() throws IOException {
    Path file = Files.writeString(folder.resolve("requirements.txt"), "demo\nother>=1\n");

    assertThatThrownBy(() -> LockedVersions.read(file, Map.of()))
        .hasMessageContaining("settles on no version");
  }
}
