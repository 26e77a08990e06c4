package dev.gatehouse.packaging.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryPointsTest {
  @Test
  void readsGroupsNamesAndValues() {
    String text =
        """
        # made by hand
        [console_scripts]
        acme = acme.cli:main [fast]
        not a line

        [ pytest11 ]
        acme=acme.plugin
        """;

    List<EntryPoint> found = EntryPoints.parse(text.getBytes(UTF_8));

    assertThat(found)
        .containsExactly(
            new EntryPoint(3, "console_scripts", "acme", "acme.cli:main [fast]"),
            new EntryPoint(7, "pytest11", "acme", "acme.plugin"));
    assertThat(found).extracting(EntryPoint::module).containsExactly("acme.cli", "acme.plugin");
  }

  @Test
  void isBounded() {
    byte[] text = "[a]\n".concat("b=c\n".repeat(100_001)).getBytes(UTF_8);

    assertThatThrownBy(() -> EntryPoints.parse(text)).isInstanceOf(MalformedException.class);
  }
}
