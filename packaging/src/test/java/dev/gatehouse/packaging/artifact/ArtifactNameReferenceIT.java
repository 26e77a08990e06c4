package dev.gatehouse.packaging.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.Corpus;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.PythonReference;
import dev.gatehouse.packaging.name.ProjectName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds project names and file names against the reference implementation. */
class ArtifactNameReferenceIT {
  private static final int CASES = 20_000;

  @TempDir Path folder;

  @Test
  void normalisesNamesAsTheReferenceDoes() throws Exception {
    FilenameTexts texts = new FilenameTexts(503);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      asked.add(texts.name());
      reference.ask("name", asked.getLast());
    }
    List<String> answers = reference.answers();
    for (int i = 0; i < CASES; i++) {
      String own = ProjectName.parseIfValid(asked.get(i)).map(ProjectName::normalized).orElse("!");
      assertThat(own).as(asked.get(i)).isEqualTo(answers.get(i));
    }
    assertThat(answers).contains("!");
  }

  @Test
  void readsWheelNamesAsTheReferenceDoes() throws Exception {
    FilenameTexts texts = new FilenameTexts(427);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      asked.add(texts.wheel());
    }
    int agreed = compareWheels(asked, reference);
    assertThat(agreed).as("wheels that both read").isBetween(CASES / 10, CASES / 2);
  }

  @Test
  void readsTheNamesOfRealWheelsAsTheReferenceDoes() throws Exception {
    List<String> asked =
        Corpus.wheels().stream().map(file -> file.getFileName().toString()).toList();
    assertThat(compareWheels(asked, new PythonReference(folder)))
        .isEqualTo(asked.size())
        .isPositive();
  }

  @Test
  void readsSdistNamesAsTheReferenceDoes() throws Exception {
    FilenameTexts texts = new FilenameTexts(625);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      asked.add(texts.sdist());
      reference.ask("sdist", asked.getLast());
    }
    List<String> answers = reference.answers();
    int agreed = 0;
    for (int i = 0; i < CASES; i++) {
      String filename = asked.get(i);
      String[] answer = answers.get(i).split(" ", -1);
      Optional<ProjectName> project = ProjectName.parseIfValid(answer[0]);
      // What the reference refuses may still be a name older than PEP 625; what it takes, we read
      // alike.
      if (answer.length == 2
          && project.isPresent()
          && isSafe(filename)
          && hasProperName(filename)) {
        assertThat(SdistName.parse(filename, project.get()).version())
            .as(filename)
            .hasToString(answer[1]);
        agreed++;
      }
    }
    assertThat(agreed).as("sdists that both read").isGreaterThan(CASES / 5);
  }

  /**
   * How many both read; fails where they read differently, or we refuse without a reason of our
   * own.
   */
  private static int compareWheels(List<String> asked, PythonReference reference) throws Exception {
    asked.forEach(filename -> reference.ask("wheel", filename));
    List<String> answers = reference.answers();
    int agreed = 0;
    for (int i = 0; i < asked.size(); i++) {
      String own = described(asked.get(i));
      if (!own.equals("!")) {
        assertThat(own).as(asked.get(i)).isEqualTo(answers.get(i));
        agreed++;
      } else if (!PythonReference.refused(answers.get(i))) {
        assertThat(isRefusedOnPurpose(asked.get(i))).as(asked.get(i)).isTrue();
      }
    }
    return agreed;
  }

  private static String described(String filename) {
    try {
      WheelName name = WheelName.parse(filename);
      TreeSet<String> tags = new TreeSet<>();
      for (String python : name.pythonTags()) {
        for (String abi : name.abiTags()) {
          name.platformTags().forEach(platform -> tags.add(python + "-" + abi + "-" + platform));
        }
      }
      String build = name.build().map(ArtifactNameReferenceIT::withoutLeadingZeros).orElse("-");
      return name.project() + " " + name.version() + " " + build + " " + String.join(" ", tags);
    } catch (MalformedException e) {
      return "!";
    }
  }

  private static String withoutLeadingZeros(String build) {
    return build.replaceFirst("^0+(?=[0-9])", "");
  }

  /**
   * What {@link WheelName} refuses beyond the reference: unsafe characters, ends of names, and odd
   * tags.
   */
  private static boolean isRefusedOnPurpose(String filename) {
    String stem = filename.substring(0, filename.length() - ".whl".length());
    String[] parts = stem.split("-", -1);
    boolean properTags = true;
    for (int i = parts.length - 3; i < parts.length; i++) {
      properTags &= parts[i].matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
    }
    return !isSafe(filename) || !properTags || ProjectName.parseIfValid(parts[0]).isEmpty();
  }

  private static boolean hasProperName(String filename) {
    String stem = filename.replaceFirst("\\.(tar\\.gz|zip)$", "");
    return ProjectName.parseIfValid(stem.substring(0, stem.lastIndexOf('-'))).isPresent();
  }

  private static boolean isSafe(String filename) {
    return filename.matches("[A-Za-z0-9._+!-]*");
  }
}
