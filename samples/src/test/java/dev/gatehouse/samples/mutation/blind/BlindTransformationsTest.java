package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.samples.mutation.Mutant;
import dev.gatehouse.samples.mutation.Mutants;
import dev.gatehouse.samples.mutation.Transformation;
import dev.gatehouse.samples.mutation.Transformations;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlindTransformationsTest {
  private static Optional<Map<String, byte[]>> files(String name, String path, String text) {
    return BlindTransformations.all().stream()
        .filter(transformation -> transformation.name().equals(name))
        .findFirst()
        .orElseThrow()
        .apply(
            Map.of(path, text.getBytes(UTF_8)),
            path,
            RandomGeneratorFactory.of("L64X128MixRandom").create(7));
  }

  private static String made(String name, String text) {
    return new String(files(name, "acme/a.py", text).orElseThrow().get("acme/a.py"), UTF_8);
  }

  @Test
  void haveNamesOfTheirOwn() {
    assertThat(
            Stream.concat(Transformations.all().stream(), BlindTransformations.all().stream())
                .map(Transformation::name))
        .doesNotHaveDuplicates();
  }

  @Test
  void areAllApplied() {
    Set<String> applied = new HashSet<>();
    for (Reenactment incident : Reenactments.all()) {
      List<String> carriers = List.copyOf(incident.carriers().keySet());
      Map<String, byte[]> files = new LinkedHashMap<>(incident.files());
      files.keySet().removeIf(path -> !path.endsWith(".py") && !path.endsWith(".pth"));
      Mutants.of(files, carriers, BlindTransformations.all(), 1, 500)
          .map(Mutant::transformations)
          .forEach(applied::addAll);
    }
    assertThat(applied)
        .containsExactlyInAnyOrderElementsOf(
            BlindTransformations.all().stream().map(Transformation::name).toList());
  }

  @Test
  void reachFunctionsByADetour() {
    assertThat(made("call-attrgetter", "import os as o\no.path.join('a', 'b')\n"))
        .isEqualTo("import os as o\n__import__('operator').attrgetter('path.join')(o)('a', 'b')\n");
    assertThat(made("builtin-self", "'exec(1)'; exec(code)\n"))
        .isEqualTo("'exec(1)'; print.__self__.exec(code)\n");
  }

  @Test
  void keepTheProgramThatIsStarted() {
    assertThat(
            made(
                "process-posix-spawn",
                "import subprocess\nsubprocess.run(['a', b], executable='true', check=False)\n"))
        .isEqualTo(
            "import subprocess\n(lambda o, w: o.posix_spawnp('true', w, o.environ))"
                + "(__import__('os'), list(['a', b]))\n");
  }

  @Test
  void keepWhatTheModuleBindsAndTheTextsInIt() {
    assertThat(made("place-finally", "'''D'''\nimport os\nx = '''a\n b'''\n"))
        .isEqualTo("'''D'''\ntry:\n    pass\nfinally:\n    import os\n    x = '''a\n b'''\n");
    assertThat(made("place-lambda-default", "import os\nx = 1\n")).contains("global os, x\n");
  }

  @Test
  void changeNoStringThatStandsBesideAnother() {
    assertThat(files("string-octal", "acme/a.py", "x = 'one' 'two'\n")).isEmpty();
  }

  @Test
  void leaveAloneWhatDoesNotFit() {
    assertThat(files("place-finally", "acme/a.py", "# nothing\n")).isEmpty();
    assertThat(files("place-new", "acme/a.py", "from .b import *\n")).isEmpty();
    assertThat(files("place-new", "acme.pth", "import os\n")).isEmpty();
    assertThat(files("noise-license", "acme/a.py", "# coding: utf-7\nx = 1\n")).isEmpty();
  }

  @Test
  void keepALineOfAPthALine() {
    Map<String, byte[]> files =
        files("format-brackets", "acme.pth", "import os; os.system(\"true\")\n").orElseThrow();

    assertThat(new String(files.getOrDefault("acme.pth", new byte[0]), UTF_8).lines()).hasSize(1);
  }
}
