package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReenactmentTest {
  @TempDir Path folder;

  @Test
  void makesWheelsWhoseMetadataCanBeRead() throws IOException {
    SampleArtifact wheel = Litellm.startup().wheel();

    byte[] metadata = WheelMetadata.read(wheel.writeTo(folder), WheelName.parse(wheel.filename()));

    assertThat(new String(metadata, UTF_8)).contains("Name: acme-gateway\nVersion: 1.82.8\n");
  }

  @Test
  void putsTheAttackInTheMidstOfAnOrdinaryPackage() {
    assertThat(Litellm.startup().files())
        .containsKeys("acme_gateway_init.pth", "acme_gateway/__init__.py", "acme_gateway/cli.py");
  }

  @Test
  void isNothingWithoutAnAttack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reenactment("none", "acme", "1.0", Map.of()))
        .withMessageContaining("none");
  }
}
