package dev.gatehouse.packaging.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WheelFileTest {
  @Test
  void expandsItsTags() {
    String text =
        "Wheel-Version: 1.0\r\nRoot-Is-Purelib: True\r\nTag: py2.py3-none-any\r\nTag: CP36-abi3-x\r\n";

    WheelFile wheel = WheelFile.parse(text.getBytes(UTF_8));

    assertThat(wheel.version()).isEqualTo("1.0");
    assertThat(wheel.rootIsPurelib()).isTrue();
    assertThat(wheel.tags())
        .containsExactlyInAnyOrder("py2-none-any", "py3-none-any", "cp36-abi3-x");
  }

  @Test
  void noTagSetExplodes() {
    String part = "a.".repeat(1_000) + "b";

    assertThat(TagSet.expand(part + "-none-any")).hasSizeLessThan(100);
  }
}
