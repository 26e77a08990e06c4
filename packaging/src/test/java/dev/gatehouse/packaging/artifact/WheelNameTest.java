package dev.gatehouse.packaging.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelNameTest {
  @Test
  void tellsItsParts() {
    WheelName name =
        WheelName.parse("Charset_Normalizer-3.5.2-1a-cp311.cp312-abi3-manylinux1_x86_64.ANY.whl");
    assertThat(name.project()).isEqualTo(new ProjectName("charset-normalizer"));
    assertThat(name.version()).isEqualTo(Version.parse("3.5.2"));
    assertThat(name.build()).contains("1a");
    assertThat(name.pythonTags()).containsExactly("cp311", "cp312");
    assertThat(name.abiTags()).containsExactly("abi3");
    assertThat(name.platformTags()).containsExactly("manylinux1_x86_64", "any");
    assertThat(name).hasToString(name.filename());
  }

  @ParameterizedTest
  @CsvSource({
    "litellm-1.82.8-py3-none-any.whl, litellm, 1.82.8",
    "zope.interface-5.0-py2.py3-none-any.whl, zope-interface, 5.0",
    "foo-1!1.0+local.1-py3-none-any.whl, foo, 1!1.0+local.1",
    "foo-1.0+ubuntu_1-py3-none-any.whl, foo, 1.0+ubuntu.1",
    "foo-1.0.0rc1-py3-none-any.whl, foo, 1.0.0rc1",
  })
  void readsProjectAndVersion(String filename, String project, String version) {
    WheelName name = WheelName.parse(filename);
    assertThat(name.project()).hasToString(project);
    assertThat(name.version()).hasToString(version);
    assertThat(name.build()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".whl",
        "foo.whl",
        "foo-1.0.whl",
        "foo-1.0-py3-none.whl",
        "foo-1.0-1-2-py3-none-any.whl",
        "foo-1.0-py3-none-any.WHL",
        "foo-1.0-py3-none-any.zip",
        "foo-1.0-py3-none-any.whl.exe",
        "foo-1.0-py3-none-any.whl ",
        "foo-x-py3-none-any.whl",
        "foo--py3-none-any.whl",
        "foo-1.0-a-py3-none-any.whl",
        "foo__bar-1.0-py3-none-any.whl",
        "_foo-1.0-py3-none-any.whl",
        "-1.0-py3-none-any.whl",
        "foo-1.0-py3--any.whl",
        "foo-1.0-py3-none-any..x.whl",
        "foo-1.0-py3-none-an+y.whl",
        "../foo-1.0-py3-none-any.whl",
        "a/foo-1.0-py3-none-any.whl",
        "a\\foo-1.0-py3-none-any.whl",
        "foo-1.0\0-py3-none-any.whl",
        "föö-1.0-py3-none-any.whl",
        "foo-1.0-py3-none-any%2f.whl",
        "foo-1.0\r\n-py3-none-any.whl",
        "foo-1.0-py3-none-any.whl#x",
        "foo-1.0-py3-none-\"any.whl"
      })
  void refusesWhatIsNoWheelsName(String filename) {
    assertThatThrownBy(() -> WheelName.parse(filename)).isInstanceOf(MalformedException.class);
  }

  @Test
  void takesAFileNameOf255Characters() {
    String tail = "-1.0-py3-none-any.whl";
    assertThat(WheelName.parse("f-1.0-py3-none-" + "a".repeat(255 - 19) + ".whl").filename())
        .hasSize(255);
    assertThatThrownBy(() -> WheelName.parse("f-1.0-py3-none-" + "a".repeat(256 - 19) + ".whl"))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> WheelName.parse("f".repeat(201) + tail))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void isEqualByItsFileName() {
    assertThat(WheelName.parse("foo-1.0-py3-none-any.whl"))
        .isEqualTo(WheelName.parse("foo-1.0-py3-none-any.whl"))
        .hasSameHashCodeAs(WheelName.parse("foo-1.0-py3-none-any.whl"))
        .isNotEqualTo(WheelName.parse("Foo-1.0-py3-none-any.whl"));
  }
}
