package dev.gatehouse.packaging.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.Corpus;
import dev.gatehouse.packaging.PythonReference;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what is read out of real wheels against Python's zipfile and email. */
class WheelMetadataReferenceIT {
  @TempDir Path folder;

  @Test
  void readsNameVersionAndRequirementsOfRealWheelsAsPythonDoes() throws Exception {
    List<Path> wheels = Corpus.wheels();
    PythonReference reference = new PythonReference(folder);
    wheels.forEach(wheel -> reference.ask("metadata", wheel.toString()));
    List<String> answers = reference.answers();
    assertThat(wheels).isNotEmpty();
    for (int i = 0; i < wheels.size(); i++) {
      WheelName name = WheelName.parse(wheels.get(i).getFileName().toString());
      CoreMetadata metadata = CoreMetadata.parse(WheelMetadata.read(wheels.get(i), name));
      List<String> own = new ArrayList<>(List.of(metadata.spelledName()));
      own.addAll(metadata.values("Version"));
      own.addAll(metadata.requiresDist());
      assertThat(own).as(name.filename()).containsExactly(decoded(answers.get(i)));
      assertThat(metadata.name()).isEqualTo(name.project());
      assertThat(metadata.version()).isEqualTo(name.version());
    }
  }

  private static String[] decoded(String answer) {
    return new String(Base64.getDecoder().decode(answer), UTF_8).split("\0", -1);
  }
}
