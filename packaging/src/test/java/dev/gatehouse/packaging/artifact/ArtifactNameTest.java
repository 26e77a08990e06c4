package dev.gatehouse.packaging.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactNameTest {
  private static final ProjectName FOO_BAR = new ProjectName("foo-bar");

  @Test
  void readsWheelsAndSdists() {
    assertThat(ArtifactName.parse("foo_bar-1.0-py3-none-any.whl", FOO_BAR))
        .isInstanceOf(WheelName.class);
    assertThat(ArtifactName.parse("foo_bar-1.0.tar.gz", FOO_BAR)).isInstanceOf(SdistName.class);
  }

  @ParameterizedTest
  @CsvSource({
    "foo_bar-1.0.tar.gz, 1.0, .tar.gz",
    "foo-bar-1.0.tar.gz, 1.0, .tar.gz",
    "Foo.Bar-1.0.zip, 1.0, .zip",
    "foo-bar-1.0.tar.bz2, 1.0, .tar.bz2",
    "foo-bar-1.0.tar.xz, 1.0, .tar.xz",
    "foo-bar-1.0.tgz, 1.0, .tgz",
    "foo--bar-1.0.zip, 1.0, .zip",
    "foo-bar-1.0-rc1.tar.gz, 1.0rc1, .tar.gz",
    "foo-bar-1.0-1.tar.gz, 1.0.post1, .tar.gz",
    "foo_bar-1!2.0+local.tar.gz, 1!2.0+local, .tar.gz",
  })
  void readsSdistsOfOldAndNewNames(String filename, String version, String suffix) {
    SdistName name = SdistName.parse(filename, FOO_BAR);
    assertThat(name.version()).hasToString(version);
    assertThat(name.suffix()).isEqualTo(suffix);
    assertThat(name.project()).isEqualTo(FOO_BAR);
    assertThat(name).hasToString(filename);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "foo_bar",
        "foo_bar-1.0",
        "foo_bar-1.0.egg",
        "foo_bar-1.0.exe",
        "foo_bar-1.0.msi",
        "foo_bar-1.0-1.rpm",
        "foo_bar-1.0.tar",
        "foo_bar-1.0.tar.gz.asc",
        "foo_bar-1.0.tar.gz.metadata",
        "foo_bar-1.0.TAR.GZ",
        "foo_bar.tar.gz",
        "foo_bar-.tar.gz",
        "foo_bar-x.tar.gz",
        "foo_bar-1.0-linux.zip",
        "foo-1.0.tar.gz",
        "foo_bar_baz-1.0.tar.gz",
        "foobar-1.0.tar.gz",
        "foo_bar-1.0-py3.tar.gz",
        "foobar-1.0-py3-none-any.whl",
        "foo-1.0-py3-none-any.whl",
        "../foo_bar-1.0.tar.gz",
        "foo_bar-1.0\0.tar.gz",
        "foo_bar-1.0 .tar.gz",
        "foo_bar-1.0\n.tar.gz",
        ".tar.gz",
        "-.zip"
      })
  void refusesOtherFilesAndOtherProjects(String filename) {
    assertThat(ArtifactName.parseIfValid(filename, FOO_BAR)).isEmpty();
    assertThatThrownBy(() -> ArtifactName.parse(filename, FOO_BAR))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void saysWhoseFileWasExpected() {
    assertThatThrownBy(() -> ArtifactName.parse("evil-1.0-py3-none-any.whl", FOO_BAR))
        .hasMessage("a wheel of foo-bar is not called \"evil-1.0-py3-none-any.whl\"");
    assertThatThrownBy(() -> ArtifactName.parse("evil-1.0.zip", FOO_BAR))
        .hasMessage("an sdist of foo-bar is not called \"evil-1.0.zip\"");
  }

  @Test
  void readsOneFileNameUnderTwoProjectsAsTwo() {
    SdistName one = SdistName.parse("foo-1-2.tar.gz", new ProjectName("foo"));
    SdistName two = SdistName.parse("foo-1-2.tar.gz", new ProjectName("foo-1"));
    assertThat(one.version()).hasToString("1.post2");
    assertThat(two.version()).hasToString("2");
    assertThat(one).isNotEqualTo(two);
  }
}
